import type { SourceView } from '../record/patient-record.ts';
import type { SectionAnswer, SourceStatus } from '../record/source-status.ts';
import { instantInWords } from './dates-in-words.ts';
import type { MarkState } from './marks.ts';
import type { GapKind, Words } from '../words/words.ts';

/** Codes after which a source's part of the record must not be relied on: said in red and in full (safety H04, H05). */
const DANGEROUS: ReadonlySet<string> = new Set(['source.wrong_patient', 'source.details_differ', 'source.ambiguous']);

export function isDangerous(status: SourceStatus): boolean {
  return status.state === 'failed' && DANGEROUS.has(status.code);
}

/** A mark says the same as the words: something that is partly shown has the mark of an answer in part. */
export function markOf(status: SourceStatus, shown = 0): MarkState {
  if (isDangerous(status)) return 'wrong-patient';
  const kind = gapKind(status, shown);
  if (kind === 'part') return status.state === 'late' ? 'late' : 'truncated';
  return kind === 'silent' && status.state === 'failed' ? 'unavailable' : status.state;
}

/** In the order they are said: what is partly there first, what must not be relied on last. */
export const GAP_KINDS: readonly GapKind[] = [
  'part',
  'unused',
  'silent',
  'ambiguous',
  'details-differ',
  'wrong-person',
];

const DANGER_KINDS: ReadonlyMap<string, GapKind> = new Map([
  ['source.wrong_patient', 'wrong-person'],
  ['source.details_differ', 'details-differ'],
  ['source.ambiguous', 'ambiguous'],
]);

/** Codes that mean that nothing came at all, whatever state the source ended in. */
const UNHEARD: ReadonlySet<string> = new Set([
  'source.unavailable',
  'source.timeout',
  'source.auth',
  'source.breaker_open',
  'stream.cut',
]);

/**
 * Which kind of gap an answer leaves; undefined when it leaves none. `shown`: the items of it that are on screen, for an
 * answer of which something is shown was not silent, however it ended.
 */
export function gapKind(
  answer: SourceStatus | SectionAnswer | { state: 'waiting' },
  shown: number,
): GapKind | undefined {
  const code = 'code' in answer ? (answer.code ?? '') : '';
  switch (answer.state) {
    case 'late':
    case 'unavailable':
      return shown > 0 ? 'part' : 'silent';
    case 'truncated':
      return 'part';
    case 'failed':
      return DANGER_KINDS.get(code) ?? (shown > 0 ? 'part' : UNHEARD.has(code) ? 'silent' : 'unused');
    case 'waiting':
    case 'answered':
    case 'nothing-held':
    case 'withheld':
    case 'not-agreed':
    case 'not-connected':
    case 'not-asked':
      return undefined;
  }
}

/** A source's state in one phrase: "Answered, as of 02:00", "Did not answer. The system could not be reached". */
export function statusInWords(status: SourceStatus, words: Words, shown = 0): string {
  const { sources } = words;
  const kind = gapKind(status, shown);
  const state = kind === 'silent' ? sources.states.unavailable : sources.states[status.state];
  if (status.state === 'answered' && status.asOf)
    return `${state}, ${sources.asOf(instantInWords(status.asOf, words))}`;
  if (status.state === 'late') {
    const seconds = Math.round(status.deadlineMs / 1000);
    return `${state}. ${kind === 'part' ? sources.late(seconds) : sources.lateNothing(seconds)}`;
  }
  if (kind === 'part' && (status.state === 'failed' || status.state === 'unavailable'))
    return sources.inPart(sources.broke[status.code] ?? sources.brokeOff);
  if ('rule' in status) return [state, ruleInWords(status, words)].filter((part) => part !== undefined).join('. ');
  if ('code' in status) return `${state}. ${sources.codes[status.code] ?? sources.code(status.code)}`;
  return state;
}

/**
 * Why: in the screen's own words, else in those the community's policy brought; a source's own refusal in the source's.
 * The first part of the script has none for rules: a page that has come to its end asks for the rest (`corridor-record.ts`).
 */
export function ruleInWords(
  { rule, words: own }: { readonly rule: string; readonly words?: string },
  words: Pick<Words, 'sources'> & Partial<Pick<Words, 'rules'>>,
): string | undefined {
  return words.rules?.[rule] ?? own ?? words.sources.codes[rule];
}

/** The red sentence for a source whose answer is dangerous. */
export function dangerInWords({ source, status }: SourceView, words: Words): string | undefined {
  if (status.state !== 'failed' || !isDangerous(status)) return undefined;
  const { name } = source.organisation;
  if (status.code === 'source.details_differ') return words.sources.detailsDiffer(name);
  return status.code === 'source.wrong_patient' ? words.sources.wrongPatient(name) : words.sources.ambiguous(name);
}

/** Whether asking again may help: a decision will be the same, a fault may not. */
export function mayAskAgain(status: SourceStatus): boolean {
  // Left out because it has not named this person: that is its own word, and the reader may ask all the same.
  return status.state === 'not-asked' || gapKind(status, 0) !== undefined;
}

/** Whether "ask all again" asks this one too: a limit or a doubt about the person will be the same the next time. */
export function isWorthAsking(status: SourceStatus): boolean {
  return mayAskAgain(status) && status.state !== 'truncated' && status.state !== 'not-asked' && !isDangerous(status);
}
