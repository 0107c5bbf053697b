import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { dayOf, isBeforeDay, monthsBefore, newestFirst, type Period, type RecordedDate } from './fhir/date.ts';
import type { SectionView } from './patient-record.ts';
import { whileRemembering } from './remember.ts';
import type { SectionId, Window } from './section.ts';

/** Sections of things that happened: their date says whether they are recent. The others hold what stands until ended. */
const HAPPENINGS: ReadonlySet<SectionId> = new Set([
  'encounters',
  'investigation-results',
  'examination-findings',
  'documents',
  'procedures',
  'vaccinations',
  'assessments',
  'social-context',
  'admissions',
  'discharges',
]);

/** Happenings that take their time: one that goes on, or is waited for, is no older for having begun long ago. */
const TAKE_TIME: ReadonlySet<SectionId> = new Set(['encounters', 'procedures', 'admissions']);

/**
 * What a section shows at once (`inside`) and what waits behind one button (`older`): together all there is, each in the
 * section's order. `inside` is made of three kinds, and a heading may only say "last 12 months" of the first.
 */
export type WindowSplit<E extends Entry = Entry> = {
  readonly window: Window;
  readonly inside: readonly Fact<E>[];
  readonly older: readonly Fact<E>[];
  /** Dated within the window; all of `inside` where the section has none. */
  readonly recent: readonly Fact<E>[];
  /** Older than the window and not over: current, planned, or of a standing that is not known. */
  readonly currentOlder: readonly Fact<E>[];
  /** Without a date, or with one that has not come: nobody can say whether it is recent. */
  readonly undated: readonly Fact<E>[];
};

/** A section's heading, its lines and its table ask the same of one list. It is kept as long as the list itself is. */
const known = new WeakMap<
  readonly Fact[],
  { readonly id: SectionId; readonly today: string; readonly split: unknown }
>();

type Splittable<E extends Entry> = Pick<SectionView<E>, 'id' | 'facts' | 'foundOf' | 'section'>;

/** Splits a section by its window as of `today` (`YYYY-MM-DD`). Only what is surely over or surely old waits. Pure. */
export function splitByWindow<E extends Entry>(view: Splittable<E>, today: string): WindowSplit<E> {
  const steps = splitInSteps(view, today);
  return whileRemembering(() => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
}

/** Facts between two moments at which others may run. */
const CHUNK = 200;

/** The same in steps, for a section may hold tens of thousands; what they found out is there when it is asked for again. */
export function* splitInSteps<E extends Entry>(
  view: Splittable<E>,
  today: string,
): Generator<undefined, WindowSplit<E>> {
  if (view.foundOf !== undefined) return whole(view.facts);
  const before = known.get(view.facts);
  if (before?.today === today && before.id === view.id) return before.split as WindowSplit<E>;
  const split = yield* splitAnew(view, today);
  known.set(view.facts, { id: view.id, today, split });
  return split;
}

/** What a reader has looked for and found stands at once, however old it is (safety H09). */
function whole<E extends Entry>(facts: readonly Fact<E>[]): WindowSplit<E> {
  return { window: null, inside: facts, older: [], recent: facts, currentOlder: [], undated: [] };
}

function* splitAnew<E extends Entry>(view: Splittable<E>, today: string): Generator<undefined, WindowSplit<E>> {
  const { window } = view.section;
  const from = window && today !== '' ? monthsBefore(today, window.months) : undefined;
  const displaced = displacedIn(view);
  const inside: Fact<E>[] = [];
  const of: Record<Kind, Fact<E>[]> = { recent: [], currentOlder: [], undated: [], older: [] };
  let done = 0;
  for (const fact of view.facts) {
    if (++done % CHUNK === 0) yield;
    const kind = displaced.has(fact) ? 'older' : kindOf(fact, from, view.section);
    of[kind].push(fact);
    if (kind !== 'older') inside.push(fact);
  }
  return { window, inside, ...of };
}

/** Whether the section shows the newest of each kind and lets the earlier ones wait. */
export function showsLatest({ section }: Pick<SectionView, 'section'>): boolean {
  return section.latestPer !== undefined;
}

export function isHappening(id: SectionId): boolean {
  return HAPPENINGS.has(id);
}

/** Facts of which a newer one of the same kind stands, where the section shows the latest of each. */
function displacedIn<E extends Entry>({
  section,
  facts,
}: Pick<SectionView<E>, 'id' | 'facts' | 'section'>): ReadonlySet<Fact<E>> {
  const { latestPer } = section;
  if (!latestPer) return new Set();
  const dated = facts.flatMap((fact) => {
    const [kind, date] = [latestPer(fact.entries[0]), lastOf(fact)];
    return kind === undefined || date === undefined ? [] : [{ fact, kind, date }];
  });
  const latest = new Map<string, RecordedDate>();
  for (const { fact, kind, date } of dated) {
    if (!isPlain(fact.entries[0])) continue;
    const before = latest.get(kind);
    if (before === undefined || newestFirst(date, before) < 0) latest.set(kind, date);
  }
  return new Set(
    dated.flatMap(({ fact, kind, date }) => {
      const newest = latest.get(kind);
      return newest !== undefined && isBeforeDay(date, dayOf(newest)) ? [fact] : [];
    }),
  );
}

/** Plain enough to take the place of what was said before: a doubtful newer value never hides a good older one. */
function isPlain({ state, cautions }: Entry): boolean {
  return state === 'current' && cautions.every((caution) => caution === 'text-differs' || caution === 'amended');
}

type Kind = 'recent' | 'currentOlder' | 'undated' | 'older';

function kindOf(fact: Fact, from: string | undefined, { showsEnded }: SectionView['section']): Kind {
  const { section, state } = fact.entries[0];
  const lasting = fact.entries.find((entry) => entry.lasting !== undefined);
  const happened = HAPPENINGS.has(section);
  const goesOn = TAKE_TIME.has(section) && (state === 'current' || state === 'planned');
  const over = lasting === undefined && (happened ? !goesOn : state === 'past');
  // What was called off is over too, once it is old: a referral that was revoked years ago. What must not be done is not.
  const calledOff = state === 'negated' && fact.entries[0].cautions.includes('cancelled');
  const last = lastOf(fact);
  // Without a window what happened is all recent, and what no longer stands waits.
  if (from === undefined) return over && !happened && !showsEnded ? 'older' : 'recent';
  if (last === undefined) return over && !happened ? 'older' : 'undated';
  if (!isBeforeDay(last, from)) return 'recent';
  return over || calledOff ? 'older' : 'currentOlder';
}

function lastOf(fact: Fact): RecordedDate | undefined {
  return fact.entries.flatMap(datesOf).sort(newestFirst)[0];
}

type Dated = Entry & {
  readonly period?: Period;
  /** Medicines: when it was last issued, and when it was stopped. */
  readonly lastIssued?: RecordedDate;
  readonly stopped?: { readonly date?: RecordedDate };
};

/** Every day on which the statement is known to have been so; a stay that ended last month is not as old as its first day. */
function datesOf(entry: Dated): readonly RecordedDate[] {
  if (entry.cautions.includes('date-in-future')) return [];
  const { date, period, lastIssued, stopped } = entry;
  return [date, period?.start, period?.end, lastIssued, stopped?.date].filter((one) => one !== undefined);
}
