declare const nhsNumber: unique symbol;
/** Ten digits that pass modulus 11 and are not one digit repeated. Never logged, never in a URL. */
export type NhsNumber = string & { readonly [nhsNumber]: true };

/** The identifier system of the NHS number in FHIR (UK Core Patient). */
export const NHS_NUMBER_SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Spaces and hyphens are how people write the number; nothing else is forgiven.
 * One repeated digit (0000000000, 1111111111) passes modulus 11 and is refused all the same.
 */
export function parseNhsNumber(text: unknown): NhsNumber | undefined {
  if (typeof text !== 'string') return undefined;
  const digits = text.replace(/[ -]/g, '');
  if (!/^[0-9]{10}$/.test(digits) || /(.)\1{9}/.test(digits)) return undefined;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]) ? (digits as NhsNumber) : undefined;
}

/** 3-3-4, as the NHS Common User Interface shows it. */
export function formatNhsNumber(number: NhsNumber): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
}
