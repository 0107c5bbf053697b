import type { Entry } from './entry.ts';
import type { Fact, FactKey } from './fact.ts';
import { dayOf, type RecordedDate } from './fhir/date.ts';
import type { PatientRecord } from './patient-record.ts';
import { isStandingDanger } from './standing-danger.ts';
import type { SectionId } from './section.ts';
import type { SourceId } from './source.ts';

/** What the reader looks for. Every part narrows; an empty part does not. */
export type FindQuery = {
  readonly text: string;
  /** Days, `yyyy-mm-dd`, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly sources: ReadonlySet<SourceId>;
  readonly sections: ReadonlySet<SectionId>;
  /** These facts and no others: what is new to the reader. */
  readonly only?: ReadonlySet<FactKey>;
};

export const NO_QUERY: FindQuery = { text: '', sources: new Set(), sections: new Set() };

/** What stays when a record is narrowed. `shown` and `total` count the facts on screen and all there are; `matched` those that fit. */
export type Found = {
  readonly query: FindQuery;
  readonly facts: ReadonlyMap<SectionId, readonly Fact[]>;
  /** Sections of standing dangers in which nothing is meant by the query: they are shown whole all the same. */
  readonly kept: ReadonlySet<SectionId>;
  readonly matched: number;
  readonly shown: number;
  readonly total: number;
  /** Of those that match, how many bear no date, where days are asked for: nobody can say that they lie outside. */
  readonly undated: number;
};

/** All the words under which one fact is found: what its line says, opened or not, and who says it. */
export type TextOf = (fact: Fact) => readonly string[];

export function isNarrowing(query: FindQuery): boolean {
  return wordsOf(query.text).length > 0 || filterCount(query) > 0;
}

/** How many filters are set besides the words. */
export function filterCount({ from, to, sources, sections, only }: FindQuery): number {
  return Number(from !== undefined || to !== undefined) + sources.size + sections.size + Number(only !== undefined);
}

/** Letters that Unicode does not take apart into a plain one and its sign. */
const WHOLE: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th' };

/** Case, accents and the ways of writing a dash are nothing to look for: `Siân` is found as `sian`, `co‑codamol` as `co codamol`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[øæœßłđðþ]/g, (letter) => WHOLE[letter] ?? letter)
    .replace(/[^\p{L}\p{N}.%/+]+/gu, ' ');
}

/** Texts of facts, folded once; a fact that is gone takes its text with it. */
export type FindIndex = WeakMap<Fact, string>;

const STEP = 32;

/** Folds what has not been folded yet, a few facts at a time. */
export function* indexInSteps(record: PatientRecord, index: FindIndex, textOf: TextOf): Generator<undefined, void> {
  let done = 0;
  for (const { facts } of record.sections)
    for (const fact of facts) {
      if (index.has(fact)) continue;
      textIn(index, fact, textOf);
      if (++done % STEP === 0) yield;
    }
}

/**
 * The facts in which every word of the query stands somewhere, of those days, sources and kinds. Standing dangers are
 * kept whole whatever is looked for: a reader who narrows the record must not lose them (safety H09, H37).
 */
export function* findInSteps(
  record: PatientRecord,
  query: FindQuery,
  index: FindIndex,
  textOf: TextOf,
): Generator<undefined, Found> {
  const words = wordsOf(query.text);
  const facts = new Map<SectionId, readonly Fact[]>();
  const kept = new Set<SectionId>();
  const counts = { matched: 0, shown: 0, total: 0, undated: 0 };
  for (const view of record.sections) {
    const here: Fact[] = [];
    for (const [place, fact] of view.facts.entries()) {
      if (place % STEP === STEP - 1) yield;
      const dated = isWithin(fact, query);
      if (dated === 'outside' || !isOf(fact, query)) continue;
      const text = words.length === 0 ? '' : textIn(index, fact, textOf);
      if (!words.every((word) => stands(word, text))) continue;
      here.push(fact);
      if (dated === 'undated') counts.undated++;
    }
    counts.matched += here.length;
    counts.total += view.facts.length;
    // Also where some of them are meant: whoever looks for one risk must not lose the others.
    const danger = isStandingDanger(view.id);
    if (danger && here.length === 0 && view.facts.length > 0) kept.add(view.id);
    const shown = danger ? view.facts : here;
    counts.shown += shown.length;
    // A list of its own even where all match: a section remembers by its list what it has worked out.
    if (shown.length > 0) facts.set(view.id, danger ? shown : [...shown]);
  }
  return { query, facts, kept, ...counts };
}

function textIn(index: FindIndex, fact: Fact, textOf: TextOf): string {
  const before = index.get(fact);
  if (before !== undefined) return before;
  // A query is words, looked for one by one: each is kept once, and of the text it was taken from nothing.
  const text = [...new Set(fold(textOf(fact).join(' \n ')).split(' '))].join(' ');
  index.set(fact, text);
  return text;
}

/** A number and its unit, written as one word: `5mg` is looked for as `5 mg`. */
const VALUE = /^([\d.]+)((?:m|u|μ|k|n)?g|mcg|m?l|iu|units?|m?mol\S*|%)$/;

function stands(word: string, text: string): boolean {
  const [, ...parts] = VALUE.exec(word) ?? [];
  return text.includes(word) || (parts.length > 0 && parts.every((part) => text.includes(part)));
}

function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== '' && word !== '.');
}

function isOf(fact: Fact, { sources, sections, only }: FindQuery): boolean {
  if (only && !only.has(fact.key)) return false;
  if (sections.size > 0 && !sections.has(fact.section)) return false;
  return sources.size === 0 || fact.entries.some(({ origin }) => sources.has(origin.source));
}

/** A date as coarse as a year lies within when any day of it may. */
function isWithin(fact: Fact, { from, to }: FindQuery): 'within' | 'outside' | 'undated' {
  if (from === undefined && to === undefined) return 'within';
  const spans = fact.entries.flatMap(spansOf);
  if (spans.length === 0) return 'undated';
  const meets = spans.some(
    ([start, end]) =>
      (to === undefined || start === undefined || start <= to.slice(0, start.length)) &&
      (from === undefined || end === undefined || end >= from.slice(0, end.length)),
  );
  return meets ? 'within' : 'outside';
}

type Span = readonly [start: string | undefined, end: string | undefined];

/** What is taken, or cannot be tolerated, since a day is so until somebody says otherwise. */
const GOES_ON: ReadonlySet<SectionId> = new Set(['medications', 'allergies']);

function spansOf({ section, date, period, state }: Entry): readonly Span[] {
  const day = (one: RecordedDate | undefined): string | undefined => one && dayOf(one);
  // What goes on has no end yet; a beginning alone of what is over is only its day.
  const open = state === 'current' || state === 'unknown';
  const spans: Span[] = date ? [[day(date), open && GOES_ON.has(section) ? undefined : day(date)]] : [];
  if (period) spans.push([day(period.start), open && !period.end ? undefined : day(period.end ?? period.start)]);
  return spans;
}
