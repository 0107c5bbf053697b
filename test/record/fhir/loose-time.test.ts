import { describe, expect, it } from 'vitest';
import { readLooseTime } from '../../../src/record/fhir/loose-time.ts';

const onset = (change: object) => readLooseTime({ resourceType: 'Condition', id: '1', ...change }, 'onset');
const years = (value: number): object => ({ value, unit: 'years' });

describe('when something began that has no date', () => {
  it('is not there where nothing is said, or what was said has no number', () => {
    expect(onset({})).toBeUndefined();
    expect(onset({ onsetAge: { unit: 'years' }, onsetRange: {} })).toBeUndefined();
    expect(onset({ abatementString: 'at school' })).toBeUndefined();
    expect(onset({ onsetDateTime: '2010' })).toBeUndefined();
  });

  it.each([
    [{ onsetString: 'in childhood' }, 'in childhood'],
    [{ onsetAge: years(7) }, 'aged 7 years'],
    [{ onsetAge: { value: 7, code: 'a' } }, 'aged 7 years'],
    [{ onsetAge: { value: 7, unit: 'a', code: 'a' } }, 'aged 7 years'],
    [{ onsetAge: { value: 7, code: 'mo' } }, 'aged 7 months'],
    [{ onsetAge: { value: 7, code: 'wk' } }, 'aged 7 weeks'],
    [{ onsetAge: { value: 7, code: 'd' } }, 'aged 7 days'],
    [{ onsetAge: { value: 7, code: 'h' } }, 'aged 7 hours'],
    [{ onsetAge: { value: 7, code: 'min' } }, 'aged 7 minutes'],
    [{ onsetAge: { value: 7, unit: 'yrs', code: 'a' } }, 'aged 7 yrs'],
    [{ onsetAge: { value: 7, unit: 'constructor' } }, 'aged 7 constructor'],
    [{ onsetAge: { value: 7, comparator: '<', code: 'a' } }, 'aged <7 years'],
    [{ onsetAge: { value: 7 } }, 'aged 7'],
    [{ onsetRange: { low: years(3), high: years(5) } }, 'aged 3 to 5 years'],
    [{ onsetRange: { low: { value: 3, code: 'a' }, high: { value: 5, code: 'a' } } }, 'aged 3 to 5 years'],
    [{ onsetRange: { low: years(3) } }, 'aged ≥ 3 years'],
    [{ onsetRange: { high: years(5) } }, 'aged ≤ 5 years'],
    [{ onsetRange: { low: years(3), text: 'in his teens' } }, 'in his teens'],
    [{ onsetString: 'at school', onsetAge: years(7) }, 'at school'],
  ])('is told in the source’s words, or as an age: %j', (change, words) => {
    expect(onset(change)).toBe(words);
  });

  it('is told of its end too', () => {
    expect(readLooseTime({ resourceType: 'Condition', id: '1', abatementAge: years(9) }, 'abatement')).toBe(
      'aged 9 years',
    );
  });
});
