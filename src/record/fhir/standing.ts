import type { EntryState } from '../entry.ts';
import { asObject, type Resource } from '../resource.ts';
import { isBefore, readDate, sortMoment, type Period } from './date.ts';

/**
 * What a status is worth beside a period: a thing whose end was over when the source last changed the resource is past,
 * whatever its status still says (safety H17). Readers know no clock, and FHIR allows an end that is only planned, so
 * otherwise the source's own status stands here; `build-record.ts`, which is told the time, judges the rest.
 */
export function standing(state: EntryState, period: Period | undefined, resource: Resource): EntryState {
  const open = state === 'current' || state === 'planned' || state === 'unknown';
  const changed = readDate(asObject(resource['meta'])?.['lastUpdated']);
  return open && period?.end && changed && isBefore(period.end, sortMoment(changed)) ? 'past' : state;
}
