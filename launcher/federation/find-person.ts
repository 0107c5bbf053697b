import { numbersOf, type Patient } from '../../src/record/patient.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { FederationDeps, OpenSource, PatientMatch } from './deps.ts';

export type PersonFound =
  | {
      readonly found: 'one';
      readonly patientId: string;
      readonly resource: Resource;
      /** Everything the source holds about who this is. */
      readonly people: readonly Resource[];
    }
  | Exclude<PatientMatch, { readonly found: 'one' }>;

/**
 * Whom this source means by the person of the launch: by the NHS number, by the one it replaced where the launch knows
 * of it, and in the chart the launch came from by its own id (safety H05). Two records of theirs, one under each number,
 * are ambiguous: half of what a source holds is never shown as all of it.
 */
export async function findPerson(
  source: SourceId,
  located: LocatedRequest,
  connection: OpenSource,
  deps: Pick<FederationDeps, 'match' | 'knownPatientId'>,
  signal: AbortSignal,
): Promise<PersonFound> {
  const { patient } = located.request.session.context;
  const people = await findHolders(connection, patient, signal);
  const match = deps.match(patient, people);
  const known = match.found === 'none' ? deps.knownPatientId?.(source, located) : undefined;
  if (known !== undefined) {
    const resource = await readKnown(connection, known, signal);
    return { found: 'one', patientId: known, resource, people: [resource] };
  }
  if (match.found !== 'one') return match;
  const resource = people.find(({ id }) => id === match.patientId);
  if (!resource) throw new SourceTrouble('source.invalid_answer', 'the matched Patient is not among those found');
  return { found: 'one', patientId: match.patientId, resource, people };
}

/** Everybody a source holds under any number of this person. */
export async function findHolders(
  connection: Pick<OpenSource, 'findPatients'>,
  patient: Patient,
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const answers = await Promise.all(numbersOf(patient).map((number) => connection.findPatients(number, signal)));
  return answers.flat();
}

/** The chart the launch came from, where it holds no NHS number: its id is known, and a search by number finds nothing. */
async function readKnown(connection: OpenSource, patientId: string, signal: AbortSignal): Promise<Resource> {
  for await (const page of connection.fetch({ patientId, types: ['Patient'] }, signal)) {
    const resource = page.resources.find(
      (one) => isResource(one) && one.resourceType === 'Patient' && one.id === patientId,
    );
    if (isResource(resource)) return resource;
  }
  throw new SourceTrouble('source.invalid_answer', 'the Patient of the open chart did not come');
}
