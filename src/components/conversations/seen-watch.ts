/** Long enough to be read at all; what only scrolls past has not been opened. */
const DWELL_MS = 1_000;
const MOST_OF_IT = 0.6;
/** Of what is higher than the window this much is enough. */
const ENOUGH_PX = 160;

/**
 * Tells which messages have really been on the screen: most of each inside the window for a second, in a page that is in
 * front. Each is told once. An iframe that its host has scrolled away shows nothing, and neither does a hidden page.
 */
export class SeenWatch {
  readonly #told = new Set<string>();
  readonly #timers = new Map<string, number>();
  readonly #ids = new Map<Element, string>();
  readonly #tell: (messages: readonly string[]) => void;
  #observer: IntersectionObserver | undefined;
  #ready: string[] = [];

  constructor(tell: (messages: readonly string[]) => void) {
    this.#tell = tell;
  }

  /** Watches these and no others. */
  watch(elements: Iterable<readonly [Element, string]>): void {
    const wanted = new Map([...elements].filter(([, id]) => !this.#told.has(id)));
    for (const [element, id] of this.#ids)
      if (wanted.get(element) !== id) {
        this.#observer?.unobserve(element);
        this.#forget(id);
        this.#ids.delete(element);
      }
    if (wanted.size === 0) return;
    this.#observer ??= new IntersectionObserver((seen) => this.#see(seen), { threshold: [0, 0.2, 0.4, MOST_OF_IT, 1] });
    document.addEventListener('visibilitychange', this.#hidden);
    for (const [element, id] of wanted) {
      if (this.#ids.has(element)) continue;
      this.#ids.set(element, id);
      this.#observer.observe(element);
    }
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    document.removeEventListener('visibilitychange', this.#hidden);
    for (const id of [...this.#timers.keys()]) this.#forget(id);
    this.#ids.clear();
  }

  readonly #hidden = (): void => {
    if (document.visibilityState !== 'hidden') {
      // Observed anew, each says once more whether it is inside.
      for (const element of this.#ids.keys()) {
        this.#observer?.unobserve(element);
        this.#observer?.observe(element);
      }
    } else for (const id of [...this.#timers.keys()]) this.#forget(id);
  };

  #see(seen: readonly IntersectionObserverEntry[]): void {
    for (const { target, intersectionRatio, intersectionRect } of seen) {
      const id = this.#ids.get(target);
      if (id === undefined || this.#told.has(id)) continue;
      const inside = intersectionRatio >= MOST_OF_IT || intersectionRect.height >= ENOUGH_PX;
      if (!inside || document.visibilityState === 'hidden') this.#forget(id);
      else if (!this.#timers.has(id))
        this.#timers.set(
          id,
          window.setTimeout(() => this.#enough(id), DWELL_MS),
        );
    }
  }

  #enough(id: string): void {
    this.#timers.delete(id);
    this.#told.add(id);
    this.#ready.push(id);
    if (this.#ready.length > 1) return;
    queueMicrotask(() => {
      const messages = this.#ready;
      this.#ready = [];
      this.#tell(messages);
    });
  }

  #forget(id: string): void {
    window.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
