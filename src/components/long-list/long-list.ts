import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Fact, FactKey } from '../../record/fact.ts';
import { splitByWindow } from '../../record/split-by-window.ts';
import type { SectionView } from '../../record/patient-record.ts';
import type { LineOf } from '../line.ts';
import type { Surroundings } from '../surroundings.ts';
import { sketchOf } from './sketch.ts';

/** What is drawn of a list. `more`: how many lines there are to draw. `line`: a line in words alone, where that is enough. */
export type Drawing = {
  budget: number;
  more: number;
  older: boolean;
  /** It finds the line that is sought. */
  seeks?: true;
  line?: ((fact: Fact) => Node | undefined) | undefined;
};

type Host = ReactiveControllerHost &
  HTMLElement & {
    readonly renderRoot: HTMLElement | DocumentFragment;
    readonly view: SectionView | undefined;
    readonly around: Surroundings;
    readonly form: string;
  };

/** How long drawing more lines may hold the page (safety H32). */
const SLICE_MS = 10;
const [FEWEST, FIRST_STEP, MOST] = [10, 60, 600];

/** So far above and below the screen lines are drawn in full: what the reader comes to next is ready. */
const NEAR = '1200px 0px';
/** Drawn in full in one go. */
const AT_ONCE = 30;
/** Lines that come near together: the first of them is watched for all, for each that is watched costs every frame. */
const GROUP = 10;

/**
 * What a long list needs beyond its first lines: the others follow in slices, in words alone until they come near the
 * screen, and a line that is sought is brought into view. No list needs it for its first sight.
 */
export class LongList implements ReactiveController {
  readonly #host: Host;
  readonly #drawing: Drawing;
  readonly #lineOf: () => LineOf;
  readonly #first: number;
  #frame = 0;
  #timer = 0;
  #step = FIRST_STEP;
  #startedMs = 0;

  #sketches = new Map<FactKey, { readonly fact: Fact; readonly row: HTMLElement }>();
  #groups = new WeakMap<Element, readonly FactKey[]>();
  #unseen: { readonly key: FactKey; readonly row: HTMLElement }[] = [];
  readonly #near = new Set<FactKey>();
  #coming: FactKey[] = [];
  #around: Surroundings | undefined;
  #watch: IntersectionObserver | undefined;
  /** The record that was last brought into view. */
  #seen: Surroundings['sought'];

  constructor(host: Host, drawing: Drawing, lineOf: () => LineOf) {
    this.#host = host;
    this.#drawing = drawing;
    this.#first = drawing.budget;
    this.#lineOf = lineOf;
    drawing.line = (fact) => this.#line(fact);
    host.addController(this);
  }

  /** What is on the screen comes before what follows it. */
  hostConnected(): void {
    this.#later(() => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    this.#startedMs = performance.now();
    const { around, view } = this.#host;
    if (!view) this.#drawing.budget = this.#first;
    if (around !== this.#around) this.#forget();
    this.#around = around;
    const place = this.#soughtPlace();
    if (place === undefined) return;
    if (place.older) this.#drawing.older = true;
    this.#drawing.budget = Math.max(this.#drawing.budget, place.index + FIRST_STEP);
  }

  hostUpdated(): void {
    this.#showSought();
    this.#watchUnseen();
    const took = performance.now() - this.#startedMs;
    this.#step = Math.min(MOST, Math.max(FEWEST, Math.round((this.#step * SLICE_MS) / Math.max(took, 1))));
    this.#next();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#timer);
    this.#frame = 0;
    this.#watch?.disconnect();
    this.#watch = undefined;
    this.#forget();
  }

  #next(): void {
    const { form, isConnected } = this.#host;
    const waits = this.#coming.length > 0 || (form === 'full' && this.#drawing.budget < this.#drawing.more);
    if (this.#frame !== 0 || !waits || !isConnected) return;
    this.#later(() => this.#grow());
  }

  /** In a task after the frame: in the frame itself what has been drawn would wait for it. */
  #later(task: () => void): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#timer = window.setTimeout(() => {
        this.#frame = 0;
        task();
      }, 0);
    });
  }

  #grow(): void {
    for (const key of this.#coming.splice(0, AT_ONCE)) this.#near.add(key);
    if (this.#drawing.budget < this.#drawing.more) this.#drawing.budget += this.#step;
    this.#host.requestUpdate();
  }

  /** Their words are no longer what they were. */
  #forget(): void {
    this.#sketches = new Map();
  }

  #line(fact: Fact): Node | undefined {
    const { key } = fact;
    if (this.#near.has(key)) return undefined;
    const before = this.#sketches.get(key);
    if (before?.fact === fact) return before.row;
    const row = sketchOf(fact, this.#host.around, this.#lineOf());
    if (!row) this.#near.add(key);
    else {
      this.#sketches.set(key, { fact, row });
      this.#unseen.push({ key, row });
    }
    return row;
  }

  #watchUnseen(): void {
    for (let at = 0; at < this.#unseen.length; at += GROUP) {
      const group = this.#unseen.slice(at, at + GROUP);
      const [first] = group;
      if (!first?.row.parentElement) continue;
      this.#groups.set(
        first.row,
        group.map(({ key }) => key),
      );
      this.#watching().observe(first.row.parentElement);
    }
    this.#unseen = [];
  }

  #watching(): IntersectionObserver {
    return (this.#watch ??= new IntersectionObserver((seen) => this.#approach(seen), {
      root: document,
      rootMargin: NEAR,
    }));
  }

  #approach(seen: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      this.#watch?.unobserve(target);
      const [row] = target.children;
      this.#coming.push(...((row && this.#groups.get(row)) ?? []));
    }
    this.#next();
  }

  /** Where the record the reader asked for stands among the lines, if it is one of these and has not been shown yet. */
  #soughtPlace(): { readonly index: number; readonly older: boolean } | undefined {
    const { around, view, form } = this.#host;
    const { sought, today } = around;
    if (!sought || sought === this.#seen || !view || form !== 'full' || !this.#drawing.seeks) return undefined;
    const { inside, older } = splitByWindow(view, today);
    const all = [...inside, ...older];
    const index = all.findIndex((fact) => fact.entries.some(({ id }) => id === sought.entry));
    const fact = all[index];
    if (!fact) return undefined;
    this.#near.add(fact.key);
    return { index, older: index >= inside.length };
  }

  #showSought(): void {
    const place = this.#soughtPlace();
    const line = place && this.#host.renderRoot.querySelectorAll<HTMLElement>('li')[place.index];
    if (!line) return;
    this.#seen = this.#host.around.sought;
    line.tabIndex = -1;
    line.classList.add('sought');
    // The lines above are drawn in the same task; their height is known in the next frame.
    requestAnimationFrame(() => {
      line.scrollIntoView({ block: 'center' });
      line.focus({ preventScroll: true });
    });
  }
}
