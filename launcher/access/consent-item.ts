import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { ConsentItem } from './consent-voice.ts';

/** Elements that say when a resource was written, the surest first. */
const DATES = [
  ...['authoredOn', 'recordedDate', 'issued', 'dateTime', 'date', 'created', 'dateAsserted', 'authored', 'recorded'],
  ...['effectiveDateTime', 'performedDateTime', 'occurrenceDateTime', 'onsetDateTime'],
] as const;
const PERIODS = ['period', 'effectivePeriod', 'performedPeriod', 'occurrencePeriod'] as const;
const RELATIONS = ['encounter', 'partOf', 'basedOn', 'episodeOfCare', 'carePlan'] as const;
const AUTHORS = ['author', 'recorder', 'asserter', 'performer', 'requester', 'informationSource', 'creator'] as const;

/** What a consent chooses single items by (IHE PCF Intermediate: instance, related, authored by, authored in a time). */
export function consentItemOf(resource: Resource): ConsentItem {
  const context = asObject(resource['context']);
  const related = [...RELATIONS.map((name) => resource[name]), context?.['encounter'], context?.['related']];
  const date = dateOf(resource);
  return {
    reference: `${resource.resourceType}/${asString(resource.id) ?? ''}`,
    ...(date !== undefined && { date }),
    relatedTo: related.flatMap(referencesIn),
    authors: [...AUTHORS.map((name) => resource[name]), resource['participant']].flatMap(referencesIn),
  };
}

function dateOf(resource: Resource): string | undefined {
  const dates = DATES.map((name) => asString(resource[name]));
  const starts = PERIODS.map((name) => asString(asObject(resource[name])?.['start']));
  return [...dates, ...starts].find((value) => value !== undefined);
}

/** Of a Reference, a list of them, or a backbone element that holds one (`actor`, `individual`). */
function referencesIn(value: unknown): readonly string[] {
  return asObjects(value).flatMap((item: Json) =>
    [item, asObject(item['actor']), asObject(item['individual'])].flatMap((one) => asString(one?.['reference']) ?? []),
  );
}
