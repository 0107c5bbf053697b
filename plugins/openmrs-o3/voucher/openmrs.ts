import type { HostPatient } from '../../host-port.ts';
import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import { whoIs } from '../who-is.ts';
import type { VoucherSettings } from './settings.ts';

/** One question to a server: its status and what it said, or nothing that could be read. */
export type Ask = (
  address: string,
  init: { readonly method: 'GET' | 'POST'; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<{ readonly status: number; readonly json: Json | undefined }>;

export type OpenmrsUser = { readonly id: string; readonly name: string; readonly roles: readonly string[] };

/** The user of this session as OpenMRS itself says; `undefined` when nobody is signed in. */
export async function readUser(
  cookie: string,
  { openmrs }: VoucherSettings,
  ask: Ask,
): Promise<OpenmrsUser | undefined> {
  const { status, json } = await ask(`${openmrs}/ws/rest/v1/session`, { method: 'GET', headers: { cookie } });
  if (status !== 200 || json?.['authenticated'] !== true) return undefined;
  const user = asObject(json['user']);
  const id = asString(user?.['uuid']);
  const name = asString(asObject(user?.['person'])?.['display']) ?? asString(user?.['display']);
  if (!id || !name) return undefined;
  const roles = Array.isArray(user?.['roles']) ? user['roles'] : [];
  return { id, name, roles: roles.flatMap((role) => asString(asObject(role)?.['display']) ?? []) };
}

/** The patient as this user may read them: what OpenMRS does not show them, it does not vouch for. */
export async function readPatient(
  cookie: string,
  patientUuid: string,
  settings: VoucherSettings,
  ask: Ask,
): Promise<HostPatient | undefined> {
  const { status, json } = await ask(`${settings.openmrs}/ws/fhir2/R4/Patient/${patientUuid}`, {
    method: 'GET',
    headers: { cookie, accept: 'application/fhir+json' },
  });
  return status === 200 ? whoIs(json, patientUuid, settings) : undefined;
}
