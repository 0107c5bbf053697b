/**
 * Parses FHIR JSON without losing what a decimal says. A number that JavaScript would write differently
 * (`4.00`, `1e3`, more than 15 digits) comes back as its own text; all others stay numbers, which keeps parsing fast.
 */
export function parseFhirJson(text: string): unknown {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return MAY_LOSE_DIGITS.test(body)
    ? (JSON.parse(body, keepDigits as Reviver) as unknown)
    : (JSON.parse(body) as unknown);
}

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

/**
 * What a number would lose: a zero at its end, an exponent, a minus before zero, more than 15 digits, many leading zeros.
 * A number outside quotes cannot be told from one inside by a scan; a false alarm only costs time.
 */
const MAY_LOSE_DIGITS = /[:[,]\s*-?(?:\d+\.\d*0(?!\d)|\d+(?:\.\d+)?[eE]|[\d.]{16}|0\.0{5}|0(?!\d|\.)(?<=-0))/;

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? context.source
    : value;
}
