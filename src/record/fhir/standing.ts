import type { EntryState } from '../entry.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, type Resource } from '../resource.ts';
import { isBefore, readDate, sortMoment, type Period } from './date.ts';

/**
 * What a status is worth beside a period: a thing whose end is surely over is past, whatever its status still says
 * (safety H17). "Surely" needs a moment to compare with: when the source was asked, else when it last changed the
 * resource. Without either, the source's own status stands, for FHIR allows an end that is only planned.
 */
export function standing(state: EntryState, period: Period | undefined, resource: Resource, context: ReadContext): EntryState {
  const open = state === 'current' || state === 'planned' || state === 'unknown';
  return open && period?.end && surelyOver(period, resource, context) ? 'past' : state;
}

function surelyOver(period: Period, resource: Resource, context: ReadContext): boolean {
  const changed = readDate(asObject(resource['meta'])?.['lastUpdated']);
  const known = context.askedAtMs ?? (changed && sortMoment(changed));
  return known !== undefined && period.end !== undefined && isBefore(period.end, known);
}
