import type { PregnancyEntry } from '../../record/sections/pregnancy-status.ts';
import { dateInWords, spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Pregnancy: whether pregnant, the estimated date of delivery, the maternity episode, earlier pregnancies. */
export class CorridorPregnancyStatus extends SectionElement<PregnancyEntry> {
  static override readonly lineOf = pregnancyLine;
  static override readonly limit = 4;
}

/** What is said, in the source’s words, with the estimated date of delivery written out. */
export function pregnancyLine(entry: PregnancyEntry, { words }: Surroundings): Line {
  const { pregnancy } = words;
  const stands = entry.state === 'current';
  const flag = entry.pregnant && {
    tone: stands && entry.pregnant !== 'no' ? ('caution' as const) : ('quiet' as const),
    word: stands ? pregnancy.answers[entry.pregnant] : words.fact.states[entry.state],
  };
  return {
    main: entry.title,
    flags: [flag],
    parts: [
      entry.due && pregnancy.due(dateInWords(entry.due, words)),
      entry.value === flag?.word ? undefined : entry.value,
      entry.team,
    ],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-pregnancy-status': CorridorPregnancyStatus;
  }
}
