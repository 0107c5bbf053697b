import { asObject, type Json } from '../resource.ts';
import { readCoded } from './coding.ts';
import { formatLimits, readDecimal, readQuantity } from './quantity.ts';
import { plainText } from './text.ts';

/**
 * What a RiskAssessment foretells, in one line: outcome, how likely in every way the source says it, at what age, and why
 * ("Fall: high, ≥ 20% – Fell twice"). Nothing is calculated from it, and a limit is never told as the chance itself.
 */
export function predictionWords(prediction: Json): readonly string[] {
  const likelihood = [
    readCoded(prediction['qualitativeRisk'])?.text,
    percent(readDecimal(prediction['probabilityDecimal'])),
    percent(between(asObject(prediction['probabilityRange']))),
    times(readDecimal(prediction['relativeRisk'])),
  ].filter((part) => part !== undefined);
  const ages = asObject(prediction['whenRange']);
  const age = formatLimits(readQuantity(ages?.['low']), readQuantity(ages?.['high']));
  const words = [readCoded(prediction['outcome'])?.text, likelihood.join(', ')].filter(Boolean).join(': ');
  const said = [words, age && `(${age})`].filter(Boolean).join(' ');
  const line = [words && said, plainText(prediction['rationale'])].filter(Boolean).join(' – ');
  return line === '' ? [] : [line];
}

function percent(number: string | undefined): string | undefined {
  return number && `${number}%`;
}

function times(number: string | undefined): string | undefined {
  return number && `× ${number}`;
}

function between(range: Json | undefined): string | undefined {
  const [low, high] = ['low', 'high'].map((end) => readDecimal(asObject(range?.[end])?.['value']));
  if (low !== undefined && high !== undefined) return `${low}–${high}`;
  return low !== undefined ? `≥ ${low}` : high && `≤ ${high}`;
}
