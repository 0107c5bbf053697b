import { describe, expect, it } from 'vitest';
import { readRecordedBy, withRecordedBy } from '../../../src/record/fhir/recorded-by.ts';

const flag = { resourceType: 'Flag', id: '1' };

describe('who recorded what a source passes on', () => {
  it('is nobody where the source names none', () => {
    expect(withRecordedBy(flag, [])).toBe(flag);
    expect(readRecordedBy(flag)).toBeUndefined();
    expect(readRecordedBy({ ...flag, extension: [{ url: 'https://x.example', valueString: 'X' }] })).toBeUndefined();
  });

  it('travels beside what the resource says already', () => {
    const other = { url: 'https://x.example', valueString: 'X' };
    const passed = withRecordedBy({ ...flag, extension: [other] }, ['Northcliffe Surgery', 'Dr Ada Okoro']);
    expect(passed).toMatchObject({ ...flag, extension: [other, { valueString: 'Northcliffe Surgery, Dr Ada Okoro' }] });
    expect(readRecordedBy(passed)).toBe('Northcliffe Surgery, Dr Ada Okoro');
  });

  it('is said under one address, by which another release of Corridor knows it too', () => {
    expect(withRecordedBy(flag, ['X'])['extension']).toEqual([
      { url: 'https://corridor.invalid/StructureDefinition/recorded-by', valueString: 'X' },
    ]);
  });
});
