import type { AppointmentEntry } from '../../record/sections/appointments.ts';
import { periodInWords } from '../dates-in-words.ts';
import { momentOf, type Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Future appointments: soonest first. */
export class CorridorAppointments extends SectionElement<AppointmentEntry> {
  static override readonly lineOf = appointmentLine;
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
