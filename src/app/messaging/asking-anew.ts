/** While conversations are in view; and otherwise. */
const EVERY_MS = { near: 10_000, far: 60_000 } as const;
/** Nobody has touched the page for so long: what is asked for now would only keep their session alive for them. */
const AWAY_MS = 120_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Asks again while somebody is there: a page in front, touched within two minutes. The launcher ends a session that nobody
 * uses, and a page that asks by itself must not look like somebody (docs/decisions/0009).
 */
export class AskingAnew {
  readonly #ask: () => Promise<unknown>;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched: number;
  #asking = false;
  #stopped = false;
  #near = false;

  constructor(ask: () => Promise<unknown>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
    this.#touched = now();
    for (const kind of TOUCHES) document.addEventListener(kind, this.#onTouch, { capture: true, passive: true });
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#plan();
  }

  /** Conversations are in view. */
  set near(near: boolean) {
    if (near === this.#near) return;
    this.#near = near;
    if (near) void this.#again();
    else this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const kind of TOUCHES) document.removeEventListener(kind, this.#onTouch, { capture: true });
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  readonly #onTouch = (): void => {
    const away = this.#away;
    this.#touched = this.#now();
    if (away) void this.#again();
  };

  readonly #onVisible = (): void => {
    if (document.visibilityState === 'visible') void this.#again();
  };

  get #away(): boolean {
    return this.#now() - this.#touched > AWAY_MS;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#again(), EVERY_MS[this.#near ? 'near' : 'far']);
  }

  async #again(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#asking || this.#stopped) return;
    if (document.visibilityState !== 'hidden' && !this.#away) {
      this.#asking = true;
      await this.#ask().catch(() => undefined);
      this.#asking = false;
    }
    this.#plan();
  }
}
