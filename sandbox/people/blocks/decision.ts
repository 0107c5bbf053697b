import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { hl7, snomed, words, type Concept, type Reference } from './codes.ts';

export type ResuscitationSpec = {
  readonly attempt: boolean;
  readonly day: string;
  readonly by: string;
  readonly review?: string;
  /** What the person wants most, and what follows for emergencies, in the form's own words. */
  readonly notes?: readonly string[];
  readonly document?: Reference;
};

/** The decision on cardiopulmonary resuscitation of a ReSPECT form, as the organisation that made it holds it. */
export function resuscitation(chart: Chart, spec: ResuscitationSpec): Reference {
  const code: Concept = spec.attempt
    ? snomed('450475007', 'For attempted cardiopulmonary resuscitation')
    : snomed('450476008', 'Not for attempted cardiopulmonary resuscitation');
  return chart.add(
    'Consent',
    spec.day,
    {
      status: 'active',
      scope: hl7('consentscope', 'adr', 'Advanced Care Directive'),
      category: [{ ...hl7('consentcategorycodes', 'dnr', 'Do Not Resuscitate'), text: 'ReSPECT: CPR recommendation' }],
      patient: chart.patient,
      dateTime: at(spec.day, '15:00'),
      performer: [chart.staff(spec.by)],
      organization: [chart.organisation],
      ...(spec.document && { sourceReference: spec.document }),
      policyRule: words('ReSPECT (Recommended Summary Plan for Emergency Care and Treatment)'),
      provision: {
        type: spec.attempt ? 'permit' : 'deny',
        code: [code],
        ...(spec.review && { period: { start: spec.day, end: spec.review } }),
      },
    },
    { profile: 'UKCore-Consent' },
  );
}

/** A decision or right in law: lasting power of attorney, advance decision, deprivation of liberty. */
export function legalRight(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly day: string;
    readonly by: string;
    readonly holder?: Reference;
    readonly document?: Reference;
  },
): Reference {
  return chart.add(
    'Consent',
    spec.day,
    {
      status: 'active',
      scope: hl7('consentscope', 'adr', 'Advanced Care Directive'),
      category: [words(spec.what)],
      patient: chart.patient,
      dateTime: at(spec.day, '11:00'),
      performer: [chart.staff(spec.by)],
      organization: [chart.organisation],
      ...(spec.document && { sourceReference: spec.document }),
      policyRule: words(spec.what),
      ...(spec.holder && {
        provision: {
          type: 'permit',
          actor: [{ role: hl7('v3-RoleCode', 'HPOWATT', 'healthcare power of attorney'), reference: spec.holder }],
        },
      }),
    },
    { profile: 'UKCore-Consent' },
  );
}
