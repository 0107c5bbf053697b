import { isBefore, readPeriod } from '../../src/record/fhir/date.ts';
import { NHS_NUMBER_SYSTEM, parseNhsNumber, type NhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';

/** A Patient's NHS numbers that are in use: each once, and how many can't be one. */
export type FoundNumbers = { readonly valid: readonly NhsNumber[]; readonly invalid: number };

/** Old, ended and unverified identifiers are not numbers in use. */
export function readNhsNumbers(patient: Resource, nowMs: number): FoundNumbers {
  const inUse = asObjects(patient['identifier']).filter(
    (identifier) =>
      identifier['system'] === NHS_NUMBER_SYSTEM &&
      identifier['use'] !== 'old' &&
      !hasEnded(identifier, nowMs) &&
      isVerified(identifier),
  );
  const parsed = inUse
    .filter((identifier) => asString(identifier['value']) !== undefined)
    .map((identifier) => parseNhsNumber(identifier['value']));
  return {
    valid: [...new Set(parsed.filter((number) => number !== undefined))],
    invalid: parsed.filter((number) => number === undefined).length,
  };
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
