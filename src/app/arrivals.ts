import type { EntryId } from '../record/entry.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';

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
export const STEP_MS = 400;

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

/** How many entries of each section have arrived since `drawn`. */
export function countArrivals(drawn: PatientRecord, latest: PatientRecord): ReadonlyMap<SectionId, number> {
  const before = idsOf(drawn);
  return new Map(
    latest.sections.flatMap((view) => {
      const fresh = view.facts.reduce((sum, fact) => sum + fact.entries.filter(({ id }) => !before.has(id)).length, 0);
      return fresh > 0 ? [[view.id, fresh] as const] : [];
    }),
  );
}

function idsOf(record: PatientRecord): ReadonlySet<EntryId> {
  return new Set(record.sections.flatMap((view) => view.facts.flatMap((fact) => fact.entries.map(({ id }) => id))));
}
