import type { Entry } from './entry.ts';
import type { Absence, Completeness, SectionView } from './patient-record.ts';
import type { SectionId } from './section.ts';
import type { SourceStatus } from './source-status.ts';
import type { Source, SourceId } from './source.ts';

type Answer = SectionView['answers'][number];

/** The ledger's column for a section. A source that was not asked for the section has no cell. */
export function readAnswers(
  section: SectionId,
  sources: readonly Source[],
  statuses: ReadonlyMap<SourceId, SourceStatus>,
  entries: readonly Entry[],
): readonly Answer[] {
  const counts = new Map<SourceId, number>();
  for (const { origin } of entries) counts.set(origin.source, (counts.get(origin.source) ?? 0) + 1);
  const answers: Answer[] = [];
  for (const source of sources) {
    if (!isOffered(section, source)) continue;
    const answer = cellOf(section, statuses.get(source.id) ?? WAITING, counts.get(source.id) ?? 0);
    if (answer) answers.push({ source: source.id, answer });
  }
  return answers;
}

// One for all: with 150 organisations there are thousands of these while they are awaited, made anew at each answer.
const WAITING = { state: 'waiting' } as const;
const WAITING_WITHOUT = { state: 'waiting', count: 0 } as const;

/** What a source does not offer it neither answers nor leaves open: it has no part in the section, waiting or not. */
function isOffered(section: SectionId, { offers }: Source): boolean {
  return offers === undefined || offers.includes(section);
}

const NEVER_ASKED: ReadonlySet<SourceStatus['state']> = new Set(['not-agreed', 'not-connected', 'not-asked']);

/**
 * The sources that can say nothing of this section: they do not offer it, or answered, while others were asked for it, and
 * have no such thing to give. Whatever the others answer, these may hold something that this record can't show.
 */
export function countNotOffered(
  section: SectionId,
  sources: readonly Source[],
  statuses: ReadonlyMap<SourceId, SourceStatus>,
  answers: readonly Answer[],
): number {
  let count = 0;
  for (const source of sources) {
    const status = statuses.get(source.id);
    const silent = answers.length > 0 && status?.state === 'answered' && status.sections[section] === undefined;
    const asked = status === undefined || !NEVER_ASKED.has(status.state);
    if (silent || (asked && !isOffered(section, source))) count++;
  }
  return count;
}

/**
 * A source that failed as a whole before it could say anything of a section leaves a gap in that section, whether or
 * not its row names it: an absent cell must never turn a silence into "nothing recorded" (safety H06).
 */
function cellOf(section: SectionId, status: SourceStatus, count: number): Answer['answer'] | undefined {
  if (status.state === 'waiting') return count === 0 ? WAITING_WITHOUT : { state: 'waiting', count };
  const cell = status.sections[section];
  if (cell) return cell;
  switch (status.state) {
    case 'late':
      return { state: 'late', count };
    case 'unavailable':
    case 'failed':
    case 'truncated':
      return { state: status.state, count, code: status.code };
    case 'withheld':
      return { state: 'withheld', count, code: status.rule };
    case 'not-agreed':
    case 'not-connected':
    case 'not-asked':
    case 'answered':
    case 'nothing-held':
      return undefined;
  }
}

type Standing = Answer['answer']['state'];
const ANSWERED: ReadonlySet<Standing> = new Set(['answered', 'nothing-held']);
const SILENT: ReadonlySet<Standing> = new Set(['late', 'unavailable', 'failed', 'truncated']);
const REFUSED: ReadonlySet<Standing> = new Set(['withheld', 'not-agreed']);

/**
 * What emptiness means. "Nothing recorded" needs at least one answer, every asked source answered in full, and
 * nothing of this section's types left unread: an allergy that arrived unreadable is not an absent allergy.
 */
export function readAbsence(factCount: number, answers: readonly Answer[], unreadHere: number): Absence {
  if (factCount > 0) return { kind: 'none' };
  let [answered, waiting, silent, withheld] = [0, 0, 0, 0];
  for (const { answer } of answers) {
    if (ANSWERED.has(answer.state)) answered++;
    else if (answer.state === 'waiting') waiting++;
    else if (SILENT.has(answer.state)) silent++;
    else if (REFUSED.has(answer.state)) withheld++;
  }
  if (answered > 0 && waiting + silent + withheld + unreadHere === 0) return { kind: 'nothing-recorded', answered };
  return { kind: 'incomplete', answered, waiting, silent, withheld, ...(unreadHere > 0 && { unread: unreadHere }) };
}

/** Each source counted once, by the state it stands in. */
export function countSources(sources: readonly Source[], statuses: ReadonlyMap<SourceId, SourceStatus>): Completeness {
  const states = sources.map((source) => statuses.get(source.id)?.state ?? 'waiting');
  const count = (...wanted: readonly SourceStatus['state'][]): number =>
    states.filter((s) => wanted.includes(s)).length;
  const waiting = count('waiting');
  return {
    total: sources.length,
    answered: count('answered', 'nothing-held'),
    waiting,
    gaps: count('late', 'unavailable', 'failed', 'truncated'),
    withheld: count('withheld'),
    notAsked: count('not-agreed', 'not-connected', 'not-asked'),
    settled: waiting === 0,
  };
}
