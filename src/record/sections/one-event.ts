import { dateParts, type RecordedDate } from '../fhir/date.ts';
import type { IdentityName } from '../group-entries.ts';

/**
 * The name of an event by the minute it began, for what a person can do only once at a time. It names nothing where the
 * time is missing, or is midnight: systems write that for "some time on this day". A source that tells of two such
 * events in one minute shows that they are not told apart by it.
 */
export function sameMoment(date: RecordedDate | undefined): readonly IdentityName[] {
  if (date === undefined) return [];
  const { hour, minute } = dateParts(date);
  const told = hour !== undefined && (hour > 0 || (minute ?? 0) > 0);
  return told ? [{ reason: 'same-moment', name: 'moment', onceASource: true }] : [];
}

/** The statement's own number (`readBusinessId`), shared by the system that made it and those that copied it. */
export function ownNumber(businessId: string | undefined): readonly IdentityName[] {
  return businessId === undefined ? [] : [{ reason: 'identifier', name: `number:${businessId}` }];
}
