import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../launcher/access/case.ts';
import { classOf, labelsOf } from '../../../launcher/access/labels.ts';

const INLINE = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';
const note = (code: string) => ({
  text: 'x',
  extension: [
    { url: INLINE, valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code } },
  ],
});
const marked = (more: object, security: readonly object[] = [{ code: 'PROCESSINLINELABEL' }]) => ({
  resourceType: 'Condition',
  meta: { security },
  ...more,
});

describe('labels of single elements', () => {
  it('hold the whole back from whoever may not see the element', () => {
    expect(classOf(labelsOf(marked({ note: [note('N'), note('V')] }))).level).toBe(5);
    expect(classOf(labelsOf(marked({ contained: [marked({ note: note('R') })] }, []))).level).toBe(4);
  });

  it('say nothing where the resource does not say that it has any', () => {
    expect(classOf(labelsOf(marked({ note: [note('V')] }, []))).level).toBe(3);
  });
});

describe('labels of what is taken together', () => {
  it('are never below those of any part of it, in level or in sensitivity (I7)', () => {
    const labels = fc.array(fc.constantFrom('U', 'L', 'M', 'N', 'R', 'V', 'HIV', 'PSY', 'SDV').map(labelOf), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 5 }), (members) => {
        const whole = classOf(members.flat());
        for (const member of members.map(classOf)) {
          expect(whole.level).toBeGreaterThanOrEqual(member.level);
          expect(whole.sensitivities).toEqual(expect.arrayContaining([...member.sensitivities]));
        }
      }),
    );
  });
});
