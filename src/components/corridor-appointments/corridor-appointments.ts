import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AppointmentEntry } from '../../record/sections/appointments.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import { momentOf, type Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Future appointments: soonest first. */
export class CorridorAppointments extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AppointmentEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, appointmentLine);
  }
}

/** What for, with whom, where; the time as the source wrote it. */
export function appointmentLine(entry: AppointmentEntry, around: Surroundings): Line {
  const specialty = entry.specialty ?? entry.service;
  return {
    main: entry.title,
    parts: [
      specialty === entry.title ? undefined : specialty,
      entry.reasons.join(', '),
      entry.with.join(', '),
      entry.location,
      entry.cancelledBecause,
      entry.wanted && around.words.referrals.wanted(periodInWords(entry.wanted, around.words)),
    ],
    when: momentOf(entry, around),
    body: entry.instructions ? [entry.instructions] : [],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-appointments': CorridorAppointments;
  }
}
