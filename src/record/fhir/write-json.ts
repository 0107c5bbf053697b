import { asObject } from '../resource.ts';

/** Elements of type Quantity, whose `value` is a decimal; everywhere else `value` is text (an identifier, a telephone). */
const QUANTITIES =
  /^(value|dose|rate)?(quantity|low|high|numerator|denominator)$|^(daysSupply|maxDosePer(administration|lifetime)|valueQuantity|doseQuantity|rateQuantity)$/i;
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** FHIR JSON with every decimal exactly as it was recorded: 4.00 stays 4.00 (the other half of `json.ts`; safety H14). */
export function writeFhirJson(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, name: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item ?? null, name)).join(',')}]`;
  const object = asObject(value);
  if (!object) return JSON.stringify(value);
  const parts = Object.entries(object)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => {
      const exact = key === 'value' && QUANTITIES.test(name) && typeof child === 'string' && DECIMAL.test(child);
      return `${JSON.stringify(key)}:${exact ? child : write(child, key)}`;
    });
  return `{${parts.join(',')}}`;
}
