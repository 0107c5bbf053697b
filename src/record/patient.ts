import type { RecordedDate } from './fhir/date.ts';
import type { NhsNumber } from './nhs-number.ts';

/**
 * Who the record is about, as the home EPR's Patient said at launch. It feeds the banner and every check of
 * "is this the same person"; other organisations' demographics are entries in the demographics section.
 */
export type Patient = {
  readonly nhsNumber: NhsNumber;
  /** The number the home EPR still holds, where the national service has replaced it by this one. */
  readonly supersedes?: NhsNumber;
  readonly family: string;
  readonly given: string;
  /** Family names the home EPR records as former: an organisation may still hold one of them. For matching, never shown. */
  readonly formerFamilies?: readonly string[];
  readonly prefix?: string;
  readonly birthDate: RecordedDate;
  /** administrative gender as recorded: male, female, other, unknown. */
  readonly gender?: string;
  readonly postcode?: string;
  /** Deceased: the date when given, else true. */
  readonly deceased?: RecordedDate | true;
  /** Access to this person's whereabouts is restricted (PDS label R): no address, telecom or place is ever shown. */
  readonly restricted?: true;
};

/** Every NHS number this person is held under, as far as the launch knows: the current one first. */
export function numbersOf(patient: Pick<Patient, 'nhsNumber' | 'supersedes'>): readonly NhsNumber[] {
  return patient.supersedes === undefined ? [patient.nhsNumber] : [patient.nhsNumber, patient.supersedes];
}
