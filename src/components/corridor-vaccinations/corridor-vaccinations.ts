import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { VaccinationEntry } from '../../record/sections/vaccinations.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Vaccinations, newest first. */
export class CorridorVaccinations extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<VaccinationEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, vaccinationLine);
  }
}

/** The vaccine, which dose, against what, where given. One not given says so and why. */
export function vaccinationLine(entry: VaccinationEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    flags: [
      entry.statement === 'none-known' ? { tone: 'quiet', word: words.devices.noneKnown } : undefined,
      entry.statement === 'not-asked' ? { tone: 'quiet', word: words.devices.notAsked } : undefined,
    ],
    parts: [
      entry.doseNumber && words.vaccinations.dose(entry.doseNumber),
      entry.diseases.join(', '),
      [entry.site, entry.route].filter(Boolean).join(', '),
      entry.batch && words.vaccinations.batch(entry.batch),
      entry.state === 'negated' ? entry.reasons.join(', ') : undefined,
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-vaccinations': CorridorVaccinations;
  }
}
