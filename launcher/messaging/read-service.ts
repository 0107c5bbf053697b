import type { TeamAvailability, TeamTime, Weekday } from '../../src/messages/thread.ts';
import { asBoolean, asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';

/** What a HealthcareService adds to the line of its team. Nothing else of it is kept, and nothing of it is a permission. */
export type TeamService = { readonly takes?: string; readonly availability: TeamAvailability };

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const LONGEST = 200;
const MOST_TIMES = 14;
const MOST_CLOSED = 5;
const DAYS: ReadonlySet<string> = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/**
 * `undefined`: it is not to be used. A modifier that nobody here knows may turn its meaning round (R4 §extensibility), an
 * `active` that is neither true nor false says nothing, and one provided by another organisation is another's.
 */
export function readService(
  resource: Resource,
  of: { readonly source: SourceId; readonly ods: OdsCode; readonly nowMs: number },
): TeamService | undefined {
  const id = asString(resource.id);
  const active = resource['active'] === undefined ? true : asBoolean(resource['active']);
  const foreign = providers(resource).some((ods) => ods !== of.ods);
  if (resource.resourceType !== 'HealthcareService' || id === undefined || active === undefined) return undefined;
  if (foreign || asObjects(resource['modifierExtension']).length > 0 || resource['implicitRules'] !== undefined)
    return undefined;
  const takes = plain(resource['comment']) ?? plain(kinds(resource).join('; '));
  const asOf = new Date(of.nowMs).toISOString();
  return {
    ...(takes !== undefined && { takes }),
    availability: {
      taking: active,
      times: timesOf(resource['availableTime']) ?? [],
      closed: closedOf(resource, asOf.slice(0, 10)),
      origin: { source: of.source, resource: `HealthcareService/${id}` },
      asOf,
    },
  };
}

function providers(resource: Resource): readonly string[] {
  const identifier = asObject(asObject(resource['providedBy'])?.['identifier']);
  const value = asString(identifier?.['value']);
  return identifier?.['system'] === ODS && value !== undefined ? [value] : [];
}

function kinds(resource: Resource): readonly string[] {
  return ['specialty', 'type', 'category'].flatMap((element) =>
    asObjects(resource[element]).flatMap(
      (concept) =>
        asString(concept['text']) ??
        asObjects(concept['coding']).flatMap((coding) => asString(coding['display']) ?? [])[0] ??
        [],
    ),
  );
}

/** All of the times or none: half a week's hours read like the whole of it. */
function timesOf(given: unknown): readonly TeamTime[] | undefined {
  if (!Array.isArray(given) || given.length > MOST_TIMES) return undefined;
  const read = given.map(timeOf);
  return read.every((one) => one !== undefined) ? read : undefined;
}

function timeOf(given: unknown): TeamTime | undefined {
  const time = asObject(given);
  const days = time?.['daysOfWeek'] ?? [];
  if (!time || !Array.isArray(days) || !days.every((day) => DAYS.has(String(day)))) return undefined;
  const [from, to] = [time['availableStartTime'], time['availableEndTime']];
  if (time['allDay'] === true && from === undefined && to === undefined)
    return { days: days as Weekday[], allDay: true };
  if (from === undefined && to === undefined) return days.length > 0 ? { days: days as Weekday[] } : undefined;
  const [opens, closes] = [clock(from), clock(to)];
  if (opens === undefined || closes === undefined) return undefined;
  return { days: days as Weekday[], hours: { from: opens, to: closes } };
}

function clock(given: unknown): string | undefined {
  return TIME.exec(asString(given) ?? '')?.[1];
}

/** What is over is left out. `availabilityExceptions` has no days of its own. */
function closedOf(resource: Resource, today: string): TeamAvailability['closed'] {
  const exceptions = plain(resource['availabilityExceptions']);
  const closed = asObjects(resource['notAvailable']).flatMap((given) => {
    const words = plain(given['description']);
    const during = asObject(given['during']);
    const [from, to] = [day(during, 'start'), day(during, 'end')];
    const over = to !== undefined && to < today;
    if (words === undefined || over) return [];
    return [{ words, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
  return [...closed, ...(exceptions === undefined ? [] : [{ words: exceptions }])].slice(0, MOST_CLOSED);
}

function day(period: Json | undefined, end: 'start' | 'end'): string | undefined {
  return DATE.exec(asString(period?.[end]) ?? '')?.[0];
}

/** One line of plain text, and not longer than the community file's own. */
function plain(given: unknown): string | undefined {
  const text = (asString(given) ?? '').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (text === '') return undefined;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
}
