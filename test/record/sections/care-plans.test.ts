import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { carePlans, type CarePlanEntry } from '../../../src/record/sections/care-plans.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

function plan(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'CarePlan',
    id: 'cp1',
    status: 'active',
    intent: 'plan',
    title: 'Diabetes plan',
    period: { start: '2026-01-01' },
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}): CarePlanEntry =>
  entryFrom<CarePlanEntry>(plan(change));

describe('a care plan', () => {
  it('that is for nothing is unread', () => {
    expect(readResources([plan({ title: undefined })], 'gp' as SourceId).unread[0]?.element).toBe('CarePlan.title');
  });

  it('only proposed is not agreed', () => {
    expect(read({ intent: 'proposal' }).cautions).toEqual(['unconfirmed']);
    expect(read({ status: 'draft' })).toMatchObject({ state: 'planned', cautions: ['preliminary'] });
  });

  it.each([
    ['active', 'current'],
    ['on-hold', 'current'],
    ['completed', 'past'],
    ['revoked', 'past'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ status }).state).toBe(state);
  });

  it('that had ended when its source last touched it is past, whatever its status', () => {
    expect(read({ period: { end: '2020-01-01' }, meta: { lastUpdated: '2021-01-01T00:00:00Z' } }).state).toBe('past');
  });

  it('dated only by when it was written down says so', () => {
    expect(read({ period: undefined, created: '2026-02-01' })).toMatchObject({
      date: '2026-02-01',
      dateIs: 'recorded',
    });
  });

  it('says what must not be done as such', () => {
    const activity = [
      {
        detail: {
          code: { text: 'Insulin pump' },
          status: 'not-started',
          doNotPerform: true,
          performer: [{ display: 'Nurse Joy' }],
        },
      },
    ];
    expect(read({ activity }).activities).toEqual([
      { text: 'Insulin pump', status: 'not-started', prohibited: true, who: ['Nurse Joy'], notes: [] },
    ]);
  });

  it('keeps goals and people that came inside it', () => {
    const contained = [
      { resourceType: 'Goal', id: 'g', description: { text: 'Walk to the shop' } },
      { resourceType: 'CareTeam', id: 't', participant: [{ member: { display: 'Ada' }, role: [{ text: 'Carer' }] }] },
    ];
    expect(read({ contained, goal: [{ reference: '#g' }], careTeam: [{ reference: '#t' }] })).toMatchObject({
      goals: ['Walk to the shop'],
      people: ['Ada (Carer)'],
    });
  });

  it('is titled by what it addresses when it has no title', () => {
    expect(read({ title: undefined, addresses: [{ display: 'Renal failure' }] }).title).toBe('Renal failure');
  });

  it('links to its goals, which are entries of their own', () => {
    const goal = {
      resourceType: 'Goal',
      id: 'g1',
      lifecycleStatus: 'active',
      description: { text: 'HbA1c below 58' },
      target: [{ detailQuantity: { value: 58, unit: 'mmol/mol' }, dueDate: '2027-01-01' }],
      achievementStatus: { coding: [{ code: 'improving', display: 'Improving' }] },
    };
    const [first, second] = entriesFrom('gp', plan({ goal: [{ reference: 'Goal/g1' }] }), goal) as CarePlanEntry[];
    expect(first?.links).toContainEqual({ rel: 'goal', to: 'Goal/g1' });
    expect(second).toMatchObject({
      kind: 'goal',
      title: 'HbA1c below 58',
      achievement: 'Improving',
      targets: ['58 mmol/mol'],
      due: '2027-01-01',
    });
  });

  it('of the council belongs to services and care', () => {
    expect(read({ category: [{ text: 'Social care package of care' }] }).section).toBe('services-and-care');
  });

  it('is one with another only by its number and when nothing differs', () => {
    const identifier = [{ system: 'https://plans.example', value: '3' }];
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      carePlans.factKey(entryFrom<CarePlanEntry>(plan(change), source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, status: 'completed' }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});
