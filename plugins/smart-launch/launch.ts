import { asBoolean, asString } from '../../src/record/resource.ts';
import type { LaunchAnswer, LaunchFace, LaunchFacts } from '../plugin.ts';

/** The launch of any EPR that keeps to SMART App Launch 2.x. Dialects of single vendors are plugins of their own. */
export const launch: LaunchFace = { kind: 'smart', scopes, readContext };

/** SMART 2.2 §Scopes: who is asking, which patient is open, and that Patient's details. The record comes another way. */
function scopes(supported: readonly string[] | undefined): readonly string[] {
  const read =
    supported === undefined || supported.includes('patient/Patient.r') || !supported.includes('patient/Patient.read');
  const optional = ['profile'].filter((scope) => supported?.includes(scope));
  return ['launch', 'openid', 'fhirUser', ...optional, read ? 'patient/Patient.r' : 'patient/Patient.read'];
}

/** Launch context arrives beside the token, identity in the id_token; `profile` is what older servers call `fhirUser`. */
function readContext({ token, claims }: LaunchAnswer): LaunchFacts {
  const patientId = asString(token['patient']);
  const encounterId = asString(token['encounter']);
  const fhirUser = asString(claims['fhirUser']) ?? asString(claims['profile']);
  const intent = asString(token['intent']);
  return {
    needPatientBanner: readBanner(token['need_patient_banner']),
    ...(patientId !== undefined && { patientId }),
    ...(encounterId !== undefined && { encounterId }),
    ...(fhirUser !== undefined && { fhirUser }),
    ...(intent !== undefined && { intent }),
  };
}

/** Only a plain "false" takes the banner away. */
function readBanner(value: unknown): boolean {
  return (asBoolean(value) ?? asString(value)?.toLowerCase() !== 'false') !== false;
}
