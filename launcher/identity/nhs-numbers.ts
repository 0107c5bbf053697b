import { isBefore, readPeriod } from '../../src/record/fhir/date.ts';
import { NHS_NUMBER_SYSTEM, parseNhsNumber, type NhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';

/** A Patient's NHS numbers: those in use, each once; how many can't be one; and those that were. */
export type FoundNumbers = {
  readonly valid: readonly NhsNumber[];
  readonly invalid: number;
  readonly former: readonly NhsNumber[];
};

/** Old, ended and unverified identifiers are not numbers in use; an old one still leads to what is held under it. */
export function readNhsNumbers(patient: Resource, nowMs: number): FoundNumbers {
  const identifiers = asObjects(patient['identifier']).filter(
    (identifier) => identifier['system'] === NHS_NUMBER_SYSTEM && asString(identifier['value']) !== undefined,
  );
  const isFormer = (identifier: Json): boolean => identifier['use'] === 'old' || hasEnded(identifier, nowMs);
  const parsed = identifiers
    .filter((identifier) => !isFormer(identifier) && isVerified(identifier))
    .map((identifier) => parseNhsNumber(identifier['value']));
  const former = identifiers.filter(isFormer).map((identifier) => parseNhsNumber(identifier['value']));
  const valid = distinct(parsed);
  return {
    valid,
    invalid: parsed.filter((number) => number === undefined).length,
    former: distinct(former).filter((number) => !valid.includes(number)),
  };
}

function distinct(numbers: readonly (NhsNumber | undefined)[]): readonly NhsNumber[] {
  return [...new Set(numbers.filter((number) => number !== undefined))];
}

function hasEnded(identifier: Json, nowMs: number): boolean {
  const end = readPeriod(identifier['period'])?.end;
  return end !== undefined && isBefore(end, nowMs);
}

/** UK Core: a number may say how well it is known. One that says nothing is taken as the EPR's own word. */
function isVerified(identifier: Json): boolean {
  const status = asObjects(identifier['extension']).find((extension) =>
    /\/Extension-UKCore-NHSNumberVerificationStatus$/.test(asString(extension['url']) ?? ''),
  );
  if (!status) return true;
  const codes = asObjects(status['valueCodeableConcept'])
    .flatMap((concept) => asObjects(concept['coding']))
    .map((coding) => asString(coding['code']));
  return codes.some((code) => code === '01' || code === 'number-present-and-verified');
}
