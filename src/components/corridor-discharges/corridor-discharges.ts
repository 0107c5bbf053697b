import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { DischargeEntry } from '../../record/sections/discharges.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Discharges from hospital: when, whither, and the summary. */
export class CorridorDischarges extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<DischargeEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, dischargeLine);
  }
}

/** Whither, from what stay, under which specialty. A date that is only foreseen says so. */
export function dischargeLine(entry: DischargeEntry, { words }: Surroundings): Line {
  const { discharges, encounters } = words;
  return {
    main: entry.title,
    flags: [
      entry.kind === 'summary' ? { tone: 'quiet', word: discharges.summary } : undefined,
      entry.state === 'planned' ? { tone: 'information', word: discharges.expected } : undefined,
    ],
    parts: [
      entry.to && encounters.dischargedTo(entry.to),
      entry.place,
      entry.provider,
      entry.specialty,
      entry.method,
      entry.legalStatus.join(', '),
    ],
    detail: entry.providerCode ? [`${words.organisations.code} ${entry.providerCode}`] : [],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-discharges': CorridorDischarges;
  }
}
