import { readDate } from '../../src/record/fhir/date.ts';
import { readDeceased } from '../../src/record/fhir/death.ts';
import { nameText } from '../../src/record/fhir/text.ts';
import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { ErrorCode } from '../errors.ts';
import { readNhsNumbers } from './nhs-numbers.ts';

export type HomePatient =
  | { readonly patient: Patient }
  /** `unnumbered`: everything but an NHS number is there, so that it may be traced. */
  | { readonly refused: ErrorCode; readonly unnumbered?: Unnumbered };

/** Who the home EPR has open, when it does not know the number. */
export type Unnumbered = Omit<Patient, 'nhsNumber'>;

/**
 * The EPR's Patient as ours, or why other organisations can't be asked about them (smart.md §5 rows 53–56). Every
 * text is cleaned: an override in a name would turn round the banner that says whose record this is (safety H20). Pure.
 */
export function readHomePatient(resource: Resource, nowMs: number): HomePatient {
  if (resource.resourceType !== 'Patient' || resource['active'] === false) return { refused: 'patient.unreadable' };
  const number = readNumber(resource, nowMs);
  if ('refused' in number && number.refused !== 'patient.no_nhs_number') return number;
  const birthDate = readDate(resource['birthDate']);
  const name = readName(resource['name']);
  // A whole date: a year alone can't tell two people of one number's history apart.
  if (!name || birthDate?.length !== 10)
    return { refused: 'refused' in number ? number.refused : 'patient.demographics_missing' };
  const restricted = isRestricted(resource);
  const formerFamilies = readFormerFamilies(resource['name'], name.family);
  const gender = nameText(resource['gender']);
  const postcode = restricted ? undefined : readPostcode(resource['address']);
  const deceased = readDeceased(resource);
  const unnumbered: Unnumbered = {
    ...name,
    ...(formerFamilies.length > 0 && { formerFamilies }),
    birthDate,
    ...(gender !== undefined && { gender }),
    ...(postcode !== undefined && { postcode }),
    ...(deceased !== undefined && deceased !== false && { deceased }),
    ...(restricted && { restricted: true as const }),
  };
  if ('refused' in number) return { ...number, unnumbered };
  return { patient: { ...number, ...unnumbered } };
}

/** Every source is asked once for each number. */
const MOST_FORMER = 2;

function readNumber(
  resource: Resource,
  nowMs: number,
): Pick<Patient, 'nhsNumber' | 'formerNumbers'> | { readonly refused: ErrorCode } {
  const found = readNhsNumbers(resource, nowMs);
  const [first, ...others] = found.valid;
  if (others.length > 0 || (first !== undefined && found.invalid > 0)) return { refused: 'patient.ambiguous' };
  if (first !== undefined) {
    const formerNumbers = found.former.slice(0, MOST_FORMER);
    return { nhsNumber: first, ...(formerNumbers.length > 0 && { formerNumbers }) };
  }
  return { refused: found.invalid > 0 ? 'patient.nhs_invalid' : 'patient.no_nhs_number' };
}

/** The official name, else the usual one, else the first that is not old or a nickname. */
function readName(
  value: unknown,
): { readonly family: string; readonly given: string; readonly prefix?: string } | undefined {
  const names = asObjects(value).filter((name) => nameText(name['family']) !== undefined);
  const pick = (use: string): Json | undefined => names.find((name) => name['use'] === use);
  const name =
    pick('official') ??
    pick('usual') ??
    names.find((item) => !['old', 'maiden', 'nickname', 'anonymous', 'temp'].includes(String(item['use'])));
  const family = nameText(name?.['family']);
  const given = nameText(name?.['given']);
  const prefix = nameText(name?.['prefix']);
  return family !== undefined && given !== undefined
    ? { family, given, ...(prefix !== undefined && { prefix }) }
    : undefined;
}

/** A name given up by marriage, divorce or deed still stands in other organisations' records for years. */
function readFormerFamilies(value: unknown, current: string): readonly string[] {
  const former = asObjects(value).filter((name) => name['use'] === 'old' || name['use'] === 'maiden');
  const families = former.map((name) => nameText(name['family'])).filter((family) => family !== undefined);
  return [...new Set(families)].filter((family) => family !== current);
}

function readPostcode(value: unknown): string | undefined {
  const addresses = asObjects(value).filter((address) => address['use'] !== 'old');
  return nameText((addresses.find((address) => address['use'] === 'home') ?? addresses[0])?.['postalCode']);
}

/** PDS marks those whose whereabouts must not be shown with confidentiality R, V or REDACTED (safety H24). */
export function isRestricted(resource: Resource): boolean {
  return asObjects(asObject(resource['meta'])?.['security']).some((label) =>
    ['R', 'V', 'REDACTED'].includes(asString(label['code']) ?? ''),
  );
}
