import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { DemographicsEntry } from '../../record/sections/demographics.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { formatNhsNumber } from '../../record/nhs-number.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Person demographics as each organisation holds them. */
export class CorridorDemographics extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<DemographicsEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, demographicsLine);
  }
}

/** What each organisation holds about who this is: a wrong address or number shows here. */
export function demographicsLine(entry: DemographicsEntry, { words }: Surroundings): Line {
  const { demographics } = words;
  const address = entry.addresses[0];
  return {
    main: entry.title,
    flags: [
      entry.deceased !== undefined && entry.deceased !== false
        ? {
            tone: 'caution',
            word: words.banner.deceased(
              typeof entry.deceased === 'string' ? dateInWords(entry.deceased, words) : undefined,
            ),
          }
        : undefined,
    ],
    parts: [
      entry.birthDate && `${words.banner.born} ${dateInWords(entry.birthDate, words)}`,
      entry.nhsNumber && `${words.banner.nhsNumber} ${formatNhsNumber(entry.nhsNumber)}`,
      address && [...address.lines, address.postcode].filter(Boolean).join(', '),
      entry.telecom[0]?.value,
      entry.practice.join(', '),
      entry.languages.join(', '),
      entry.interpreterNeeded === true ? demographics.interpreter : undefined,
    ],
    when: null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-demographics': CorridorDemographics;
  }
}
