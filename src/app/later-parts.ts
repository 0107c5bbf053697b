/** Asked again after these, in case the first try met a moment without a network. */
const AGAIN_AFTER_MS = [400, 2_000, 8_000];
/** A hidden page paints nothing. */
const UNPAINTED_MS = 1_000;

/**
 * What a view can do without in its first sight, fetched once that has been painted. `waiting` while it is on its way;
 * `failed` when it will not come: what can be shown without it then is.
 */
export class LaterParts {
  readonly #load: (() => Promise<unknown>) | undefined;
  readonly #changed: () => void;
  #wanted = false;
  state: 'here' | 'waiting' | 'failed';

  /** Without a way to load it, everything is here from the start. */
  constructor(load: (() => Promise<unknown>) | undefined, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
    this.state = load ? 'waiting' : 'here';
  }

  wantAfterPaint(): void {
    if (this.#wanted || this.state !== 'waiting') return;
    requestAnimationFrame(() => setTimeout(() => this.want()));
    setTimeout(() => this.want(), UNPAINTED_MS);
  }

  want(): void {
    if (this.#wanted || this.state !== 'waiting') return;
    this.#wanted = true;
    void this.#fetch(this.#load ?? (() => Promise.resolve()));
  }

  async #fetch(load: () => Promise<unknown>): Promise<void> {
    for (const wait of [...AGAIN_AFTER_MS, undefined]) {
      try {
        await load();
        this.state = 'here';
        return this.#changed();
      } catch {
        // It is asked for again below, or the reader is told.
        if (wait === undefined) break;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    this.state = 'failed';
    this.#changed();
  }
}
