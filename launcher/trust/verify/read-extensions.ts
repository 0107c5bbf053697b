import { parseActing, type Acting } from './acting-context.ts';

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code#';
const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id#';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number#';
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason#';

type Json = { readonly [member: string]: unknown };

/**
 * The acting user in the extensions of a client assertion (UDAP Security `hl7-b2b`, IHE IUA `ihe_iua`). Call it with the
 * claims of an assertion that the authorisation server has verified: nothing is checked here but the shape.
 */
export function readActingExtensions(extensions: unknown, launchId = 'not said'): Acting | undefined {
  const b2b = member(extensions, 'hl7-b2b');
  const iua = member(extensions, 'ihe_iua');
  const [roleCoding] = listOf(iua?.['subject_role']);
  const subject = textOf(b2b?.['subject_id']);
  const [purpose] = listOf(b2b?.['purpose_of_use']);
  return parseActing({
    launchId,
    organisation: { ods: after(ODS, b2b?.['organization_id']), name: b2b?.['organization_name'] },
    user: {
      key: subject?.startsWith('https://fhir.nhs.uk/Id/') ? subject.replace('#', '|') : subject,
      name: b2b?.['subject_name'],
      sdsUserId: subject?.startsWith(SDS_USER) ? subject.slice(SDS_USER.length) : undefined,
    },
    role: { code: b2b?.['subject_role'], name: objectOf(roleCoding)?.['display'] ?? b2b?.['subject_role'] },
    purpose: after(REASON, purpose),
    patient: { nhsNumber: after(NHS_NUMBER, iua?.['person_id']) },
  });
}

function after(system: string, value: unknown): string | undefined {
  const found = textOf(value);
  return found?.startsWith(system) ? found.slice(system.length) : undefined;
}

function member(value: unknown, name: string): Json | undefined {
  return objectOf(objectOf(value)?.[name]);
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
