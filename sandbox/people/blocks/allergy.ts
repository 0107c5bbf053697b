import type { Chart, Marks } from '../chart.ts';
import { concept, hl7, snomed, type Reference } from './codes.ts';

export type AllergySpec = {
  readonly what: string;
  readonly on: string;
  readonly kind?: 'allergy' | 'intolerance';
  readonly category?: 'medication' | 'food' | 'environment' | 'biologic';
  readonly criticality?: 'low' | 'high';
  readonly reaction?: readonly string[];
  readonly severity?: 'mild' | 'moderate' | 'severe';
  readonly description?: string;
  readonly by?: string;
  readonly status?: 'active' | 'inactive' | 'resolved';
  readonly verification?: 'confirmed' | 'unconfirmed' | 'refuted' | 'entered-in-error';
  readonly note?: string;
} & Pick<Marks, 'security'>;

/** An allergy, an intolerance, or their absence (UKCore-AllergyIntolerance). */
export function allergy(chart: Chart, spec: AllergySpec): Reference {
  const verification = spec.verification ?? 'confirmed';
  return chart.add(
    'AllergyIntolerance',
    spec.on,
    {
      // FHIR ait-2: no clinical status on an entry that was made in error.
      ...(verification !== 'entered-in-error' && {
        clinicalStatus: hl7('allergyintolerance-clinical', spec.status ?? 'active'),
      }),
      verificationStatus: hl7('allergyintolerance-verification', verification),
      ...(spec.kind && { type: spec.kind }),
      category: [spec.category ?? 'medication'],
      ...(spec.criticality && { criticality: spec.criticality }),
      code: concept(spec.what),
      patient: chart.patient,
      recordedDate: spec.on,
      ...(spec.by && { recorder: chart.staff(spec.by) }),
      ...(spec.note && { note: [{ text: spec.note }] }),
      ...(spec.reaction && {
        reaction: [
          {
            manifestation: spec.reaction.map(concept),
            ...(spec.severity && { severity: spec.severity }),
            ...(spec.description && { description: spec.description }),
          },
        ],
      }),
    },
    { profile: 'UKCore-AllergyIntolerance', ...(spec.security && { security: spec.security }) },
  );
}

export function noKnownDrugAllergy(chart: Chart, on: string, by?: string): Reference {
  return chart.add(
    'AllergyIntolerance',
    on,
    {
      clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
      verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
      code: snomed('409137002', 'No known drug allergy'),
      patient: chart.patient,
      recordedDate: on,
      ...(by && { recorder: chart.staff(by) }),
    },
    { profile: 'UKCore-AllergyIntolerance' },
  );
}
