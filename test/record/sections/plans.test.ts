// Proves src/record/sections/care-plans.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { contingencyPlans, type ContingencyPlanEntry } from '../../../src/record/sections/contingency-plans.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

type Change = { readonly [element: string]: unknown };

const plan = (title: string, change: Change = {}): Resource => ({
  resourceType: 'CarePlan',
  id: 'p1',
  status: 'active',
  intent: 'plan',
  title,
  period: { start: '2026-06-01' },
  ...change,
});
const document = (code: string, display: string, change: Change = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { coding: [{ system: 'http://snomed.info/sct', code, display }] },
  date: '2026-05-01T09:00:00Z',
  content: [{ attachment: { contentType: 'application/pdf' } }],
  ...change,
});
const sectionsOf = (resource: Resource): readonly string[] => entriesFrom('trust', resource).map((e) => e.section);

describe('contingency plans', () => {
  it('stand under a heading of their own for ever', () => {
    expect(contingencyPlans).toMatchObject({
      id: 'contingency-plans',
      heading: 'Contingency plans',
      groupedBy: 'identifier',
      reads: ['CarePlan', 'DocumentReference'],
      window: null,
    });
  });
});

describe('a plan', () => {
  it.each([
    ['Care and support plan', 'care-plans'],
    ['Heart failure management plan', 'care-plans'],
    ['Diabetes care plan', 'care-plans'],
    ['Crisis team discharge plan', 'care-plans'],
    ['Crisis plan', 'contingency-plans'],
    ['Crisis and contingency plan', 'contingency-plans'],
    ['Contingency plan: if Helen cannot come', 'contingency-plans'],
    ['Emergency health care plan', 'contingency-plans'],
    ['Relapse prevention plan', 'contingency-plans'],
    ['Education, health and care plan', 'supporting-plans'],
    ['Positive behaviour support plan', 'supporting-plans'],
    ['Hospital passport', 'supporting-plans'],
    ['Eating and drinking plan', 'supporting-plans'],
  ])('called %s stands under %s', (title, section) => {
    expect(sectionsOf(plan(title))).toEqual([section]);
  });

  it('of the council is a contingency plan where that is what it is for', () => {
    const category = [{ text: 'Adult social care' }];
    expect(sectionsOf(plan('If Helen is ill: contingency plan', { category }))).toEqual(['contingency-plans']);
    expect(sectionsOf(plan('Four visits a day', { category }))).toEqual(['services-and-care']);
  });

  it('for what goes wrong that is called nothing is unread', () => {
    const category = [{ coding: [{ system: 'http://snomed.info/sct', code: '736253002' }] }];
    expect(sectionsOf(plan('', { category }))).toEqual(['contingency-plans']);
    const bare = { resourceType: 'CarePlan', id: 'x', status: 'active' };
    expect(readResources([bare], 'trust' as SourceId).unread[0]?.element).toBe('CarePlan.title');
  });

  it.each([
    ['revoked', 'past', ['cancelled']],
    ['draft', 'planned', ['preliminary']],
    ['completed', 'past', []],
    ['entered-in-error', 'in-error', []],
    [undefined, 'unknown', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(entryFrom(plan('Crisis plan', { status }))).toMatchObject({ state, cautions });
  });

  it('keeps what must not be done as what must not be done', () => {
    const activity = [{ detail: { status: 'in-progress', doNotPerform: true, description: 'Restrain' } }];
    expect(entryFrom(plan('Crisis plan', { activity }))).toMatchObject({
      activities: [{ text: 'Restrain', prohibited: true }],
    });
  });

  it('is one with another only where every step of it agrees', () => {
    const identifier = [{ system: 'https://plans.example', value: '1' }];
    const activity = [{ detail: { description: 'Ring the team' } }];
    const key = (change: Change, source: string): string =>
      contingencyPlans.factKey(entryFrom<ContingencyPlanEntry>(plan('Crisis plan', change), source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, activity }, 'b'));
    expect(key({ identifier, activity }, 'a')).toBe(key({ identifier, activity }, 'b'));
  });
});

describe('a document that is a plan', () => {
  it('is none where it is of no such kind, and is left to the documents where it is', () => {
    expect(sectionsOf(document('823681000000100', 'Outpatient letter'))).toEqual(['documents']);
    const named = document('823681000000100', 'Letter', { description: 'Crisis plan' });
    expect(sectionsOf(named)).toEqual(['documents', 'contingency-plans']);
  });

  it('that was withdrawn is said to be so under Documents alone', () => {
    const crisis = (change: Change): Resource => document('736253002', 'Mental health crisis plan', change);
    expect(sectionsOf(crisis({ status: 'entered-in-error' }))).toEqual(['documents']);
    expect(sectionsOf(crisis({ docStatus: 'entered-in-error' }))).toEqual(['documents']);
  });

  it('for the end of life stays under End of life care', () => {
    expect(sectionsOf(document('1382601000000107', 'ReSPECT form'))).not.toContain('contingency-plans');
  });

  it.each([
    ['736253002', 'Mental health crisis plan'],
    ['325691000000100', 'Contingency plan'],
    ['887701000000100', 'Emergency health care plan'],
  ])('of type %s %s is opened under Documents and named under Contingency plans', (code, display) => {
    expect(sectionsOf(document(code, display))).toEqual(['documents', 'contingency-plans']);
    expect(sectionsOf(document(code, ''))).toContain('contingency-plans');
  });

  it('that was replaced is past, and says by which date it goes', () => {
    const entries = entriesFrom('trust', document('736253002', 'Crisis plan', { status: 'superseded' }));
    expect(entries.find(({ section }) => section === 'contingency-plans')).toMatchObject({
      state: 'past',
      dateIs: 'recorded',
      reference: 'DocumentReference/d1',
    });
  });
});
