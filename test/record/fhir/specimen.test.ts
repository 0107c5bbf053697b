import { describe, expect, it } from 'vitest';
import { readSpecimen } from '../../../src/record/fhir/specimen.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const WITHIN: Resource = { resourceType: 'Observation', id: 'o' };
const read = (references: unknown, ...specimens: readonly object[]) => {
  const context: ReadContext = {
    source: 'lab' as SourceId,
    resolve: (reference) => {
      const found = specimens[Number(/^Specimen\/(\d)$/.exec(String(reference?.['reference']))?.[1])];
      return found && { resourceType: 'Specimen', ...found };
    },
  };
  return readSpecimen(references, context, WITHIN);
};
const spoilt = (specimen: object) => read({ reference: 'Specimen/0' }, specimen).unsuitable;

describe('a specimen', () => {
  it.each([
    ['is unsatisfactory', { status: 'unsatisfactory' }],
    ['was entered in error', { status: 'entered-in-error' }],
    ['was haemolysed', { condition: [{ coding: [{ code: 'HEM' }] }] }],
    ['clotted, by any of its conditions', { condition: [{ coding: [{ code: 'COOL' }, { code: 'CLOT' }] }] }],
    ['was haemolysed, in words', { condition: [{ text: 'Haemolysed' }] }],
    ['was contaminated, in a remark', { note: [{ text: 'Contaminated' }] }],
  ])('that %s says so of what was measured in it', (_what, specimen) => {
    expect(spoilt(specimen)).toBe(true);
  });

  it.each([
    ['nothing', {}],
    [
      'that it is there',
      { status: 'available', condition: [{ coding: [{ code: 'COOL' }, {}] }], note: [{ text: 'x' }] },
    ],
    ['that it was not haemolysed', { condition: [{ text: 'Not haemolysed' }] }],
  ])('that says %s spoils nothing', (_what, specimen) => {
    expect(spoilt(specimen)).toBe(false);
  });

  it('that is spoilt spoils what was measured in several', () => {
    const two = [{ reference: 'Specimen/0' }, { reference: 'Specimen/1' }];
    expect(read(two, { status: 'available' }, { status: 'unsatisfactory' }).unsuitable).toBe(true);
  });

  it('is what it is by its type, else by what the reference calls it, each of several once', () => {
    expect(read({ reference: 'Specimen/0', display: 'Tube 7' }, { type: { text: 'Serum' } }).fields).toStrictEqual({
      specimen: 'Serum',
    });
    expect(read({ display: 'Blood' })).toStrictEqual({ unsuitable: false, fields: { specimen: 'Blood' } });
    const three = [{ display: 'Serum' }, { reference: 'Specimen/0' }, { display: 'Urine' }];
    expect(read(three, { type: { text: 'Serum' } }).fields.specimen).toBe('Serum, Urine');
  });

  it('was taken when it says, the first that says so', () => {
    const at = (collectedDateTime: string) => ({ collection: { collectedDateTime } });
    expect(read({ reference: 'Specimen/0' }, at('2026-03-01T09:00:00Z')).fields).toStrictEqual({
      collected: '2026-03-01T09:00:00Z',
    });
    const several = [0, 1, 2, 3].map((at) => ({ reference: `Specimen/${at}` }));
    const found = read(several, {}, { collection: {} }, at('2026-03-02'), at('2026-03-01'));
    expect(found.fields.collected).toBe('2026-03-02');
    const spanned = { collection: { collectedPeriod: { start: '2026-03-03', end: '2026-03-04' } } };
    expect(read({ reference: 'Specimen/0' }, spanned).fields.collected).toBe('2026-03-03');
  });

  it('that is not to be had is not invented', () => {
    expect(read(undefined)).toStrictEqual({ unsuitable: false, fields: {} });
    expect(read({ reference: 'Specimen/9' })).toStrictEqual({ unsuitable: false, fields: {} });
  });

  it('within a result is told with it', () => {
    const potassium: Resource = {
      resourceType: 'Observation',
      id: 'k',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Potassium' },
      valueQuantity: { value: 7.1, unit: 'mmol/L' },
      specimen: { reference: '#s' },
      contained: [
        {
          resourceType: 'Specimen',
          id: 's',
          type: { text: 'Serum' },
          condition: [{ text: 'Haemolysed' }],
          collection: { collectedDateTime: '2026-03-01' },
        },
      ],
    };
    expect(entryFrom<InvestigationEntry>(potassium)).toMatchObject({
      specimen: 'Serum',
      collected: '2026-03-01',
      cautions: ['value-unsuitable'],
    });
  });
});

describe('a specimen that tells by words alone that it is spoilt', () => {
  it('is spoilt where its condition says so in words, as where it says so by its code', () => {
    expect(spoilt({ condition: [{ text: 'Haemolysed' }] })).toBe(true);
    expect(spoilt({ condition: [{ coding: [{ code: 'HEM' }] }] })).toBe(true);
    expect(spoilt({ condition: [{ coding: [{ code: 'LIVE' }] }] })).toBe(false);
  });

  it('is spoilt where its own name says so', () => {
    expect(spoilt({ type: { text: 'Haemolysed blood' } })).toBe(true);
    expect(read({ display: 'Clotted sample' }).unsuitable).toBe(true);
    expect(spoilt({ type: { text: 'Venous blood' } })).toBe(false);
  });
});
