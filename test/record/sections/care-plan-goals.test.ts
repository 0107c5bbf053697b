// Proves src/record/sections/care-plans.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { carePlans, type CarePlanEntry } from '../../../src/record/sections/care-plans.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

const goal = (change: Change = {}): Resource => ({
  resourceType: 'Goal',
  id: 'g1',
  description: { text: 'Walk to the shop' },
  ...change,
});
const plan = (change: Change = {}): Resource => ({
  resourceType: 'CarePlan',
  id: 'p1',
  status: 'active',
  title: 'Heart failure',
  ...change,
});
const read = (resource: Resource): CarePlanEntry => entryFrom<CarePlanEntry>(resource, 'gp', 'care-plans');
const NOTHING_ELSE = {
  section: 'care-plans',
  categories: [],
  authors: [],
  addresses: [],
  goals: [],
  activities: [],
  people: [],
  targets: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

describe('a goal', () => {
  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Walking' }];
    const recorded = goal({
      lifecycleStatus: 'proposed',
      achievementStatus: { coding: [{ code: 'improving', display: 'Improving' }] },
      category: [{ text: 'Physical' }, {}],
      description: { text: 'Walk to the shop', coding },
      startDate: '2026-01-01',
      target: [
        { measure: { text: 'Steps a day' }, detailQuantity: { value: 4000 } },
        { dueDate: '2027-01-01' },
        { dueDate: '2028-01-01' },
      ],
      expressedBy: { display: 'Alex' },
      addresses: [{ reference: 'Condition/3', display: 'Heart failure' }],
      note: [{ text: 'With the dog' }],
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Goal/g1',
      origin: { source: 'gp', resource: 'Goal/g1' },
      kind: 'goal',
      title: 'Walk to the shop',
      code: { text: 'Walk to the shop', codings: coding, disagrees: true },
      state: 'planned',
      statusAsRecorded: 'proposed',
      date: '2026-01-01',
      achievement: 'Improving',
      categories: ['Physical'],
      authors: ['Alex'],
      addresses: ['Heart failure'],
      targets: ['Steps a day: 4000'],
      due: '2027-01-01',
      cautions: ['text-differs', 'unconfirmed'],
      notes: ['With the dog'],
      links: [{ rel: 'problem', to: 'Condition/3' }],
    });
  });

  it('of which only the description is recorded says nothing else', () => {
    expect(read(goal())).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Goal/g1',
      origin: { source: 'gp', resource: 'Goal/g1' },
      kind: 'goal',
      title: 'Walk to the shop',
      code: { text: 'Walk to the shop', codings: [] },
      state: 'unknown',
    });
  });

  it('that says nothing of what is aimed at is unread', () => {
    expect(readResources([goal({ description: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Goal.description' }],
    });
  });

  it.each([
    ['proposed', 'planned', ['unconfirmed']],
    ['planned', 'planned', []],
    ['accepted', 'current', []],
    ['active', 'current', []],
    ['on-hold', 'current', []],
    ['completed', 'past', []],
    ['cancelled', 'past', ['cancelled']],
    ['rejected', 'negated', []],
    ['entered-in-error', 'in-error', []],
  ])('with status %s is %s', (lifecycleStatus, state, cautions) => {
    expect(read(goal({ lifecycleStatus }))).toMatchObject({ state, cautions, statusAsRecorded: lifecycleStatus });
  });

  it.each([
    [
      'its own words',
      { text: 'Better than in June', coding: [{ code: 'improving', display: 'Improving' }] },
      'Better than in June',
    ],
    ['the words of its code', { coding: [{ code: 'improving', display: 'Improving' }] }, 'Improving'],
    [
      'the bare code',
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/goal-achievement', code: 'improving' }] },
      'improving',
    ],
  ])('says how far it has been reached in %s', (_what, achievementStatus, achievement) => {
    expect(read(goal({ achievementStatus })).achievement).toBe(achievement);
  });

  it('says where the words and the code of how far it has been reached differ', () => {
    const achievementStatus = { text: 'Achieved', coding: [{ code: 'not-achieved', display: 'Not achieved' }] };
    expect(read(goal({ achievementStatus }))).toMatchObject({ achievement: 'Achieved', cautions: ['text-differs'] });
  });

  it.each([
    [{ detailQuantity: { value: 58, unit: 'mmol/mol' }, detailString: 'less' }, '58 mmol/mol'],
    [{ detailString: 'Less sugar' }, 'Less sugar'],
    [{ detailCodeableConcept: { text: 'Normal' } }, 'Normal'],
    [{ detailRange: { low: { value: 4, unit: 'mmol/L' }, high: { value: 7, unit: 'mmol/L' } } }, '4 to 7 mmol/L'],
    [{ detailRange: { low: { value: 4, unit: 'mmol/L' } } }, '≥ 4 mmol/L'],
    [{ detailRange: { high: { value: 7, unit: 'mmol/L' } } }, '≤ 7 mmol/L'],
    [{ detailRatio: { numerator: { value: 1, unit: 'g' }, denominator: { value: 2, unit: 'L' } } }, '1 g : 2 L'],
    [{ detailInteger: 3 }, '3'],
    [{ measure: { text: 'Falls' }, detailInteger: 0 }, 'Falls: 0'],
    [{ measure: { text: 'Falls' } }, 'Falls'],
  ])('says what is aimed at: %j', (target, text) => {
    expect(read(goal({ target: [target] })).targets).toEqual([text]);
  });

  it.each([
    {},
    { dueDate: '2027-01-01' },
    { detailRatio: { numerator: { value: 1 } } },
    { detailRatio: { denominator: { value: 1 } } },
  ])('aims at nothing where nothing is told: %j', (target) => {
    expect(read(goal({ target: [target] })).targets).toEqual([]);
  });
});

describe('a care plan that is filed as care', () => {
  it('has no targets of its own, and is a plan', () => {
    expect(read(plan())).toMatchObject({ kind: 'plan', targets: [], section: 'care-plans' });
  });

  it.each([['Crisis plan'], ['Hospital passport']])('is not one under another heading: %s', (title) => {
    expect(readBy(carePlans, plan({ title }))).toBeNull();
  });
});

describe('care and support plans', () => {
  it('are shown whatever their age; plans of several teams stand beside each other', () => {
    expect(carePlans).toMatchObject({
      id: 'care-plans',
      heading: 'Care and support plan',
      groupedBy: 'identifier',
      reads: ['CarePlan', 'Goal'],
      window: null,
    });
    expect(carePlans.conflicts([])).toEqual([]);
  });

  it('stand with what holds now first, plans before goals, the newest first', () => {
    const all = [
      plan({ id: '1', title: 'Plan of June', period: { start: '2026-06-01' } }),
      plan({ id: '2', title: 'Plan of July', period: { start: '2026-07-01' } }),
      plan({ id: '3', title: 'Plan to come', status: 'draft' }),
      plan({ id: '4', title: 'Plan that is over', status: 'completed' }),
      goal({ id: '5', description: { text: 'Goal of now' }, lifecycleStatus: 'active', startDate: '2026-09-01' }),
      goal({ id: '6', description: { text: 'Goal to come' }, lifecycleStatus: 'planned' }),
      goal({ id: '7', description: { text: 'Goal that is over' }, lifecycleStatus: 'completed' }),
      goal({ id: '8', description: { text: 'Goal of a time not known' } }),
    ];
    expect(listedInAnyOrder(carePlans, all)).toEqual([
      [
        'Plan of July',
        'Plan of June',
        'Goal of now',
        'Plan to come',
        'Goal to come',
        'Goal of a time not known',
        'Plan that is over',
        'Goal that is over',
      ],
    ]);
    expect(standingsInOrder(carePlans, read(goal()))).toEqual(['current, planned, unknown, in-error = negated = past']);
  });
});

describe('one line for several copies of a plan', () => {
  const NUMBER = { identifier: [{ system: 'https://plans.example', value: '3' }] };
  const step = (description: string, change: Change = {}): Change => ({
    activity: [{ detail: { description, ...change } }],
  });
  const lines = (one: Change, other: Change): number =>
    linesOf(carePlans, [plan({ ...NUMBER, ...one })], [plan({ ...NUMBER, id: 'p2', ...other })]).length;

  it('is made by its number and the same words, in other capitals', () => {
    expect(lines(step('Weigh daily'), { ...step('Weigh daily'), title: 'HEART FAILURE' })).toBe(1);
    const period = { start: '2026-01-01', end: '2026-12-31' };
    expect(lines({ period }, { period })).toBe(1);
  });

  it.each([
    ['number', {}, { identifier: undefined }],
    ['name', {}, { title: 'Diabetes' }],
    ['standing', {}, { status: 'completed' }],
    ['start', { period: { start: '2026-01-01' } }, { period: { start: '2026-02-01' } }],
    ['end', { period: { end: '2026-12-31' } }, { period: { end: '2027-12-31' } }],
    ['a step of it', step('Weigh daily'), step('Weigh weekly')],
    ['how far a step has come', step('Weigh daily'), step('Weigh daily', { status: 'completed' })],
    ['what must not be done', step('Weigh daily'), step('Weigh daily', { doNotPerform: true })],
    ['a goal', { goal: [{ display: 'Walk' }] }, { goal: [{ display: 'Swim' }] }],
  ])('is not made where they differ by %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });

  it('is not made of two goals, which have no number of their own', () => {
    expect(linesOf(carePlans, [goal(NUMBER)], [goal({ ...NUMBER, id: 'g2' })])).toHaveLength(2);
  });
});
