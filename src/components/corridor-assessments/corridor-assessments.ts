import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AssessmentEntry } from '../../record/sections/assessments.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { partsInWords, rangeInWords, valueInWords } from '../measures/observed-line.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Assessments: the latest of each type with its score or summary; the answers when a line is opened. */
export class CorridorAssessments extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AssessmentEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, assessmentLine, 5);
  }
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
