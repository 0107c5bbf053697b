import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ResearchEntry } from '../../record/sections/participation-in-research.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Participation in research: the trial and whom to call. */
export class CorridorParticipationInResearch extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ResearchEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, researchLine, 3);
  }
}

/** The trial, its public number, the arm where it is known, and the contact. */
export function researchLine(entry: ResearchEntry, { words }: Surroundings): Line {
  const contact = entry.contacts.map(({ name, telecom }) =>
    [name, ...telecom.map(({ value }) => value)].filter(Boolean).join(', '),
  );
  return {
    main: entry.title,
    parts: [
      entry.number !== entry.title ? entry.number : undefined,
      entry.arm && words.research.arm(entry.arm),
      ...contact.map((who) => words.research.contact(who)),
    ],
    ...(entry.period && { when: periodInWords(entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-participation-in-research': CorridorParticipationInResearch;
  }
}
