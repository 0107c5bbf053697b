import { asObject, type Resource } from '../resource.ts';
import { formatLimits, formatQuantity, readQuantity, readRange } from './quantity.ts';
import { plainText } from './text.ts';

/** An onset or an end that is no date, in the source's words or as an age: "in childhood", "aged 7 years". */
export function readLooseTime(resource: Resource, stem: 'onset' | 'abatement'): string | undefined {
  const quantity = readQuantity(resource[`${stem}Age`]);
  const aged = quantity && `aged ${formatQuantity(quantity)}`;
  const { low, high, text } = readRange(asObject(resource[`${stem}Range`])) ?? {};
  const between = low || high ? `aged ${formatLimits(low, high)}` : undefined;
  return plainText(resource[`${stem}String`]) ?? aged ?? text ?? between;
}
