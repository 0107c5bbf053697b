// Proves src/record/sections/care-plans.ts, src/record/sections/plan-merging.ts, src/record/sections/plan-document.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { contingencyPlans, type ContingencyPlanEntry } from '../../../src/record/sections/contingency-plans.ts';
import { readPlanDocument } from '../../../src/record/sections/plan-document.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, standingsInOrder } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

const letter = (change: Change = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { text: 'Crisis plan' },
  ...change,
});
const plan = (change: Change = {}): Resource => ({
  resourceType: 'CarePlan',
  id: 'p1',
  status: 'active',
  title: 'Crisis plan',
  ...change,
});
const read = (resource: Resource): ContingencyPlanEntry | undefined =>
  readPlanDocument(resource, { source: 'gp' as SourceId, resolve: () => undefined }, 'contingency-plans');
const files = (...attachments: readonly Change[]): Change => ({
  content: attachments.map((attachment) => ({ attachment })),
});
const NUMBER = { identifier: [{ system: 'https://plans.example', value: '1' }] };

describe('a letter that is a plan', () => {
  const NOTHING_ELSE = {
    id: 'gp/DocumentReference/d1#plan',
    section: 'contingency-plans',
    reference: 'DocumentReference/d1',
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

  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '736253002', display: 'Mental health crisis plan' }];
    const recorded = letter({
      ...NUMBER,
      docStatus: 'amended',
      type: { text: 'Plan B', coding },
      category: [{ text: 'Mental health' }, {}],
      description: 'Crisis plan of the spring',
      date: '2026-05-01T09:00:00Z',
      author: [{ display: 'Dr Ada' }, { display: 'Alex' }],
      ...files({ title: 'Scan' }, { creation: '2026-04-30' }),
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      origin: { source: 'gp', resource: 'DocumentReference/d1', by: 'Dr Ada' },
      title: 'Crisis plan of the spring',
      code: { text: 'Plan B', codings: coding, disagrees: true },
      state: 'current',
      statusAsRecorded: 'current',
      date: '2026-04-30',
      categories: ['Mental health'],
      authors: ['Dr Ada', 'Alex'],
      businessId: 'https://plans.example|1',
      cautions: ['text-differs', 'amended'],
    });
  });

  it('of which only the name is recorded says nothing else', () => {
    expect(read({ resourceType: 'DocumentReference', id: 'd1', description: 'Crisis plan' })).toEqual({
      ...NOTHING_ELSE,
      origin: { source: 'gp', resource: 'DocumentReference/d1' },
      title: 'Crisis plan',
      state: 'unknown',
    });
    expect(read({ resourceType: 'DocumentReference', id: 'd1' })).toBeUndefined();
  });

  it('is called by its description, else by the first file with a title, else by its type', () => {
    const titled = files({}, { title: 'Page 1' }, { title: 'Page 2' });
    expect(read(letter({ description: 'Plan of the spring', ...titled }))?.title).toBe('Plan of the spring');
    expect(read(letter(titled))?.title).toBe('Page 1');
    expect(read(letter())?.title).toBe('Crisis plan');
  });

  it('says where all it knows is the day of filing', () => {
    expect(read(letter({ date: '2026-05-01' }))).toMatchObject({ date: '2026-05-01', dateIs: 'recorded' });
    expect(read(letter({ date: '2026-05-01', ...files({ creation: '2026-04-30' }) }))).not.toHaveProperty('dateIs');
    expect(read(letter())).not.toHaveProperty('dateIs');
  });

  it('that was withdrawn, or whose text was, is none', () => {
    expect(read(letter({ status: 'entered-in-error' }))).toBeUndefined();
    expect(read(letter({ docStatus: 'entered-in-error' }))).toBeUndefined();
  });
});

describe('plans beside the care plan', () => {
  it('stand with what holds now first, the newest first, and contradict nothing', () => {
    const on = (id: string, status: string, start: string): Resource =>
      plan({ id, status, title: `Crisis plan ${id}`, period: { start } });
    const all = [
      on('1', 'completed', '2026-09-01'),
      on('2', 'active', '2026-01-01'),
      on('3', 'active', '2026-02-01'),
      on('4', 'draft', '2026-10-01'),
    ];
    expect(listedInAnyOrder(contingencyPlans, all)).toEqual([
      ['Crisis plan 3', 'Crisis plan 2', 'Crisis plan 4', 'Crisis plan 1'],
    ]);
    const entry = read(letter());
    expect(entry && standingsInOrder(contingencyPlans, entry)).toEqual([
      'current, unknown, planned, past, negated, in-error',
    ]);
    expect(contingencyPlans.conflicts([])).toEqual([]);
  });
});

describe('one line for several copies of such a plan', () => {
  const lines = (one: Change, other: Change): number =>
    linesOf(contingencyPlans, [plan({ ...NUMBER, ...one })], [plan({ ...NUMBER, id: 'p2', ...other })]).length;
  const step = (description: string, change: Change = {}): Change => ({
    activity: [{ detail: { description, ...change } }],
  });

  it('is made by its number and the same words, in other capitals', () => {
    expect(lines(step('Ring the team'), { ...step('Ring the team'), title: 'CRISIS PLAN' })).toBe(1);
    const period = { start: '2026-01-01', end: '2026-12-31' };
    expect(lines({ period }, { period })).toBe(1);
  });

  it.each([
    ['number', {}, { identifier: undefined }],
    ['having no number', { identifier: undefined }, { identifier: undefined }],
    ['name', {}, { title: 'Contingency plan' }],
    ['standing', {}, { status: 'completed' }],
    ['start', { period: { start: '2026-01-01' } }, { period: { start: '2026-02-01' } }],
    ['end', { period: { end: '2026-12-31' } }, { period: { end: '2027-12-31' } }],
    ['a step of it', step('Ring the team'), step('Ring 999')],
    ['how far a step has come', step('Ring the team'), step('Ring the team', { status: 'completed' })],
    ['what must not be done', step('Restrain'), step('Restrain', { doNotPerform: true })],
    ['what is noted beside it', {}, { note: [{ text: 'Not at night' }] }],
  ])('is not made where they differ by %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });

  it('is not made of a plan and the letter of the same number', () => {
    const day = '2026-05-01';
    const written = read(letter({ ...NUMBER, status: 'current', ...files({ creation: day }) }));
    const planned = entryFrom<ContingencyPlanEntry>(
      plan({ ...NUMBER, period: { start: day } }),
      'gp',
      'contingency-plans',
    );
    expect(planned).toMatchObject({ title: written?.title, state: written?.state, date: written?.date });
    expect(written && contingencyPlans.factKey(written)).not.toBe(contingencyPlans.factKey(planned));
  });
});
