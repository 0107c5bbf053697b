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
