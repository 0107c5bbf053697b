import { describe, expect, it } from 'vitest';
import { buildResolver } from '../../../src/record/fhir/reference.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { readPlan } from '../../../src/record/sections/plan-parts.ts';
import type { SourceId } from '../../../src/record/source.ts';

const plan = (change: object = {}): Resource => ({ resourceType: 'CarePlan', id: 'p1', ...change });
const read = (change: object, ...others: readonly Resource[]) =>
  readPlan(
    plan(change),
    {
      source: 'gp' as SourceId,
      resolve: buildResolver(new Map(others.map((one) => [`${one.resourceType}/${String(one.id)}`, one]))),
    },
    'care-plans',
  );
const NOTHING_ELSE = {
  id: 'gp/CarePlan/p1',
  section: 'care-plans',
  categories: [],
  authors: [],
  addresses: [],
  goals: [],
  activities: [],
  people: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

describe('a plan, under whichever heading', () => {
  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '736376001', display: 'Heart failure care plan' }];
    const recorded = {
      identifier: [{ system: 'https://plans.example', value: '3' }],
      status: 'active',
      intent: 'plan',
      category: [{ text: 'Winter plan', coding }, {}, { text: 'Community' }],
      title: 'Plan for the winter',
      description: 'What to do when it is cold',
      period: { start: '2026-10-01', end: '2027-03-31' },
      created: '2026-09-15',
      author: { display: 'Dr Ada' },
      contributor: [{ display: 'Alex' }],
      addresses: [{ reference: 'Condition/3', display: 'Heart failure' }],
      goal: [{ reference: 'Goal/4', display: 'Walk to the shop' }],
      activity: [{ detail: { description: 'Weigh daily' } }],
      note: [{ text: 'Agreed with Alex' }],
    };
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      origin: { source: 'gp', resource: 'CarePlan/p1', by: 'Dr Ada' },
      title: 'Plan for the winter',
      code: { text: 'Winter plan', codings: coding, disagrees: true },
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-10-01',
      period: { start: '2026-10-01', end: '2027-03-31' },
      description: 'What to do when it is cold',
      intent: 'plan',
      categories: ['Winter plan', 'Community'],
      authors: ['Dr Ada', 'Alex'],
      addresses: ['Heart failure'],
      goals: ['Walk to the shop'],
      activities: [{ text: 'Weigh daily', who: [], notes: [] }],
      businessId: 'https://plans.example|3',
      cautions: ['text-differs'],
      notes: ['Agreed with Alex'],
      links: [
        { rel: 'problem', to: 'Condition/3' },
        { rel: 'goal', to: 'Goal/4' },
      ],
    });
  });

  it('of which only the title is recorded says nothing else', () => {
    expect(read({ title: 'Plan' })).toEqual({
      ...NOTHING_ELSE,
      origin: { source: 'gp', resource: 'CarePlan/p1' },
      title: 'Plan',
      state: 'unknown',
    });
  });

  it('is called by its title, else its kind, else its words, else what it is for, aims at or asks', () => {
    const told = [
      ['Plan', { title: 'Plan' }],
      ['Community', { category: [{ text: 'Community' }] }],
      ['For the winter', { description: 'For the winter' }],
      ['Heart failure', { addresses: [{ display: 'Heart failure' }] }],
      ['Walk', { goal: [{ display: 'Walk' }] }],
      ['Weigh daily', { activity: [{ detail: { description: 'Weigh daily' } }] }],
    ] as const;
    const titles = told.map(
      (_, from) => read(Object.assign({}, ...told.slice(from).map(([, change]) => change)) as object)?.title,
    );
    expect(titles).toEqual(told.map(([title]) => title));
    expect(read({})).toBeUndefined();
  });

  it('does not say twice what it is called', () => {
    expect(read({ description: 'For the winter' })).not.toHaveProperty('description');
    expect(read({ title: 'Plan', description: 'Plan' })).not.toHaveProperty('description');
  });

  it.each([
    ['draft', 'planned', ['preliminary']],
    ['active', 'current', []],
    ['on-hold', 'current', []],
    ['revoked', 'past', ['cancelled']],
    ['completed', 'past', []],
    ['entered-in-error', 'in-error', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(read({ title: 'Plan', status })).toMatchObject({ state, cautions });
  });

  it('that is only proposed is not agreed', () => {
    expect(read({ title: 'Plan', intent: 'proposal' })).toMatchObject({
      intent: 'proposal',
      cautions: ['unconfirmed'],
    });
    expect(read({ title: 'Plan', intent: 'order' })).toMatchObject({ intent: 'order', cautions: [] });
  });

  it('stands at its first day, else at that on which it was written down, and says which', () => {
    const created = '2026-09-15';
    expect(read({ title: 'Plan', created })).toMatchObject({ date: created, dateIs: 'recorded' });
    expect(read({ title: 'Plan', created, period: { end: '2027-03-31' } })).toMatchObject({
      date: created,
      dateIs: 'recorded',
    });
    expect(read({ title: 'Plan', created, period: { start: '2026-10-01' } })).not.toHaveProperty('dateIs');
    expect(read({ title: 'Plan', period: { end: '2027-03-31' } })).not.toHaveProperty('date');
  });

  it('names the people of a team that came inside it, with what they are', () => {
    const participant = [
      { member: { display: 'Ada' }, role: [{ text: 'Carer' }, { text: 'Neighbour' }] },
      { member: { display: 'Sam' } },
      { role: [{ text: 'Nurse' }] },
    ];
    const contained = [{ resourceType: 'CareTeam', id: 't', participant }];
    expect(read({ title: 'Plan', contained, careTeam: [{ reference: '#t' }] })?.people).toEqual([
      'Ada (Carer, Neighbour)',
      'Sam',
    ]);
    expect(read({ title: 'Plan', careTeam: [{ reference: '#gone' }] })?.people).toEqual([]);
  });

  it('leaves a team with an address of its own to the professional contacts', () => {
    const team = { resourceType: 'CareTeam', id: 't', participant: [{ member: { display: 'Ada' } }] };
    expect(read({ title: 'Plan', careTeam: [{ reference: 'CareTeam/t' }] }, team)?.people).toEqual([]);
  });
});
