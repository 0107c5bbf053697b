import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../../src/record/fhir/write-json.ts';

/** What a source wrote, read and written again. */
const again = (text: string): string => writeFhirJson(parseFhirJson(text));

describe('a decimal that is written again', () => {
  it.each([
    '"valueQuantity":{"value":4.00,"unit":"mg"}',
    '"valueQuantity":{"value":1.5e-10,"unit":"mol/L"}',
    '"doseQuantity":{"value":0.50}',
    '"rateQuantity":{"value":1.0}',
    '"initialQuantity":{"value":28.0}',
    '"quantity":{"value":-0.10}',
    '"quantity":{"value":-12.50}',
    '"quantity":{"value":120}',
    '"quantity":{"value":0}',
    '"quantity":{"value":0.0000001}',
    '"quantity":{"value":-0}',
    '"quantity":[{"value":4.0},{"value":5.0}]',
    '"valueRange":{"low":{"value":1.0},"high":{"value":2e3}}',
    '"valueRatio":{"numerator":{"value":1.50},"denominator":{"value":1E-7}}',
    '"daysSupply":{"value":28.0}',
    '"maxDosePerAdministration":{"value":2.0}',
    '"maxDosePerLifetime":{"value":1.5e+3}',
    '"onsetAge":{"value":45.0}',
    '"abatementAge":{"value":46.0}',
    '"deceasedAge":{"value":80.0}',
    '"performedAge":{"value":12.0}',
    '"valueAge":{"value":45.0}',
    '"age":{"value":45.0}',
    '"valueDuration":{"value":1.0}',
    '"expectedSupplyDuration":{"value":28.0}',
    '"valueDecimal":1.50',
    '"repeat":{"frequency":1,"period":1.0,"periodMax":1.50,"duration":0.50,"durationMax":12345678901234567890}',
    '"position":{"longitude":-1.500,"latitude":53.950,"altitude":10.0}',
    '"valueInteger":5',
  ])('has every digit that its source wrote: %s', (text) => {
    expect(again(`{${text}}`)).toBe(`{${text}}`);
  });

  it('has them whatever they are', () => {
    const decimal = fc.stringMatching(/^-?(0|[1-9]\d{0,17})(\.\d{1,18})?([eE][+-]?\d{1,2})?$/);
    fc.assert(
      fc.property(decimal, (text) => {
        expect(again(`{"quantity":{"value":${text}}}`)).toBe(`{"quantity":{"value":${text}}}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('text that looks like a decimal', () => {
  it.each([
    '"identifier":[{"system":"https://x.example","value":"9990000018"}]',
    '"telecom":[{"value":"01632960115"},{"value":"4.00"}]',
    '"valueString":"4.00"',
    '"value":"4.00"',
    '"period":{"start":"2026"}',
    '"lowValue":{"value":"1.0"}',
    '"image":{"value":"1.0"}',
    '"ageless":{"value":"1.0"}',
    '"myposition":{"longitude":"1.0"}',
    '"repeated":{"period":"1.0"}',
    '"repeat":{"periodUnit":"1.0","count":"1.0"}',
    '"position":{"longitudes":"1.0"}',
    '"other":{"duration":"1.0"}',
    '"quantity":{"value":["1.0"]}',
  ])('stays text: %s', (text) => {
    expect(again(`{${text}}`)).toBe(`{${text}}`);
  });

  it.each(['<5', '1.', '.5', '01', '1,5', '5 mg', '', '-', '+1', '1e', 'NaN', ' 1.0'])(
    'and is none stays text in the place of one too: “%s”',
    (value) => {
      expect(writeFhirJson({ quantity: { value } })).toBe(`{"quantity":{"value":${JSON.stringify(value)}}}`);
    },
  );
});

describe('everything else', () => {
  it('is written as any JSON is: what is not there is left out, and is nothing in a list', () => {
    expect(writeFhirJson({ a: undefined, b: null, c: [undefined, null, true, 'ä"\n'], d: {}, e: [] })).toBe(
      '{"b":null,"c":[null,null,true,"ä\\"\\n"],"d":{},"e":[]}',
    );
    expect(writeFhirJson('x')).toBe('"x"');
    expect(writeFhirJson([])).toBe('[]');
  });

  it('reads back as what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(writeFhirJson(plain))).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});
