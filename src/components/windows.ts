import type { Entry } from '../record/entry.ts';
import type { Fact } from '../record/fact.ts';
import { dayOf } from '../record/fhir/date.ts';
import type { SectionId, Window } from '../record/section.ts';
import { sectionOf } from '../record/sections/index.ts';
import { monthsBefore } from './dates-in-words.ts';

/** Sections of things that happened: their date says whether they are recent. The others hold things that stand until ended. */
const HAPPENINGS: ReadonlySet<SectionId> = new Set([
  'encounters',
  'investigation-results',
  'examination-findings',
  'documents',
  'procedures',
  'vaccinations',
]);

/** What is shown at once and what waits behind "show older". Together they are all there is. */
export type Windowed<E extends Entry = Entry> = {
  readonly near: readonly Fact<E>[];
  readonly far: readonly Fact<E>[];
  readonly window: Window;
};

/**
 * Splits a section's facts by its window. Whatever is current, planned, of unknown standing or of unknown date stays
 * near: only what is surely past or surely old may wait.
 */
export function splitByWindow<E extends Entry>(id: SectionId, facts: readonly Fact<E>[], today: string): Windowed<E> {
  const window = sectionOf(id)?.window ?? null;
  const from = window && today ? monthsBefore(today, window.months) : undefined;
  const far = new Set(
    facts.filter((fact) => (HAPPENINGS.has(id) ? isOld(fact.entries[0], from) : isOver(fact.entries[0], from))),
  );
  return { near: facts.filter((fact) => !far.has(fact)), far: [...far], window };
}

export function isHappening(id: SectionId): boolean {
  return HAPPENINGS.has(id);
}

function isOld(entry: Entry, from: string | undefined): boolean {
  const date = entry.date ?? entry.period?.end ?? entry.period?.start;
  return from !== undefined && date !== undefined && dayOf(date) < from.slice(0, dayOf(date).length);
}

/** Ended, and outside the window when there is one. */
function isOver(entry: Entry, from: string | undefined): boolean {
  if (entry.state !== 'past') return false;
  const end = entry.period?.end ?? entry.date;
  return from === undefined || end === undefined || dayOf(end) < from.slice(0, dayOf(end).length);
}
