import type { EntryId } from '../record/entry.ts';
import type { Fact } from '../record/fact.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import { isStandingDanger } from '../record/standing-danger.ts';

/** What decides whether arrivals may be drawn now. */
export type ArrivalMoment = {
  /** A fact is on screen already. Names of sections with nothing under them are no reason to wait. */
  readonly drawn: boolean;
  readonly sinceOpenedMs: number;
  readonly sinceDrawnMs: number;
  /** Every source has settled, or the stream has ended. */
  readonly settled: boolean;
  /** The pointer or the focus is among the lines, or the reader has scrolled or opened something: they are reading. */
  readonly reading: boolean;
};

/** While a view has just opened it is drawn again as sources answer, but not more often than the eye can follow. */
export const SETTLE_IN_MS = 2500;
export const STEP_MS = 1000;

/**
 * Nothing may move under the pointer (ui.md §1.4, safety H35). The first answer is drawn at once; while the view settles
 * in it is drawn again in steps; afterwards arrivals are announced and wait until the reader asks, or until everything
 * has been answered and nobody is reading.
 */
export function mayDraw(moment: ArrivalMoment): boolean {
  if (!moment.drawn) return true;
  if (moment.reading) return false;
  if (moment.settled) return true;
  return moment.sinceOpenedMs <= SETTLE_IN_MS && moment.sinceDrawnMs >= STEP_MS;
}

/** Whether there is anything a reader could be about to click; who the person is stands in the banner, which never moves. */
export function holdsFacts(record: PatientRecord): boolean {
  return record.sections.some((view) => view.id !== 'demographics' && view.facts.length > 0);
}

type Counted = { readonly drawn: PatientRecord; readonly counts: ReadonlyMap<SectionId, number> };
/** It is asked when something arrives and again when that is drawn. */
const counted = new WeakMap<PatientRecord, Counted>();

/** How many entries of each section have arrived since `drawn`. A section whose facts are the very same has had none. */
export function countArrivals(drawn: PatientRecord, latest: PatientRecord): ReadonlyMap<SectionId, number> {
  const before = counted.get(latest);
  if (before?.drawn === drawn) return before.counts;
  const counts = countAll(drawn, latest);
  counted.set(latest, { drawn, counts });
  return counts;
}

/** What can harm at once is named first among what waits: it must not be in "and 9 more" (safety H35, H37). */
export function dangersFirst(held: ReadonlyMap<SectionId, number>): readonly (readonly [SectionId, number])[] {
  const harms = (id: SectionId): boolean => isStandingDanger(id) || id === 'allergies';
  return [...held].sort(([a], [b]) => Number(harms(b)) - Number(harms(a)));
}

function countAll(drawn: PatientRecord, latest: PatientRecord): ReadonlyMap<SectionId, number> {
  const before = new Map(drawn.sections.map((view) => [view.id, view.facts]));
  return new Map(
    latest.sections.flatMap(({ id, facts }) => {
      const known = before.get(id);
      const fresh = known === facts ? 0 : countFresh(facts, known ?? []);
      return fresh > 0 ? [[id, fresh] as const] : [];
    }),
  );
}

function countFresh(facts: readonly Fact[], before: readonly Fact[]): number {
  const known = new Set<EntryId>();
  for (const fact of before) for (const { id } of fact.entries) known.add(id);
  let fresh = 0;
  for (const fact of facts) for (const { id } of fact.entries) if (!known.has(id)) fresh++;
  return fresh;
}
