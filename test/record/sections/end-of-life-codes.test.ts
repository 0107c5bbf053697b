import { describe, expect, it } from 'vitest';
import { silenceOf } from '../../../src/record/silence.ts';
import { consent, flag, readDecision as read, resource, SCT } from '../../support/end-of-life.ts';

const coded = (code: string, text: string, system = SCT) => ({ coding: [{ system, code }], text });

describe('what is about the end of life', () => {
  it('by its code alone decides nothing where the answer does not, and says that it is unclear', () => {
    for (const code of [coded('304251008', 'Status'), coded('100822-6', 'Orders', 'http://loinc.org')]) {
      const asked = resource('Observation', { status: 'final', code, valueString: 'To be talked over' });
      expect(read(asked)).toMatchObject({ section: 'end-of-life-care', cautions: ['source-unclear'] });
      expect(read(asked)).not.toHaveProperty('decision');
    }
  });

  it.each([
    ['450476008', 'do-not-attempt-resuscitation'],
    ['304253006', 'do-not-attempt-resuscitation'],
    ['143021000119109', 'do-not-attempt-resuscitation'],
    ['450475007', 'attempt-resuscitation'],
    ['304252001', 'attempt-resuscitation'],
  ])('is the decision that its code says, whatever it is called: %s', (code, decision) => {
    expect(read(flag({ code: coded(code, 'See notes') })).decision).toBe(decision);
  });

  it.each(['acd', 'dnr', 'hcd', 'polst'])('is a consent by the kind %s, in the words of its source', (code) => {
    const system = 'http://terminology.hl7.org/CodeSystem/consentcategorycodes';
    const kept = consent({ scope: undefined, category: [coded(code, 'My form', system)] });
    expect(read(kept)).toMatchObject({ section: 'end-of-life-care', title: 'My form' });
  });

  it.each(['acd', 'dnr', 'hcd', 'polst'])('is never passed over as a consent to sharing: the kind %s', (code) => {
    const scope = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    };
    const system = 'http://terminology.hl7.org/CodeSystem/consentcategorycodes';
    const filed = consent({ scope, category: [coded(code, 'My form', system)] });
    expect(silenceOf(filed)).toBeUndefined();
    expect(read(filed)).toMatchObject({ section: 'end-of-life-care', title: 'My form' });
  });
});
