import { randomUUID } from 'node:crypto';
import { asString } from '../../../src/record/resource.ts';
import { assertionOf } from './assertion.ts';
import { readPatient, readUser, type Ask } from './openmrs.ts';
import type { VoucherSettings } from './settings.ts';

/** What the module asks for: the patient of its chart, with the cookies of the user's own session. */
export type VouchRequest = { readonly cookies: string; readonly patient: unknown };
export type VouchAnswer =
  | { readonly status: 200; readonly launch: string }
  | { readonly status: 400 | 401 | 403 | 404 | 422 | 502; readonly error: string };

/**
 * Says to the launcher who is signed in to OpenMRS and whose chart they have open, in this order: the user by the
 * session, the role, the patient as the user may read them. Nothing the browser says is believed but which patient it
 * asks for, and that one has to be readable for this user.
 */
export async function vouch(
  { cookies, patient }: VouchRequest,
  settings: VoucherSettings,
  ask: Ask,
  now: () => number = Date.now,
): Promise<VouchAnswer> {
  const cookie = sessionIn(cookies);
  const uuid = asString(patient);
  if (uuid === undefined || !/^[A-Za-z0-9-]{1,64}$/.test(uuid)) return { status: 400, error: 'request.invalid' };
  const user = cookie === undefined ? undefined : await readUser(cookie, settings, ask);
  if (!user || cookie === undefined) return { status: 401, error: 'user.signed_out' };
  const role = settings.roles.find((one) => user.roles.includes(one));
  if (role === undefined) return { status: 403, error: 'user.no_role' };
  const found = await readPatient(cookie, uuid, settings, ask);
  if (!found) return { status: 404, error: 'patient.unreadable' };
  const { nhsNumber, birthDate, family } = found;
  if (nhsNumber === undefined || birthDate === undefined) return { status: 422, error: 'patient.no_number' };
  const assertion = assertionOf(
    {
      iss: settings.issuer,
      aud: `${settings.launcher}/plugins/openmrs-o3`,
      sub: user.id,
      name: user.name,
      role,
      nhs_number: nhsNumber,
      birthdate: birthDate,
      ...(family !== undefined && { family_name: family }),
      local_id: uuid,
      jti: randomUUID(),
    },
    settings.key,
    settings.keyId,
    now(),
  );
  const { status, json } = await ask(`${settings.launcher}/plugins/openmrs-o3/assertion/${settings.organisation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/jwt', accept: 'application/json' },
    body: assertion,
  });
  const launch = asString(json?.['launch']);
  return status === 200 && launch !== undefined ? { status, launch } : { status: 502, error: 'launcher.refused' };
}

/** OpenMRS’s own session and nothing else that the browser may have sent along. */
function sessionIn(cookies: string): string | undefined {
  return /(?:^|;\s*)(JSESSIONID=[A-Za-z0-9._!+~-]{1,200})(?:;|$)/.exec(cookies)?.[1];
}
