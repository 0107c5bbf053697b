import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AdmissionEntry } from '../../record/sections/admissions.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Stays in hospital: now, waiting, and those of the last months. */
export class CorridorAdmissions extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AdmissionEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, admissionLine);
  }
}

/** When, where, under which specialty, why, from where, and the legal status. */
export function admissionLine(entry: AdmissionEntry, { words }: Surroundings): Line {
  const { admissions, encounters } = words;
  return {
    main: entry.title,
    flags: [
      entry.state === 'current' ? { tone: 'information', word: encounters.inHospital } : undefined,
      entry.state === 'planned' ? { tone: 'quiet', word: admissions.waiting } : undefined,
    ],
    parts: [
      entry.provider,
      entry.specialty,
      entry.reasons.filter((reason) => reason !== entry.title).join(', '),
      entry.from && admissions.from(entry.from),
      entry.method,
      entry.legalStatus.join(', '),
    ],
    ...(entry.period && { when: periodInWords(entry.period, words) }),
    detail: [
      ...entry.locations,
      ...entry.people.map(({ name, role }) => (role ? `${name} (${role})` : name)),
      ...(entry.providerCode ? [`${words.organisations.code} ${entry.providerCode}`] : []),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-admissions': CorridorAdmissions;
  }
}
