import type { LaunchFace, LaunchFacts } from '../../plugins/plugin.ts';
import { asObjects, asString } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { Exchange } from './exchange.ts';

/** The plugin says where this EPR puts the context; every value is judged here (smart.md 1.5, rows 32, 45, 46, 50, 51). */
export type CheckedFacts = Omit<LaunchFacts, 'patientId'> & { readonly patientId: string };

export function readLaunchFacts(face: LaunchFace, exchange: Exchange, member: LaunchMember): CheckedFacts {
  const settings = member.plugins?.[member.launch.plugin];
  const facts = face.readContext({ token: exchange.answer, claims: exchange.claims }, settings);
  const patientId = checkPatient(facts.patientId);
  checkAgreement(patientId, facts.patientElsewhere ?? [], exchange);
  checkTenant(exchange, member);
  checkScope(exchange.granted);
  const encounterId = readId('Encounter', facts.encounterId);
  return {
    patientId,
    needPatientBanner: facts.needPatientBanner,
    ...(encounterId !== undefined && { encounterId }),
    ...(facts.fhirUser !== undefined && { fhirUser: facts.fhirUser }),
    ...(facts.intent !== undefined && /^[\w.-]{1,64}$/.test(facts.intent) && { intent: facts.intent }),
  };
}

/**
 * Nobody's chart was open, by everything the answer says, and the member's entry lets such a launch open the list of its
 * user's teams. Anything that names a patient or an encounter makes it a launch of a chart, to be judged as one.
 */
export function opensTeamList(face: LaunchFace, exchange: Exchange, member: LaunchMember): boolean {
  if (member.launch.withoutPatient !== 'inbox') return false;
  const settings = member.plugins?.[member.launch.plugin];
  const { answer, claims } = exchange;
  const { patientId, patientElsewhere = [], encounterId } = face.readContext({ token: answer, claims }, settings);
  const inContext = asObjects(answer['fhirContext']);
  const named = [patientId, ...patientElsewhere, encounterId, claims['patient']].some((one) => one !== undefined);
  return !named && inContext.length === 0;
}

/** Of such a launch: who asks, from which part of the EPR. */
export function readTeamFacts(
  face: LaunchFace,
  exchange: Exchange,
  member: LaunchMember,
): { readonly fhirUser: string | undefined } {
  checkTenant(exchange, member);
  const settings = member.plugins?.[member.launch.plugin];
  return { fhirUser: face.readContext({ token: exchange.answer, claims: exchange.claims }, settings).fhirUser };
}

function checkPatient(value: string | undefined): string {
  if (value === undefined) throw new CorridorError('launch.no_patient');
  const id = readId('Patient', value);
  if (id === undefined) throw new CorridorError('launch.no_patient', 'not an id');
  return id;
}

/** `123` or `Patient/123`; no address, no dots alone, no more than FHIR allows. */
function readId(type: string, value: string | undefined): string | undefined {
  const id = value?.startsWith(`${type}/`) ? value.slice(type.length + 1) : value;
  return id !== undefined && /^(?!\.+$)[A-Za-z0-9\-.]{1,64}$/.test(id) ? id : undefined;
}

/** Wherever else the answer names the patient in context, it must be the same one. */
function checkAgreement(patientId: string, elsewhere: readonly string[], { answer, claims }: Exchange): void {
  const inContext = asObjects(answer['fhirContext'])
    .filter((item) => item['role'] === undefined || item['role'] === 'launch')
    .map((item) => asString(item['reference']))
    .filter((reference) => reference?.startsWith('Patient/'));
  const others = [asString(claims['patient']), ...elsewhere, ...inContext].filter((other) => other !== undefined);
  if (others.some((other) => readId('Patient', other) !== patientId))
    throw new CorridorError('launch.patient_mismatch');
}

function checkTenant({ answer }: Exchange, { launch }: LaunchMember): void {
  if (launch.tenant !== undefined && answer['tenant'] !== launch.tenant)
    throw new CorridorError('launch.mixup', 'tenant');
}

function checkScope(granted: readonly string[]): void {
  if (!granted.some((scope) => PATIENT_READ.test(scope))) throw new CorridorError('launch.scope_insufficient');
}

/** SMART 2.2 scopes v2 and v1 that let the Patient be read. */
const PATIENT_READ = /^(?:patient|user)\/(?:\*|Patient)\.(?:c?ru?d?s?|read|\*)$/;
