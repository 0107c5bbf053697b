import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ServiceEntry } from '../../record/sections/services-and-care.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { activityInWords } from '../activity-in-words.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Services and packages of care: who provides, who pays, since when. */
export class CorridorServicesAndCare extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ServiceEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, serviceLine, 5);
  }
}

/** The package or service; who provides and who pays; since when. */
export function serviceLine(entry: ServiceEntry, { words }: Surroundings): Line {
  const { services } = words;
  return {
    main: entry.title,
    flags: [{ tone: 'quiet', word: services.kinds[entry.kind] }],
    parts: [
      entry.provider,
      entry.worker,
      entry.funding && services.funding(entry.funding),
      entry.reasons.join(', '),
      entry.priority,
    ],
    ...(entry.period && { when: periodInWords(entry.period, words) }),
    body: [
      ...entry.goals.map((goal) => `${words.care.goal}: ${goal}`),
      ...entry.activities.map((activity) => activityInWords(activity, words)),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-services-and-care': CorridorServicesAndCare;
  }
}
