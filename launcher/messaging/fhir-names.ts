/** What is named in messages as FHIR, both ways. */
export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
export const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';
/** A team of the address book: `ods/team-id`. */
export const ADDRESS = 'urn:corridor:address';
export const MESSAGE_ID = 'urn:ietf:rfc:3986';
/** Of this launcher's own words for how a conversation stands. */
export const STATE = 'urn:corridor:thread-state';

/** UK Core has a profile of these; of CommunicationRequest it has none. */
export const UK_CORE = {
  Communication: 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-Communication',
  Task: 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-Task',
} as const;

/** What a conversation is as FHIR: its messages, the conversation, and what is to be done. */
export const FHIR_TYPES = ['Communication', 'CommunicationRequest', 'Task'] as const;
export type FhirType = (typeof FHIR_TYPES)[number];
