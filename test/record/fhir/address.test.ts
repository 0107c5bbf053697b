import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../../src/record/fhir/address.ts';

describe('an address', () => {
  it('is none that says nothing', () => {
    expect(readAddresses(undefined)).toEqual([]);
    expect(readAddresses([{}, { use: 'home' }, { line: [], period: { start: '2020' } }])).toEqual([]);
  });

  it('is its lines and places once each, in their order, with the rest as recorded', () => {
    const address = {
      line: ['1 High Street', 'Selby'],
      city: 'Selby',
      district: 'North Yorkshire',
      state: 'England',
      postalCode: 'YO1 1AA',
      text: 'never needed',
      use: 'temp',
      period: { start: '2020' },
    };
    expect(readAddresses(address)).toEqual([
      {
        lines: ['1 High Street', 'Selby', 'North Yorkshire', 'England'],
        postcode: 'YO1 1AA',
        use: 'temp',
        period: { start: '2020' },
      },
    ]);
  });

  it('is the text of the source where it has no lines, or a postcode alone', () => {
    expect(readAddresses([{ text: 'The boat by the lock' }, { city: 'York' }, { postalCode: 'YO1 1AA' }])).toEqual([
      { lines: ['The boat by the lock'] },
      { lines: ['York'] },
      { lines: [], postcode: 'YO1 1AA' },
    ]);
  });

  it('that is old comes last and home first, and none is left out', () => {
    const orders = [
      ['old', 'work', 'home'],
      ['home', 'old', 'work'],
      ['work', 'home', 'old'],
    ];
    for (const uses of orders)
      expect(readAddresses(uses.map((use) => ({ text: use, use }))).map(({ use }) => use)).toEqual([
        'home',
        'work',
        'old',
      ]);
  });
});
