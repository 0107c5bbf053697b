import { describe, expect, it } from 'vitest';
import { fhirR4 } from '../../../plugins/fhir-r4/plugin.ts';

const BASE = 'https://fhir.example.nhs.uk/r4';
const read = (chart: unknown) => fhirR4.source?.readSettings({ base: BASE, chart });
const address = (chart: string, item = { patientId: 'p-1', type: 'Condition', id: 'c.7' }) =>
  fhirR4.openChart?.address(item, { base: BASE, chart });

describe('the address of an item in its own EPR', () => {
  it.each([
    ['no address', 'open/{id}'],
    ['a script', 'javascript:alert("{id}")'],
    ['plain http elsewhere', 'http://epr.example.nhs.uk/{id}'],
    ['a host that an id decides', 'https://{id}.example.nhs.uk/'],
    ['a user', 'https://user@epr.example.nhs.uk/{id}'],
    ['no place for the id', 'https://epr.example.nhs.uk/{patient}'],
    ['a place there is not', 'https://epr.example.nhs.uk/{id}/{nhsNumber}'],
    ['a number', 7],
  ])('is refused with %s in the community file', (_what, chart) => {
    expect(read(chart)).toMatchObject({ problems: [{ field: 'chart' }] });
  });

  it.each(['../admin', 'a/b', '..', 'a?b', 'x'.repeat(65), ''])('is none for the id %j', (id) => {
    expect(
      address('https://epr.example.nhs.uk/{type}/{id}', { patientId: 'p', type: 'Condition', id }),
    ).toBeUndefined();
  });

  it('is none where the source has none', () => {
    expect(fhirR4.openChart?.address({ patientId: 'p', type: 'Condition', id: 'c' }, { base: BASE })).toBeUndefined();
  });

  it('holds the source’s own ids and nothing else', () => {
    const chart = 'https://epr.example.nhs.uk/chart/{patient}?item={type}/{id}';
    expect(read(chart)).toMatchObject({ base: BASE, chart });
    expect(address(chart)).toBe('https://epr.example.nhs.uk/chart/p-1?item=Condition/c.7');
  });
});
