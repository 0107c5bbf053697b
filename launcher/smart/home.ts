import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { SmartDeps } from './deps.ts';
import { careEvidenceOf } from './care-evidence.ts';
import type { FhirRead } from './fhir-read.ts';
import type { LaunchContext } from './launch-context.ts';

const MOST_LINKS = 3;

/** Without a number other organisations can be asked only after a trace, and only where there is one. */
export type HomeRead =
  | { readonly id: string; readonly patient: Patient; readonly careEvidence?: LaunchContext['careEvidence'] }
  | { readonly id: string; readonly unnumbered: Omit<Patient, 'nhsNumber'> };

/** The home EPR's Patient, read with the user's own token; a merged one is followed to the one that replaced it (row 56). */
export async function readHome(
  patientId: string,
  read: FhirRead,
  deps: Pick<SmartDeps, 'readHomePatient' | 'trace'>,
  ods: string,
): Promise<HomeRead> {
  let id = patientId;
  const visited = new Set<string>();
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    if (visited.has(id)) break;
    visited.add(id);
    const resource = await read(`Patient/${id}`, 'Patient');
    // Row 52: what comes must be the one that was asked for.
    if (resource?.id !== id)
      throw new CorridorError('patient.unreadable', resource ? 'another Patient came' : 'no Patient came');
    const replacedBy = replacementOf(resource);
    if (replacedBy === undefined) return { id, ...judge(resource, deps), careEvidence: careEvidenceOf(resource, ods) };
    id = replacedBy;
  }
  throw new CorridorError('patient.unreadable', 'links do not end');
}

function judge(
  resource: Resource,
  deps: Pick<SmartDeps, 'readHomePatient' | 'trace'>,
): { readonly patient: Patient } | { readonly unnumbered: Omit<Patient, 'nhsNumber'> } {
  const read = deps.readHomePatient(resource);
  if (!('refused' in read)) return { patient: read.patient };
  if (deps.trace && read.unnumbered) return { unnumbered: read.unnumbered };
  throw new CorridorError(read.refused);
}

function replacementOf(resource: Resource): string | undefined {
  const link = asObjects(resource['link']).find((item) => item['type'] === 'replaced-by');
  if (!link) return undefined;
  const id = /^Patient\/((?!\.+$)[A-Za-z0-9\-.]{1,64})$/.exec(
    asString(asObject(link['other'])?.['reference']) ?? '',
  )?.[1];
  if (id === undefined) throw new CorridorError('patient.unreadable', 'replaced by a Patient elsewhere');
  return id;
}
