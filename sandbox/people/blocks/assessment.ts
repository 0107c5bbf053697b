import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { words, type Reference } from './codes.ts';

export type FormSpec = {
  readonly name: string;
  readonly title: string;
  readonly day: string;
  readonly by: string;
  readonly answers: readonly (readonly [question: string, answer: string])[];
};

/** A form filled in with the person: a carer's assessment, a needs assessment (UKCore-QuestionnaireResponse). */
export function form(chart: Chart, spec: FormSpec): Reference {
  return chart.add(
    'QuestionnaireResponse',
    spec.day,
    {
      questionnaire: `https://corridor.example/Questionnaire/${spec.name}`,
      _questionnaire: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: spec.title }],
      },
      status: 'completed',
      subject: chart.patient,
      authored: at(spec.day, '14:00'),
      author: chart.staff(spec.by),
      item: spec.answers.map(([text, value], index) => ({
        linkId: String(index + 1),
        text,
        answer: [{ valueString: value }],
      })),
    },
    { profile: 'UKCore-QuestionnaireResponse' },
  );
}

export type ImpressionSpec = {
  readonly what: string;
  readonly day: string;
  readonly by: string;
  readonly summary: string;
  readonly findings?: readonly string[];
};

/** What a clinician made of it (base R4 ClinicalImpression). */
export function impression(chart: Chart, spec: ImpressionSpec): Reference {
  return chart.add('ClinicalImpression', spec.day, {
    status: 'completed',
    code: words(spec.what),
    subject: chart.patient,
    effectiveDateTime: at(spec.day, '11:00'),
    assessor: chart.staff(spec.by),
    summary: spec.summary,
    finding: (spec.findings ?? []).map((what) => ({ itemCodeableConcept: words(what) })),
  });
}
