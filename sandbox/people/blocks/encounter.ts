import { at } from '../calendar.ts';
import type { Chart, Marks } from '../chart.ts';
import { concept, hl7, ukCore, words, type Reference } from './codes.ts';

export type EncounterSpec = {
  readonly kind: 'ambulatory' | 'emergency' | 'inpatient' | 'home' | 'virtual' | 'field';
  /** What the organisation calls it, e.g. "GP consultation". */
  readonly type: string;
  readonly start: string;
  readonly time?: string;
  readonly end?: string;
  readonly endTime?: string;
  readonly by?: string;
  /** Reasons: `code|display` or words. */
  readonly reason?: readonly string[];
  readonly status?: 'planned' | 'finished' | 'in-progress' | 'cancelled';
  /** Legal status under the Mental Health Act when the stay began, and when it ended. */
  readonly legal?: { readonly admission: string; readonly discharge?: string };
  readonly admission?: { readonly source: string; readonly ward?: string };
  readonly discharge?: { readonly to: string };
  readonly service?: string;
  readonly location?: string;
} & Pick<Marks, 'security'>;

/** v3-ActCode classes. */
const CLASSES = {
  ambulatory: ['AMB', 'ambulatory'],
  emergency: ['EMER', 'emergency'],
  inpatient: ['IMP', 'inpatient encounter'],
  home: ['HH', 'home health'],
  virtual: ['VR', 'virtual'],
  field: ['FLD', 'field'],
} as const;

/** A contact with a professional, an attendance or an admission (UKCore-Encounter). */
export function encounter(chart: Chart, spec: EncounterSpec): Reference {
  const [code, display] = CLASSES[spec.kind];
  const status = spec.status ?? 'finished';
  const end = spec.end ?? spec.start;
  const hospitalization = {
    ...(spec.admission && { admitSource: words(spec.admission.source) }),
    ...(spec.discharge && { dischargeDisposition: words(spec.discharge.to) }),
  };
  return chart.add(
    'Encounter',
    status === 'finished' ? end : spec.start,
    {
      ...(spec.legal && { extension: legalStatus(spec.legal) }),
      status,
      class: hl7('v3-ActCode', code, display).coding?.[0],
      type: [words(spec.type)],
      ...(spec.service && { serviceType: words(spec.service) }),
      subject: chart.patient,
      ...(spec.by && { participant: [{ individual: chart.staff(spec.by) }] }),
      period: {
        start: at(spec.start, spec.time ?? '10:00'),
        ...(status === 'finished' && { end: at(end, spec.endTime ?? later(spec.time ?? '10:00')) }),
      },
      ...(spec.reason && { reasonCode: spec.reason.map(concept) }),
      ...((spec.admission ?? spec.discharge) && { hospitalization }),
      location: [{ location: chart.place, ...(spec.location && { physicalType: words(spec.location) }) }],
      serviceProvider: chart.organisation,
    },
    { profile: 'UKCore-Encounter', ...(spec.security && { security: spec.security }) },
  );
}

/** UK Core legal status: a moment and the classification that held at it. */
function legalStatus(legal: NonNullable<EncounterSpec['legal']>): readonly object[] {
  const stated = (moment: string, status: string): object => ({
    url: ukCore('Extension-UKCore-LegalStatus'),
    extension: [
      { url: 'legalStatusContext', valueCodeableConcept: words(moment) },
      { url: 'legalStatusClassification', valueCodeableConcept: words(status) },
    ],
  });
  return [stated('Admission', legal.admission), ...(legal.discharge ? [stated('Discharge', legal.discharge)] : [])];
}

function later(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const total = Math.min(hours * 60 + minutes + 15, 23 * 60 + 59);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
