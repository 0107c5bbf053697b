import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { CarePlanEntry } from '../../record/sections/care-plans.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { activityInWords } from '../activity-in-words.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Care and support plans and goals. */
export class CorridorCarePlans extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<CarePlanEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, carePlanLine, 4);
  }
}

/** The plan and what it is about; its goals and activities are read in full when the section is open. */
export function carePlanLine(entry: CarePlanEntry, { words }: Surroundings): Line {
  const { care } = words;
  return {
    main: entry.title,
    flags: [entry.intent === 'proposal' ? { tone: 'quiet', word: care.proposal } : undefined],
    parts: [
      entry.kind === 'goal' ? care.goal : undefined,
      entry.addresses.join(', '),
      entry.achievement,
      entry.due && care.by(dateInWords(entry.due, words)),
      ...entry.targets,
    ],
    body: [
      ...(entry.description && entry.description !== entry.title ? [entry.description] : []),
      ...entry.goals.map((goal) => `${care.goal}: ${goal}`),
      ...entry.activities.map((activity) => activityInWords(activity, words)),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-care-plans': CorridorCarePlans;
  }
}
