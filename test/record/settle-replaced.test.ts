import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { markReplaced } from '../../src/record/settle-replaced.ts';
import type { SourceId } from '../../src/record/source.ts';

const letter = (id: string, parts: object = {}): object => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  description: `Letter ${id}`,
  date: '2026-05-04T10:00:00Z',
  ...parts,
});
const replaces = (id: string, code = 'replaces'): object => ({
  relatesTo: [{ code, target: { reference: `DocumentReference/${id}` } }],
});

function marked(resources: readonly object[], source = 'a'): ReadonlyMap<string, Entry> {
  const entries = markReplaced(readResources(resources, source as SourceId).entries);
  return new Map(entries.map((entry) => [entry.origin.resource.split('/')[1] ?? '', entry]));
}

describe('a letter that another replaces', () => {
  it('no longer stands, and says why, whatever its own status', () => {
    const both = marked([letter('old'), letter('new', replaces('old'))]);
    expect(both.get('old')).toMatchObject({ state: 'past', cautions: ['superseded'] });
    expect(both.get('new')).toMatchObject({ state: 'current', cautions: [] });
  });

  it.each(['transforms', 'signs', 'appends', 'anything'])('but not by one that only %s it', (code) => {
    expect(marked([letter('old'), letter('new', replaces('old', code))]).get('old')).toMatchObject({
      state: 'current',
      cautions: [],
    });
  });

  it('still stands while what replaces it is a draft, or cannot be interpreted, and says that there is one', () => {
    for (const doubt of [{ docStatus: 'preliminary' }, { modifierExtension: [{ url: 'x' }] }]) {
      const both = marked([letter('old'), letter('new', { ...replaces('old'), ...doubt })]);
      expect(both.get('old')).toMatchObject({ state: 'current', cautions: ['superseded'] });
    }
  });

  it('is not replaced by what was entered in error', () => {
    const both = marked([letter('old'), letter('new', { ...replaces('old'), status: 'entered-in-error' })]);
    expect(both.get('old')).toMatchObject({ state: 'current', cautions: [] });
  });

  it('of each other stands, both of them: one of the two must', () => {
    const both = marked([letter('x', replaces('y')), letter('y', replaces('x'))]);
    expect([...both.values()].map(({ state }) => state)).toEqual(['current', 'current']);
    expect(marked([letter('self', replaces('self'))]).get('self')).toMatchObject({ state: 'current' });
  });

  it('is one of its own source: the same id elsewhere is another letter', () => {
    const here = readResources([letter('old')], 'a' as SourceId).entries;
    const there = readResources([letter('new', replaces('old'))], 'b' as SourceId).entries;
    expect(markReplaced([...here, ...there])[0]).toMatchObject({ state: 'current', cautions: [] });
  });
});

describe('what replaces what', () => {
  const plain = (id: string, change: Partial<Entry> = {}): Entry => {
    const [entry] = readResources([letter(id)], 'a' as SourceId).entries;
    if (!entry) throw new Error('expected an entry');
    return { ...entry, ...change };
  };
  const over = (...ids: readonly string[]): Partial<Entry> => ({
    links: ids.map((id) => ({ rel: 'replaces', to: `DocumentReference/${id}` })),
  });
  const after = (...entries: readonly Entry[]): readonly string[] =>
    markReplaced(entries).map(({ state, cautions }) => [state, ...cautions].join(' '));

  it('changes nothing, not even the list, where nothing is replaced', () => {
    const entries = [plain('1'), plain('2')];
    expect(markReplaced(entries)).toBe(entries);
  });

  it.each(['about-me', 'documents', 'end-of-life-care'] as const)('ends a document: one among %s', (section) => {
    expect(after(plain('old', { section }), plain('new', over('old')))).toEqual(['past superseded', 'current']);
  });

  it.each(['problems', 'care-plans', 'medications'] as const)('ends nothing else: not one among %s', (section) => {
    expect(after(plain('old', { section }), plain('new', over('old')))).toEqual(['current superseded', 'current']);
  });

  it.each(['past', 'planned', 'negated', 'unknown', 'in-error'] as const)(
    'leaves a standing other than current as it was: %s',
    (state) => {
      expect(after(plain('old', { state }), plain('new', over('old')))).toEqual([`${state} superseded`, 'current']);
    },
  );

  it.each(['past', 'planned', 'negated', 'unknown'] as const)(
    'takes nothing out of force where what replaces it is itself not in force: %s',
    (state) => {
      expect(after(plain('old'), plain('new', { ...over('old'), state }))).toEqual(['current superseded', state]);
    },
  );

  it('takes it out of force where one of two replacers stands', () => {
    expect(
      after(plain('old'), plain('draft', { ...over('old'), state: 'planned' }), plain('new', over('old')))[0],
    ).toBe('past superseded');
    expect(
      after(plain('old'), plain('new', over('old')), plain('draft', { ...over('old'), state: 'planned' }))[0],
    ).toBe('past superseded');
  });

  it('says it once, beside what else is doubtful', () => {
    const doubtful = plain('old', { cautions: ['superseded', 'amended'] });
    expect(after(doubtful, plain('new', over('old')))[0]).toBe('past superseded amended');
    expect(after(plain('old', { cautions: ['amended'] }), plain('new', over('old')))[0]).toBe(
      'past amended superseded',
    );
  });

  it('leaves the last of a chain in force', () => {
    expect(after(plain('1'), plain('2', over('1')), plain('3', over('2')))).toEqual([
      'past superseded',
      'past superseded',
      'current',
    ]);
  });

  it('is not believed in a circle of three, and comes to an end; what the circle replaces is over', () => {
    expect(after(plain('0'), plain('1', over('3', '0')), plain('2', over('1')), plain('3', over('2')))).toEqual([
      'past superseded',
      'current',
      'current',
      'current',
    ]);
  });

  it('changes the very entry of nothing that no record replaces', () => {
    const [other, old] = [plain('other'), plain('old')];
    expect(markReplaced([other, old, plain('new', over('old'))])[0]).toBe(other);
  });
});

it('a plan or a prescription that another replaces says so and keeps the standing its source gives it', () => {
  const plan = (id: string, parts: object = {}): object => ({
    resourceType: 'CarePlan',
    id,
    status: 'active',
    intent: 'plan',
    title: `Plan ${id}`,
    ...parts,
  });
  const plans = marked([plan('old'), plan('new', { replaces: [{ reference: 'CarePlan/old' }] })]);
  expect(plans.get('old')).toMatchObject({ state: 'current', cautions: ['superseded'] });
  const order = (id: string, parts: object = {}): object => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Ramipril' },
    ...parts,
  });
  const orders = marked([order('old'), order('new', { priorPrescription: { reference: 'MedicationRequest/old' } })]);
  expect(orders.get('old')).toMatchObject({ state: 'current', cautions: ['superseded'] });
  expect(orders.get('new')).toMatchObject({ cautions: [] });
});
