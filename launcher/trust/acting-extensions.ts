import type { ActingContext } from './acting-context.ts';

const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

const DISPLAYS: { readonly [code in ActingContext['purpose']]: string } = {
  TREAT: 'treatment',
  ETREAT: 'Emergency Treatment',
  BTG: 'break the glass',
  PATRQT: 'patient requested',
};

/**
 * Who acts, as the source will audit it: UDAP Security `hl7-b2b` and IHE IUA `ihe_iua` (smart.md 3.1, 3.2 P1).
 * Everything comes from the launch; nothing from the browser.
 */
export function actingExtensions(acting: ActingContext): { readonly [extension: string]: object } {
  const { user, organisation, role, patient, purpose } = acting;
  const organisationId = `${ODS}#${organisation.ods}`;
  return {
    'hl7-b2b': {
      version: '1',
      subject_name: user.name,
      subject_id: user.sdsUserId === undefined ? user.key : `${SDS_USER}#${user.sdsUserId}`,
      subject_role: role.code,
      organization_id: organisationId,
      organization_name: organisation.name,
      purpose_of_use: [`${ACT_REASON}#${purpose}`],
      ...(acting.consentRefs && acting.consentRefs.length > 0 && { consent_reference: acting.consentRefs }),
    },
    ihe_iua: {
      subject_name: user.name,
      subject_organization: organisation.name,
      subject_organization_id: organisationId,
      subject_role: [{ code: role.code, display: role.name }],
      purpose_of_use: [{ system: ACT_REASON, code: purpose, display: DISPLAYS[purpose] }],
      person_id: `${NHS_NUMBER}#${patient.nhsNumber}`,
    },
  };
}
