import type { AssessmentEntry } from '../../record/sections/assessments.ts';
import { partsInWords, rangeInWords, valueInWords } from '../measures/observed-line.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Assessments: the latest of each type with its score or summary; the answers when a line is opened. */
export class CorridorAssessments extends SectionElement<AssessmentEntry> {
  static override readonly lineOf = assessmentLine;
  static override readonly limit = 5;
}

/** Which assessment, its score or summary in the source’s words; every answer when the line is opened. */
export function assessmentLine(entry: AssessmentEntry, { words }: Surroundings): Line {
  const value = valueInWords(entry, words);
  return {
    main: entry.title,
    flags: [
      entry.kind === 'score' || entry.kind === 'questionnaire'
        ? undefined
        : { tone: 'quiet', word: words.assessments[entry.kind] },
    ],
    parts: [value, rangeInWords(entry)],
    body: [...(entry.summary ? [entry.summary] : []), ...entry.findings, ...entry.notes],
    detail: [
      ...entry.answers.map((answer) => `${answer.label}: ${answer.value}`),
      ...(entry.value === undefined ? [] : partsInWords(entry, words)),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-assessments': CorridorAssessments;
  }
}
