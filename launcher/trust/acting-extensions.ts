import type { LaunchContext } from '../smart/launch-context.ts';

const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/** Purposes of the community file as HL7 v3 ActReason codes. */
const REASONS: { readonly [purpose: string]: { readonly code: string; readonly display: string } } = {
  'direct-care': { code: 'TREAT', display: 'treatment' },
};

/**
 * Who acts, as the source will audit it: UDAP Security `hl7-b2b` and IHE IUA `ihe_iua` (smart.md 3.1, 3.2 P1).
 * Everything comes from the launch; nothing from the browser.
 */
export function actingExtensions(
  context: LaunchContext,
  purpose: string,
  names: { readonly roleName: string; readonly organisationName: string },
): { readonly [extension: string]: object } {
  const reason = REASONS[purpose];
  if (!reason) throw new Error(`no reason code for the purpose ${purpose}`);
  const { user, home, role, patient } = context;
  const subjectId = user.sdsUserId === undefined ? user.key : `${SDS_USER}#${user.sdsUserId}`;
  const organisationId = `${ODS}#${home.ods}`;
  return {
    'hl7-b2b': {
      version: '1',
      subject_name: user.name,
      subject_id: subjectId,
      subject_role: role,
      organization_id: organisationId,
      organization_name: names.organisationName,
      purpose_of_use: [`${ACT_REASON}#${reason.code}`],
    },
    ihe_iua: {
      subject_name: user.name,
      subject_organization: names.organisationName,
      subject_organization_id: organisationId,
      subject_role: [{ code: role, display: names.roleName }],
      purpose_of_use: [{ system: ACT_REASON, code: reason.code, display: reason.display }],
      person_id: `${NHS_NUMBER}#${patient.nhsNumber}`,
    },
  };
}
