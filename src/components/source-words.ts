import type { SourceView } from '../record/patient-record.ts';
import type { SourceStatus } from '../record/source-status.ts';
import { instantInWords } from './dates-in-words.ts';
import type { MarkState } from './marks.ts';
import type { Words } from '../words/words.ts';

/** Codes after which a source's part of the record must not be relied on: said in red and in full (safety H04, H05). */
const DANGEROUS: ReadonlySet<string> = new Set(['source.wrong_patient', 'source.details_differ', 'source.ambiguous']);

export function isDangerous(status: SourceStatus): boolean {
  return status.state === 'failed' && DANGEROUS.has(status.code);
}

export function markOf(status: SourceStatus): MarkState {
  return isDangerous(status) ? 'wrong-patient' : status.state;
}

/** A source's state in one phrase: "Answered, as of 02:00", "Did not answer: the system could not be reached". */
export function statusInWords(status: SourceStatus, words: Words): string {
  const { sources } = words;
  const state = sources.states[status.state];
  if (status.state === 'answered' && status.asOf)
    return `${state}, ${sources.asOf(instantInWords(status.asOf, words))}`;
  if (status.state === 'late') return `${state}. ${sources.late(Math.round(status.deadlineMs / 1000))}`;
  if ('code' in status) return `${state}. ${sources.codes[status.code] ?? sources.code(status.code)}`;
  return state;
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
  return ['late', 'unavailable', 'failed', 'truncated'].includes(status.state);
}
