import { describe, expect, it } from 'vitest';
import { extensionPart, extensionsNamed, readAbsenceExtension } from '../../../src/record/fhir/extension.ts';

const BASE = 'https://a.example/StructureDefinition';
const of = (...urls: readonly unknown[]) => ({ extension: urls.map((url, at) => ({ url, at })) });

describe('an extension', () => {
  it('is none of another name, of a name that only ends alike, or of no name', () => {
    const other = of(`${BASE}/UKCore-Rank`, `${BASE}/rank-of-death`, `${BASE}/Rank/1`, 'xRank', '', undefined, 5);
    expect(extensionsNamed(other, 'Rank')).toEqual([]);
    expect(extensionsNamed({}, 'Rank')).toEqual([]);
    expect(extensionsNamed(undefined, 'Rank')).toEqual([]);
    expect(extensionsNamed(of(`${BASE}/Rank`))).toEqual([]);
  });

  it('is found by its name alone, at the end of any address, and behind the word of old profiles', () => {
    const all = of('Rank', `${BASE}/Rank`, `${BASE}/Extension-Rank`, '/Rank');
    expect(extensionsNamed(all, 'Rank').map(({ at }) => at)).toEqual([0, 1, 2, 3]);
  });

  it('is found by any of its names, in the order in which they stand', () => {
    const all = of(`${BASE}/B`, `${BASE}/C`, `${BASE}/A`);
    expect(extensionsNamed(all, 'A', 'B').map(({ at }) => at)).toEqual([0, 2]);
  });

  it('has its parts by their own names', () => {
    const extension = {
      extension: [
        { url: 'a', valueString: '1' },
        { url: 'b', valueString: '2' },
      ],
    };
    expect(extensionPart(extension, 'b')).toEqual({ url: 'b', valueString: '2' });
    expect(extensionPart(extension, 'c')).toBeUndefined();
    expect(extensionPart(undefined, 'a')).toBeUndefined();
  });
});

describe('why a value is not there', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

  it('is what stands in its place says', () => {
    expect(readAbsenceExtension({ extension: [{ url, valueCode: 'masked' }] })).toBe('masked');
  });

  it('is not said by anything else', () => {
    expect(readAbsenceExtension(undefined)).toBeUndefined();
    expect(readAbsenceExtension({ extension: [{ url: `${BASE}/other`, valueCode: 'masked' }] })).toBeUndefined();
    expect(readAbsenceExtension({ extension: [{ url, valueString: 'masked' }] })).toBeUndefined();
  });
});
