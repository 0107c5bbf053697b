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
  /** The national service was asked and did not answer: number and whereabouts stand by the home EPR's word alone. */
  readonly numberUnchecked?: true;
  /** Numbers the home EPR records as old: an organisation may still hold one of them. For finding, never shown. */
  readonly formerNumbers?: readonly NhsNumber[];
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

/** What of a person goes to a page: what is for finding and matching alone stays behind. */
export type ShownPatient = Omit<Patient, 'formerNumbers' | 'formerFamilies'>;

export function forScreen<T extends object>({
  formerNumbers: _numbers,
  formerFamilies: _families,
  ...shown
}: T & { readonly formerNumbers?: unknown; readonly formerFamilies?: unknown }): Omit<
  T,
  'formerNumbers' | 'formerFamilies'
> {
  return shown;
}

/** Every NHS number this person is held under, as far as the launch knows, each once: the current one first. */
export function numbersOf(
  patient: Pick<Patient, 'nhsNumber' | 'supersedes' | 'formerNumbers'>,
): readonly [NhsNumber, ...NhsNumber[]] {
  const { nhsNumber, supersedes, formerNumbers = [] } = patient;
  const others = [...(supersedes === undefined ? [] : [supersedes]), ...formerNumbers];
  return [nhsNumber, ...new Set(others.filter((number) => number !== nhsNumber))];
}
