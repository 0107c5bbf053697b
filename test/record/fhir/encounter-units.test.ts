import { describe, expect, it } from 'vitest';
import { encounterKeys, unitsOfEncounters } from '../../../src/record/fhir/encounter-units.ts';
import type { Resource } from '../../../src/record/resource.ts';

const item = (change: object): Resource => ({ resourceType: 'Condition', id: 'c', ...change });
const encounter = (id: string, unit: string, change: object = {}): Resource => ({
  resourceType: 'Encounter',
  id,
  serviceProvider: { display: unit },
  ...change,
});
const at = (reference: string) => ({ encounter: { reference } });
const of = (resource: Resource, ...held: readonly Resource[]) =>
  unitsOfEncounters(resource, (key) => held.find(({ id }) => `Encounter/${String(id)}` === key));

describe('the units that an item was made in', () => {
  it('are not all known where an encounter is not to be had', () => {
    expect(of(item(at('Encounter/no')))).toEqual({ units: [], unplaced: true });
    const two = { encounter: [{ reference: 'Encounter/1' }, { reference: 'Encounter/no' }] };
    expect(of(item(two), encounter('1', 'Ward 7'))).toEqual({ units: ['ward 7'], unplaced: true });
    expect(of(item(two), encounter('no', 'Ward 8'))).toEqual({ units: ['ward 8'], unplaced: true });
    const stay = encounter('1', 'Ward 7', { partOf: { reference: 'Encounter/no' } });
    expect(of(item(at('Encounter/1')), stay)).toEqual({ units: ['ward 7'], unplaced: true });
  });

  it.each([
    ['a number of it alone', { encounter: { identifier: { value: '7' } } }],
    ['an address that this source cannot look up', at('urn:uuid:7')],
    ['something contained that is not there', at('#7')],
    ['something contained that is no encounter', { ...at('#7'), contained: [{ resourceType: 'Location', id: '7' }] }],
    ['the end of a name that something contained has', { ...at('x7'), contained: [encounter('7', 'Ward 7')] }],
    ['another kind of thing', at('Appointment/7')],
    ['an encounter of no name', at('Encounter/')],
  ])('are not known where what tells of it is %s', (_what, change) => {
    expect(of(item(change))).toEqual({ units: [], unplaced: true });
  });

  it.each([
    ['nothing', {}],
    ['words alone', { encounter: { display: 'Clinic' } }],
    ['an episode of care', { context: { reference: 'EpisodeOfCare/1' } }],
    ['an episode of care at its address', { context: { reference: 'https://x.example/fhir/EpisodeOfCare/1' } }],
    ['an episode of care by its number', { context: { identifier: { value: '1' }, type: 'EpisodeOfCare' } }],
    ['the context of a document', { context: { practiceSetting: { text: 'Clinic' } } }],
    ['what it is part of itself, which is no encounter', { partOf: { reference: 'Encounter/1' } }],
  ])('are none, and nothing is missing, where it names %s', (_what, change) => {
    expect(of(item(change))).toEqual({ units: [], unplaced: false });
  });

  it.each([
    ['its encounter', at('Encounter/1')],
    ['its context, as older versions call it', { context: { reference: 'Encounter/1' } }],
    ['the encounter within the context of a document', { context: { encounter: [{ reference: 'Encounter/1' }] } }],
    ['a certain version of it', at('Encounter/1/_history/31')],
    ['its whole address', at('https://x.example/fhir/Encounter/1')],
    ['its address and version', at('https://x.example/fhir/Encounter/1/_history/3')],
  ])('are those of %s', (_what, change) => {
    expect(of(item(change), encounter('1', 'Ward 7'))).toEqual({ units: ['ward 7'], unplaced: false });
  });

  it('are those of an encounter that comes inside it, or inside what that is part of', () => {
    const contained = [encounter('in', 'Ward 7', { partOf: { reference: '#stay' } }), encounter('stay', 'Ward 8')];
    expect(of(item({ ...at('#in'), contained }))).toEqual({ units: ['ward 7', 'ward 8'], unplaced: false });
    const own = { contained: [encounter('stay', 'Ward 9')] };
    const visit = encounter('1', 'Ward 7', { ...own, partOf: { reference: '#stay' } });
    expect(of(item(at('Encounter/1')), visit)).toEqual({ units: ['ward 7', 'ward 9'], unplaced: false });
  });

  it('are those of the encounter itself, and of all that it is part of, each once', () => {
    const spell = encounter('spell', 'Hospital');
    const stay = encounter('stay', 'Ward 7', { partOf: { reference: 'Encounter/spell' } });
    const visit = encounter('visit', 'Ward 7', { partOf: { reference: 'Encounter/stay' } });
    expect(of(visit, stay, spell)).toEqual({ units: ['ward 7', 'hospital'], unplaced: false });
  });

  it('end where encounters are part of each other in a circle', () => {
    const a = encounter('a', 'Ward 7', { partOf: { reference: 'Encounter/b' } });
    const b = encounter('b', 'Ward 8', { partOf: { reference: 'Encounter/a' } });
    expect(of(item(at('Encounter/a')), a, b)).toEqual({ units: ['ward 7', 'ward 8'], unplaced: false });
  });

  it('are followed for five levels, and are not all known beyond', () => {
    const chain = (length: number): readonly Resource[] =>
      Array.from({ length }, (_, level) =>
        encounter(
          String(level),
          `Ward ${level}`,
          level < length - 1 ? { partOf: { reference: `Encounter/${level + 1}` } } : {},
        ),
      );
    expect(of(item(at('Encounter/0')), ...chain(5))).toEqual({
      units: ['ward 0', 'ward 1', 'ward 2', 'ward 3', 'ward 4'],
      unplaced: false,
    });
    const beyond = of(item(at('Encounter/0')), ...chain(6));
    expect(beyond.unplaced).toBe(true);
    expect(beyond.units).toEqual(['ward 0', 'ward 1', 'ward 2', 'ward 3', 'ward 4']);
  });
});

describe('the encounters that would have to be asked for', () => {
  it('are those with an address at this source, and no others', () => {
    expect(encounterKeys(item({}))).toEqual([]);
    expect(encounterKeys(item({ ...at('#in'), context: { reference: 'EpisodeOfCare/1' } }))).toEqual([]);
    expect(encounterKeys(item({ encounter: { identifier: { value: '7' } } }))).toEqual([]);
    expect(encounterKeys(item(at(`Encounter/${'x'.repeat(65)}`)))).toEqual([]);
    expect(encounterKeys(item(at('XEncounter/1')))).toEqual([]);
    expect(encounterKeys(item(at('Encounter/1/2')))).toEqual([]);
  });

  it('are named as the source names them, without an address or a version', () => {
    const several = {
      encounter: [{ reference: 'Encounter/1/_history/2' }, { reference: 'https://x.example/Encounter/a-B.2' }],
    };
    expect(encounterKeys(item(several))).toEqual(['Encounter/1', 'Encounter/a-B.2']);
    expect(encounterKeys(item({ context: { encounter: [{ reference: 'Encounter/3' }] } }))).toEqual(['Encounter/3']);
    expect(encounterKeys(encounter('1', 'Ward', { partOf: { reference: 'Encounter/2' } }))).toEqual(['Encounter/2']);
  });
});
