import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { supportingPlans, type SupportingPlanEntry } from '../../../src/record/sections/supporting-plans.ts';
import { conflictsOf, entriesFrom, entryFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

const plan = (change: object = {}): Resource => ({
  resourceType: 'CarePlan',
  id: 'p1',
  status: 'active',
  intent: 'plan',
  title: 'Eating and drinking plan',
  period: { start: '2026-06-01' },
  ...change,
});
const letter = (change: object = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { text: 'Hospital passport' },
  date: '2026-05-01',
  content: [{ attachment: { contentType: 'application/pdf' } }],
  ...change,
});
const sectionsOf = (resource: Resource): readonly string[] => entriesFrom('trust', resource).map((e) => e.section);

describe('what is no additional supporting plan', () => {
  it('is a plan for anything else, and a thing of any other kind that is called one', () => {
    expect(sectionsOf(plan({ title: 'Diabetes care plan' }))).toEqual(['care-plans']);
    expect(sectionsOf(plan({ title: 'Crisis plan' }))).toEqual(['contingency-plans']);
    const goal = { resourceType: 'Goal', id: '1', title: 'Asthma plan', lifecycleStatus: 'active' };
    expect(sectionsOf(goal)).not.toContain('supporting-plans');
    expect(readBy(supportingPlans, plan({ title: 'Diabetes care plan' }))).toBeNull();
    expect(readBy(supportingPlans, letter())).toBeNull();
  });

  it('is a document that was withdrawn or that is anything else', () => {
    expect(sectionsOf(letter({ status: 'entered-in-error' }))).toEqual(['documents']);
    expect(sectionsOf(letter({ type: { text: 'Clinic letter' } }))).toEqual(['documents']);
  });
});

describe('an additional supporting plan', () => {
  it('stands under a heading of its own for ever', () => {
    expect(supportingPlans).toMatchObject({
      id: 'supporting-plans',
      heading: 'Additional supporting plans',
      groupedBy: 'identifier',
      reads: ['CarePlan', 'DocumentReference'],
      window: null,
    });
  });

  it('says what it is for, and how it stands', () => {
    expect(entryFrom<SupportingPlanEntry>(plan())).toMatchObject({
      section: 'supporting-plans',
      title: 'Eating and drinking plan',
      state: 'current',
      date: '2026-06-01',
    });
    expect(entryFrom(plan({ status: 'revoked' }))).toMatchObject({ state: 'past', cautions: ['cancelled'] });
  });

  it('that is a document is opened under Documents and named here', () => {
    expect(sectionsOf(letter())).toEqual(['documents', 'supporting-plans']);
    const named = letter({ type: { text: 'Letter' }, description: 'Hospital passport' });
    expect(sectionsOf(named)).toEqual(['documents', 'supporting-plans']);
    expect(entryFrom<SupportingPlanEntry>(letter(), 'trust', 'supporting-plans')).toMatchObject({
      title: 'Hospital passport',
      state: 'current',
      date: '2026-05-01',
      dateIs: 'recorded',
      reference: 'DocumentReference/d1',
    });
  });

  it('disagrees with no other: each is for a need of its own', () => {
    expect(conflictsOf({ a: [plan()], b: [plan({ title: 'Asthma plan', status: 'completed' })] })).toEqual([]);
  });
});
