import { describe, expect, it } from 'vitest';
import { readActivities, readGoalTexts, type PlannedActivity } from '../../../src/record/fhir/planned-activity.ts';
import { buildResolver } from '../../../src/record/fhir/reference.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';

const plan = (change: object): Resource => ({ resourceType: 'CarePlan', id: 'p', ...change });
const contextOf = (...others: readonly Resource[]) => ({
  source: 'gp' as SourceId,
  resolve: buildResolver(new Map(others.map((one) => [`${one.resourceType}/${String(one.id)}`, one]))),
});
const activities = (activity: object, ...others: readonly Resource[]): readonly PlannedActivity[] =>
  readActivities(plan({ activity: [activity] }), contextOf(...others));
const request = (change: object): Resource => ({ resourceType: 'ServiceRequest', id: 'r', ...change });
const REFERENCE = { reference: { reference: 'ServiceRequest/r' } };

describe('what a plan says is to be done', () => {
  it('is shown with all that is recorded of it, and nothing besides', () => {
    const recorded = {
      outcomeCodeableConcept: [{ text: 'Weight steady' }, {}],
      progress: [{ text: 'Weighed on Monday' }],
      detail: {
        description: 'Weigh daily',
        code: { text: 'Weighing' },
        status: 'on-hold',
        statusReason: { text: 'On holiday' },
        location: { display: 'At home' },
        performer: [{ display: 'Alex' }, { display: 'Sam' }],
      },
    };
    expect(activities(recorded)).toEqual([
      {
        text: 'Weigh daily',
        status: 'on-hold',
        statusReason: 'On holiday',
        who: ['Alex', 'Sam'],
        where: 'At home',
        notes: ['Weighed on Monday', 'Weight steady'],
      },
    ]);
  });

  it('of which only the words or the code are recorded says nothing else', () => {
    expect(activities({ detail: { description: 'Weigh daily' } })).toEqual([
      { text: 'Weigh daily', who: [], notes: [] },
    ]);
    expect(activities({ detail: { code: { text: 'Weighing' } } })).toEqual([{ text: 'Weighing', who: [], notes: [] }]);
  });

  it('may be a request of its own, called by the plan, by its code or by its words', () => {
    const called = (change: object, display?: string): string | undefined =>
      activities({ reference: { ...REFERENCE.reference, display } }, request(change))[0]?.text;
    expect(called({ code: { text: 'Blood test' }, description: 'Bloods' }, 'Kidney function')).toBe('Kidney function');
    expect(called({ code: { text: 'Blood test' }, description: 'Bloods' })).toBe('Blood test');
    expect(called({ description: 'Bloods' })).toBe('Bloods');
    expect(called({})).toBeUndefined();
    expect(activities({ reference: { display: 'Kidney function' } })).toEqual([
      { text: 'Kidney function', who: [], notes: [] },
    ]);
  });

  it('has the status of the plan before that of the request', () => {
    const asked = request({ status: 'completed', code: { text: 'Blood test' } });
    expect(activities(REFERENCE, asked)[0]?.status).toBe('completed');
    expect(activities({ ...REFERENCE, detail: { status: 'cancelled' } }, asked)[0]?.status).toBe('cancelled');
  });

  it('is nothing where it was entered in error, by the plan or by the request', () => {
    expect(activities({ detail: { description: 'Weigh daily', status: 'entered-in-error' } })).toEqual([]);
    expect(activities({ detail: { description: 'Weigh daily', status: 'Entered-In-Error' } })).toEqual([]);
    expect(activities(REFERENCE, request({ status: 'entered-in-error', code: { text: 'Blood test' } }))).toEqual([]);
  });

  it('is said to be what must not be done, whichever of the two says so', () => {
    expect(activities({ detail: { description: 'Restrain', doNotPerform: true } })[0]?.prohibited).toBe(true);
    expect(activities(REFERENCE, request({ doNotPerform: true, code: { text: 'Restrain' } }))[0]?.prohibited).toBe(
      true,
    );
    expect(activities({ detail: { description: 'Restrain', doNotPerform: false } })[0]).not.toHaveProperty(
      'prohibited',
    );
  });

  it('is not a request that nobody can interpret, which stands as that under its own heading', () => {
    const modifierExtension = [{ url: 'https://x.example/unheard-of', valueBoolean: true }];
    expect(activities(REFERENCE, request({ modifierExtension, code: { text: 'Blood test' } }))).toEqual([]);
  });

  it('is nothing where nothing is told', () => {
    expect(activities({})).toEqual([]);
    expect(activities({ reference: { reference: 'ServiceRequest/gone' } })).toEqual([]);
    expect(readActivities(plan({}), contextOf())).toEqual([]);
  });
});

describe('the goals of a plan', () => {
  const goal = (change: object): Resource => ({ resourceType: 'Goal', id: 'g', ...change });
  const goals = (change: object | undefined, display?: string): readonly string[] =>
    readGoalTexts(plan({ goal: [{ reference: 'Goal/g', display }] }), change ? contextOf(goal(change)) : contextOf());

  it('are told in their own words, else in those of the plan', () => {
    expect(goals({ description: { text: 'Walk to the shop' } }, 'Walking')).toEqual(['Walk to the shop']);
    expect(goals({}, 'Walking')).toEqual(['Walking']);
    expect(goals(undefined, 'Walking')).toEqual(['Walking']);
    expect(goals(undefined)).toEqual([]);
    expect(goals({ lifecycleStatus: 'completed' })).toEqual([]);
    expect(readGoalTexts(plan({}), contextOf())).toEqual([]);
  });

  it.each([
    ['active', 'Walk'],
    ['accepted', 'Walk'],
    ['completed', 'Walk (completed)'],
    ['cancelled', 'Walk (cancelled)'],
    ['rejected', 'Walk (rejected)'],
    ['on-hold', 'Walk (on-hold)'],
  ])('with status %s are “%s”', (lifecycleStatus, text) => {
    expect(goals({ lifecycleStatus, description: { text: 'Walk' } })).toEqual([text]);
  });

  it('are not those that were withdrawn, or that nobody can interpret', () => {
    expect(goals({ lifecycleStatus: 'entered-in-error', description: { text: 'Walk' } })).toEqual([]);
    const modifierExtension = [{ url: 'https://x.example/unheard-of', valueBoolean: true }];
    expect(goals({ lifecycleStatus: 'active', description: { text: 'Walk' }, modifierExtension })).toEqual([]);
  });
});
