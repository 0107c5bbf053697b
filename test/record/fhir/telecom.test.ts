import { describe, expect, it } from 'vitest';
import { readTelecom } from '../../../src/record/fhir/telecom.ts';

describe('a way to reach somebody', () => {
  it('is none that is old, over or without a value', () => {
    expect(
      readTelecom([{ value: '1', use: 'old' }, { value: '2', period: { end: '2020' } }, { system: 'phone' }]),
    ).toEqual([]);
    expect(readTelecom(undefined)).toEqual([]);
  });

  it('is kept as recorded while its period has no end', () => {
    const home = { value: '01904 000000', system: 'phone', use: 'home' };
    expect(readTelecom([{ ...home, period: { start: '2020' } }, { value: 'x' }])).toEqual([home, { value: 'x' }]);
  });

  it('that is preferred comes first, and a rank that is none comes last', () => {
    const ranked = (...ranks: readonly unknown[]) =>
      readTelecom(ranks.map((rank, at) => ({ value: String(at), rank }))).map(({ value }) => value);
    expect(ranked(3, 1, 2)).toEqual(['1', '2', '0']);
    expect(ranked(1, 3, 2)).toEqual(['0', '2', '1']);
    expect(ranked(0, 1)).toEqual(['1', '0']);
    expect(ranked(-1, 1)).toEqual(['1', '0']);
    expect(ranked('1', 2)).toEqual(['1', '0']);
    expect(ranked(undefined, 2)).toEqual(['1', '0']);
  });
});
