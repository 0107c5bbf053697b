import type { Chart } from '../chart.ts';
import { concept, words, type Reference } from './codes.ts';

export type PackageSpec = {
  /** What it is, e.g. "Home care: four visits a day". */
  readonly name: string;
  readonly category: string;
  readonly start: string;
  readonly end?: string;
  readonly funding?: string;
  readonly by?: string;
};

/** A service or package of care with its dates and who pays (PRSB Local Authority information). */
export function carePackage(chart: Chart, spec: PackageSpec): Reference {
  return chart.add('EpisodeOfCare', spec.end ?? spec.start, {
    ...(spec.funding && {
      extension: [
        {
          url: 'https://corridor.example/StructureDefinition/funding-source',
          valueCodeableConcept: words(spec.funding),
        },
      ],
    }),
    status:
      spec.end && spec.end <= chart.calendar.today
        ? 'finished'
        : spec.start > chart.calendar.today
          ? 'planned'
          : 'active',
    type: [words(spec.name), words(spec.category)],
    patient: chart.patient,
    managingOrganization: chart.organisation,
    period: { start: spec.start, ...(spec.end && { end: spec.end }) },
    ...(spec.by && { careManager: chart.staff(spec.by) }),
  });
}

/** Equipment or an adaptation provided. */
export function equipment(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly on: string;
    readonly by?: string;
    readonly note?: string;
    /** When it was taken back. */
    readonly until?: string;
  },
): Reference {
  return chart.add('DeviceRequest', spec.on, {
    status: spec.until ? 'completed' : 'active',
    intent: 'order',
    codeCodeableConcept: concept(spec.what),
    subject: chart.patient,
    authoredOn: spec.on,
    occurrencePeriod: { start: spec.on, ...(spec.until && { end: spec.until }) },
    ...(spec.by && { requester: chart.staff(spec.by) }),
    ...(spec.note && { note: [{ text: spec.note }] }),
  });
}
