import { asObject, asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { FhirStore } from './fhir-store.ts';
import { FhirTrouble } from './outcome.ts';
import { parseReference, patientsOf, referencesIn } from './references.ts';
import type { Target } from './references.ts';

export const PAGE_SIZE = 50;
export const PAGE_LIMIT = 200;

export type Search = {
  readonly type: string;
  readonly matches: readonly Resource[];
  readonly includes: readonly string[];
  readonly count: number;
  readonly summaryOnly: boolean;
  /** The parameters that were understood, for the self link (R4 §3.1.1.5). */
  readonly understood: URLSearchParams;
};

type Test = (resource: Resource, value: string) => boolean;

/** Filters besides the ones an index answers. A repeated parameter narrows, a comma widens (R4 §3.1.1.3). */
const FILTERS: { readonly [parameter: string]: Test } = {
  _id: (resource, value) => resource.id === value,
  category: (resource, value) => asObjects(resource['category']).some((concept) => hasCode(concept, value)),
  code: (resource, value) =>
    hasCode(asObject(resource['code'] ?? resource['medicationCodeableConcept'] ?? resource['vaccineCode']), value),
  type: (resource, value) => asObjects(resource['type']).some((concept) => hasCode(concept, value)),
  status: (resource, value) => asString(resource['status']) === value,
  'clinical-status': (resource, value) => hasCode(asObject(resource['clinicalStatus']), value),
  identifier: (resource, value) => hasIdentifier(resource, value),
  family: (resource, value) => asObjects(resource['name']).some((name) => startsWith(name['family'], value)),
  birthdate: (resource, value) => asString(resource['birthDate']) === value,
  practitioner: (resource, value) => pointsAt(resource['practitioner'], value),
  encounter: (resource, value) => pointsAt(resource['encounter'], value),
};

/** Reads a search. What the server does not know it leaves out of the self link, as R4 §3.1.1.3.1 asks of a lenient server. */
export function runSearch(
  store: FhirStore,
  type: string,
  parameters: URLSearchParams,
  options: { readonly byChange?: boolean } = {},
): Search {
  const understood = new URLSearchParams();
  let matches = startingSet(store, type, parameters, understood);
  for (const [name, value] of parameters) {
    const test = name === '_lastUpdated' && options.byChange === true ? changedSince : FILTERS[name];
    if (!test || (type === 'Patient' && name === 'identifier')) continue;
    understood.append(name, value);
    matches = matches.filter((resource) => value.split(',').some((option) => test(resource, option)));
  }
  const includes = [...parameters.getAll('_include'), ...parameters.getAll('_include:iterate')];
  for (const include of includes) understood.append('_include', include);
  const count = readCount(parameters.get('_count'));
  if (parameters.has('_count')) understood.set('_count', String(count));
  const summaryOnly = count === 0 || parameters.get('_summary') === 'count';
  return { type, matches, includes, count: count === 0 ? PAGE_SIZE : count, summaryOnly, understood };
}

/** `ge` and an instant, as those ask who want to know what is new; a server that can't filter by it leaves it out. */
function changedSince(resource: Resource, value: string): boolean {
  const since = Date.parse(value.replace(/^ge/, ''));
  if (!value.startsWith('ge') || Number.isNaN(since))
    throw new FhirTrouble(400, 'invalid', '_lastUpdated is ge and an instant here');
  return Date.parse(asString(asObject(resource['meta'])?.['lastUpdated']) ?? '') >= since;
}

function startingSet(
  store: FhirStore,
  type: string,
  parameters: URLSearchParams,
  understood: URLSearchParams,
): readonly Resource[] {
  const identifier = type === 'Patient' ? parameters.get('identifier') : null;
  if (identifier !== null) {
    understood.set('identifier', identifier);
    const bar = identifier.indexOf('|');
    return store.patientsByIdentifier(bar < 0 ? undefined : identifier.slice(0, bar), identifier.slice(bar + 1));
  }
  const patient = parameters.get('patient') ?? parameters.get('subject');
  if (patient === null) return store.all(type);
  understood.set(parameters.has('patient') ? 'patient' : 'subject', patient);
  const target = patient.includes('/') ? parseReference(patient) : { type: 'Patient', id: patient };
  return target?.type === 'Patient' ? store.ofPatient(type, target.id) : [];
}

function readCount(text: string | null): number {
  if (text === null) return PAGE_SIZE;
  if (!/^[0-9]{1,9}$/.test(text)) throw new FhirTrouble(400, 'invalid', '_count is not a number');
  return Math.min(Number(text), PAGE_LIMIT);
}

/** What `_include` asks to bring along with a page: shared resources, and those of the same patient only. */
export function includedWith(
  store: FhirStore,
  page: readonly Resource[],
  includes: readonly string[],
): readonly Resource[] {
  const seen = new Set(page.map(keyOf));
  const found: Resource[] = [];
  const patients = new Set(page.flatMap(patientsOf));
  // Two rounds: a PractitionerRole brings its Practitioner and Organization when the include says so for it too.
  for (let from: readonly Resource[] = page, round = 0; round < 2 && from.length > 0; round += 1) {
    const targets = from.flatMap((resource) => includes.flatMap((include) => included(resource, include)));
    const next = targets
      .flatMap((target) => store.read(target.type, target.id) ?? [])
      .filter((resource) => {
        if (seen.has(keyOf(resource))) return false;
        seen.add(keyOf(resource));
        const owners = patientsOf(resource);
        return owners.length === 0 || owners.some((owner) => patients.has(owner));
      });
    found.push(...next);
    from = next;
  }
  return found;
}

/** Parameters whose element has another name. */
const ELEMENTS: { readonly [parameter: string]: readonly string[] } = {
  medication: ['medicationReference'],
  performer: ['performer'],
  organization: ['organization', 'managingOrganization'],
  source: ['informationSource', 'source'],
  'general-practitioner': ['generalPractitioner'],
  'care-team': ['careTeam'],
  practitioner: ['practitioner', 'participant'],
  location: ['location', 'participant'],
};

/** Parameters that pick one type out of an element of many (Appointment.participant). */
const TARGETS: { readonly [parameter: string]: string } = { practitioner: 'Practitioner', location: 'Location' };

function included(resource: Resource, include: string): readonly Target[] {
  const [type, parameter, targetType] = include.split(':');
  if (type !== '*' && type !== resource.resourceType) return [];
  const wide = type === '*' || parameter === undefined || parameter === '*';
  const camel = (parameter ?? '').replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  const elements = wide ? Object.keys(resource) : (ELEMENTS[parameter ?? ''] ?? [camel, `${camel}Reference`]);
  const targets = elements.flatMap((element) => referencesIn(resource[element]));
  const wanted = targetType ?? (resource.resourceType === 'Appointment' ? TARGETS[parameter ?? ''] : undefined);
  return targets.filter((target) => wanted === undefined || target.type === wanted);
}

function keyOf(resource: Resource): string {
  return `${resource.resourceType}/${String(resource.id)}`;
}

function hasCode(concept: ReturnType<typeof asObject>, value: string): boolean {
  const [system, code] = value.includes('|')
    ? [value.slice(0, value.indexOf('|')), value.slice(value.indexOf('|') + 1)]
    : [undefined, value];
  const codings = asObjects(concept?.['coding'] ?? concept);
  return codings.some(
    (coding) => coding['code'] === code && (system === undefined || (coding['system'] ?? '') === system),
  );
}

function hasIdentifier(resource: Resource, value: string): boolean {
  return asObjects(resource['identifier']).some(
    (one) => one['value'] === value || `${asString(one['system']) ?? ''}|${String(one['value'])}` === value,
  );
}

function startsWith(text: unknown, value: string): boolean {
  return asString(text)?.toLowerCase().startsWith(value.toLowerCase()) ?? false;
}

function pointsAt(element: unknown, value: string): boolean {
  return referencesIn(element).some((target) => value === target.id || value === `${target.type}/${target.id}`);
}
