import { asObject } from '../resource.ts';

/** Of type Quantity, Age or Duration, whose `value` is a decimal; everywhere else it is text (an identifier, a telephone). */
const QUANTITIES =
  /^(?:\w*quantity|\w*duration|(?:onset|abatement|deceased|performed|value)?age|low|high|numerator|denominator|daysSupply|maxDosePer(?:administration|lifetime))$/i;
/** Decimals by themselves: how often and how long a dose is, where a place is. */
const DECIMALS = /^(?:repeat\.(?:duration|period)(?:Max)?|position\.(?:longitude|latitude|altitude))$/;
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
      const exact = typeof child === 'string' && isDecimal(name, key) && DECIMAL.test(child);
      return `${JSON.stringify(key)}:${exact ? child : write(child, key)}`;
    });
  return `{${parts.join(',')}}`;
}

function isDecimal(within: string, key: string): boolean {
  return key === 'value' ? QUANTITIES.test(within) : key === 'valueDecimal' || DECIMALS.test(`${within}.${key}`);
}
