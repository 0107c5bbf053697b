import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { words, type Reference } from './codes.ts';

export type AppointmentSpec = {
  readonly what: string;
  readonly day: string;
  readonly time: string;
  readonly minutes?: number;
  readonly with?: string;
  readonly status?: 'booked' | 'cancelled' | 'fulfilled' | 'noshow' | 'proposed';
  readonly specialty?: string;
  readonly note?: string;
};

/** An appointment with its place and clinician (UKCore-Appointment). */
export function appointment(chart: Chart, spec: AppointmentSpec): Reference {
  const [hours = 0, minutes = 0] = spec.time.split(':').map(Number);
  const total = hours * 60 + minutes + (spec.minutes ?? 20);
  const end = `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
  return chart.add(
    'Appointment',
    chart.calendar.isPast(spec.day) ? chart.calendar.ago(14, 'days', spec.day) : chart.calendar.ago(10, 'days'),
    {
      status: spec.status ?? 'booked',
      ...(spec.specialty && { specialty: [words(spec.specialty)] }),
      appointmentType: words(spec.what),
      description: spec.what,
      start: at(spec.day, spec.time),
      end: at(spec.day, end),
      ...(spec.note && { patientInstruction: spec.note }),
      participant: [
        { actor: chart.patient, status: 'accepted' },
        ...(spec.with ? [{ actor: chart.staff(spec.with), status: 'accepted' }] : []),
        { actor: chart.place, status: 'accepted' },
      ],
    },
    { profile: 'UKCore-Appointment' },
  );
}
