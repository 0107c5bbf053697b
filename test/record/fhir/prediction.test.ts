import { describe, expect, it } from 'vitest';
import { predictionWords } from '../../../src/record/fhir/prediction.ts';
import type { Json } from '../../../src/record/resource.ts';

const years = (value: number): object => ({ value, unit: 'years' });
const fall = { outcome: { text: 'Fall' } };

describe('what a risk assessment foretells', () => {
  it.each<[Json]>([
    [{}],
    [{ probabilityRange: { low: {} } }],
    [{ whenRange: { high: years(60) } }],
    [{ rationale: ' ' }],
  ])('is nothing where neither an outcome nor a likelihood nor a reason is said: %j', (prediction) => {
    expect(predictionWords(prediction)).toEqual([]);
  });

  it.each<[Json, string]>([
    [fall, 'Fall'],
    [{ qualitativeRisk: { text: 'high' } }, 'high'],
    [{ probabilityDecimal: 12 }, '12%'],
    [{ ...fall, qualitativeRisk: { text: 'high' } }, 'Fall: high'],
    [{ ...fall, probabilityDecimal: '12.0' }, 'Fall: 12.0%'],
    [{ ...fall, probabilityRange: { low: { value: 2 }, high: { value: '5.50' } } }, 'Fall: 2–5.50%'],
    [{ ...fall, relativeRisk: 3 }, 'Fall: × 3'],
    [{ ...fall, qualitativeRisk: { text: 'high' }, probabilityDecimal: 12 }, 'Fall: high, 12%'],
    [{ rationale: 'Fell twice' }, 'Fell twice'],
    [{ ...fall, rationale: 'Fell twice' }, 'Fall – Fell twice'],
    [{ ...fall, whenRange: { high: years(60) }, rationale: 'Fell twice' }, 'Fall (≤ 60 years) – Fell twice'],
    [{ ...fall, probabilityDecimal: 2, whenRange: { low: years(50), high: years(60) } }, 'Fall: 2% (50 to 60 years)'],
  ])('is told as recorded: %j', (prediction, words) => {
    expect(predictionWords(prediction)).toEqual([words]);
  });

  it('is never told as exact where only a limit is known', () => {
    expect(predictionWords({ ...fall, probabilityRange: { low: { value: 2 } } })).toEqual(['Fall: ≥ 2%']);
    expect(predictionWords({ ...fall, probabilityRange: { high: { value: 5 } } })).toEqual(['Fall: ≤ 5%']);
  });
});
