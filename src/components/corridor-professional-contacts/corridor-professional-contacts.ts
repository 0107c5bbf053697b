import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ProfessionalContactEntry } from '../../record/sections/professional-contacts.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Professionals involved; the key worker is marked. */
export class CorridorProfessionalContacts extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ProfessionalContactEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, professionalLine, 5);
  }
}

/** Who, in what role and team, and how to reach them; the key worker is marked. */
export function professionalLine(entry: ProfessionalContactEntry, { words }: Surroundings): Line {
  return {
    main: entry.name ?? entry.title,
    flags: [entry.keyWorker ? { tone: 'information', word: words.people.keyWorker } : undefined],
    parts: [
      // The mark says it already.
      entry.roles.filter((role) => !(entry.keyWorker && sameWords(role, words.people.keyWorker))).join(', '),
      entry.team === entry.title ? undefined : entry.team,
      entry.organisation,
      entry.telecom.map((item) => item.value).join(', '),
      entry.reasons.join(', '),
    ],
    when: entry.period ? periodInWords(entry.period, words) : null,
  };
}

function sameWords(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-GB') === b.toLocaleLowerCase('en-GB');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-professional-contacts': CorridorProfessionalContacts;
  }
}
