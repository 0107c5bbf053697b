import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';

/** Two records of two organisations, and whether they were made to say the same. */
export type Pair = { readonly here: Resource; readonly there: Resource };

/** Changes a pair and keeps what makes it the same, or the one thing that makes it different. */
export type Change = (pair: Pair, chance: Chance) => Pair;

/**
 * How the pairs of one section are made. A pair begins as one record and its exact copy; `alike` are the ways in which two
 * systems write one thing down, `unlike` the ways in which two things differ. The label is which of the two was used, so
 * it owes nothing to the keys under test.
 */
export type PairMaker = {
  readonly section: SectionId;
  readonly one: (chance: Chance) => Resource;
  readonly alike: Readonly<Record<string, Change>>;
  readonly unlike: Readonly<Record<string, Change>>;
  /** Ways of `alike` that stay two lines on purpose, and why: one line more does less harm than one that hides another. */
  readonly apart?: Readonly<Record<string, string>>;
};

/** A small generator with a seed (mulberry32): the same pairs on every machine. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** A day of the last years as `YYYY-MM-DD`. */
  day(from = 2012, to = 2025): string {
    return `${this.whole(from, to)}-${pad(this.whole(1, 12))}-${pad(this.whole(1, 28))}`;
  }

  /** A time of the day that no system writes for want of a better one. */
  time(): string {
    return `${pad(this.whole(8, 17))}:${pad(this.whole(1, 59))}:00`;
  }
}

export function pad(number: number): string {
  return String(number).padStart(2, '0');
}

export const SNOMED = 'http://snomed.info/sct';
export const DMD = 'https://dmd.nhs.uk';
export const LOINC = 'http://loinc.org';

export function snomed(code: string, display: string): object {
  return { coding: [{ system: SNOMED, code, display }], text: display };
}

export function words(text: string): object {
  return { text };
}

export function code(value: string): object {
  return { coding: [{ code: value }] };
}

/** Only the second record changes. */
export function there(change: (resource: Resource, chance: Chance) => object): Change {
  return (pair, chance) => ({ here: pair.here, there: { ...pair.there, ...change(pair.there, chance) } });
}

/** Both change, each in its own way. */
export function both(change: (resource: Resource, chance: Chance) => readonly [object, object]): Change {
  return (pair, chance) => {
    const [here, other] = change(pair.here, chance);
    return { here: { ...pair.here, ...here }, there: { ...pair.there, ...other } };
  };
}

/** Another one of these than the one that is there. */
export function another<T>(chance: Chance, items: readonly T[], than: (item: T) => boolean): T {
  return chance.pick(items.filter((item) => !than(item)));
}
