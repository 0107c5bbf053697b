import { dayOf } from '../../src/record/fhir/date.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import { SourceTrouble, type SourceTools } from '../../plugins/plugin.ts';
import { CorridorError } from '../errors.ts';
import { familiesComparable } from './family-name.ts';
import { readHomePatient, type Unnumbered } from './home-patient.ts';

/** Somebody who may be the person whose chart is open. It is never taken for granted: a human being says which, or none. */
export type TraceCandidate = {
  readonly patient: Patient;
  /** How alike the service thinks they are, 0 to 1; for the order on screen and nothing else. */
  readonly score?: number;
};

export type TraceSettings = {
  readonly base: string;
  /** PDS takes GET only, which puts the details into an address; where the service takes POST, say `post`. */
  readonly search: 'get' | 'post';
};

/** More than a person can compare with care; then the search was too wide. */
const MOST_CANDIDATES = 5;

/**
 * A person without an NHS number, looked for in a service shaped like the Personal Demographics Service: first by all
 * that is known, then without what people spell, forget or move away from. Whoever comes back must have this birth date
 * and a comparable family name. Finding exactly one is no proof either (safety H05).
 */
export async function tracePatient(
  person: Unnumbered,
  settings: TraceSettings,
  fetch: SourceTools['fetch'],
  nowMs: number,
  signal: AbortSignal,
): Promise<readonly TraceCandidate[]> {
  for (const query of queriesFor(person)) {
    const found = (await ask(query, settings, fetch, signal)).flatMap((entry) => candidateIn(entry, person, nowMs));
    if (found.length > MOST_CANDIDATES) throw new CorridorError('patient.trace_too_many');
    if (found.length > 0) return [...found].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  }
  return [];
}

function queriesFor(person: Unnumbered): readonly URLSearchParams[] {
  const birthdate = `eq${person.birthDate}`;
  const exact = new URLSearchParams({ family: person.family, given: person.given.split(' ')[0] ?? '', birthdate });
  if (person.gender !== undefined) exact.set('gender', person.gender);
  if (person.postcode !== undefined) exact.set('address-postalcode', person.postcode);
  const loose = new URLSearchParams({ family: person.family, birthdate, '_fuzzy-match': 'true' });
  return [exact, loose];
}

async function ask(
  query: URLSearchParams,
  { base, search }: TraceSettings,
  fetch: SourceTools['fetch'],
  signal: AbortSignal,
): Promise<readonly { readonly resource: Resource; readonly score?: number }[]> {
  const request =
    search === 'post'
      ? { url: `${base}/Patient/_search`, method: 'POST' as const, form: query }
      : { url: `${base}/Patient?${query.toString()}`, method: 'GET' as const };
  try {
    const answer = await fetch(request, signal);
    const bundle = asObject(parseFhirJson(await answer.text()));
    if (tooMany(bundle)) throw new CorridorError('patient.trace_too_many');
    if (answer.status !== 200 || bundle?.['resourceType'] !== 'Bundle')
      throw new CorridorError('patient.trace_unavailable', `status ${String(answer.status)}`);
    return asObjects(bundle['entry']).flatMap((entry) => {
      const { resource } = entry;
      const score = Number(asObject(entry['search'])?.['score'] ?? NaN);
      return isResource(resource) ? [{ resource, ...(score >= 0 && score <= 1 && { score }) }] : [];
    });
  } catch (cause) {
    if (cause instanceof CorridorError || signal.aborted) throw cause;
    throw new CorridorError('patient.trace_unavailable', cause instanceof SourceTrouble ? cause.code : 'not readable');
  }
}

/** PDS: more than one match and no leave to list them is an OperationOutcome, inside or instead of the Bundle. */
function tooMany(bundle: { readonly [member: string]: unknown } | undefined): boolean {
  return JSON.stringify(bundle?.['issue'] ?? '').includes('TOO_MANY_MATCHES');
}

function candidateIn(
  { resource, score }: { readonly resource: Resource; readonly score?: number },
  person: Unnumbered,
  nowMs: number,
): readonly TraceCandidate[] {
  const read = readHomePatient(resource, nowMs);
  if (!('patient' in read)) return [];
  const { patient } = read;
  const families = [person.family, ...(person.formerFamilies ?? [])];
  const theirs = [patient.family, ...(patient.formerFamilies ?? [])];
  const alike = theirs.some((family) => families.some((own) => familiesComparable(family, own)));
  if (!alike || dayOf(patient.birthDate) !== dayOf(person.birthDate)) return [];
  return [{ patient, ...(score !== undefined && { score }) }];
}
