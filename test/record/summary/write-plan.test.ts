import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { writeEntry } from '../../../src/record/summary/write-entry.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const plan = { resourceType: 'CarePlan', id: '1', status: 'active', intent: 'plan', title: 'Diabetes plan' };
const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};

describe('a plan in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...plan,
      contained: [
        {
          resourceType: 'CareTeam',
          id: 'team',
          participant: [{ member: { display: 'Ann' } }, { member: { display: 'Bob' } }],
        },
      ],
      careTeam: [{ reference: '#team' }],
      identifier: [{ system: 'https://plans.example', value: '7|b' }],
      category: [{ coding: [{ code: 'c', display: 'Diabetes care' }], text: 'Diabetes' }, { text: 'Feet' }],
      description: 'For the year',
      period: { start: '2020', end: '2030' },
      author: { display: 'Dr Ada' },
      contributor: [{ display: 'Nurse Ann' }],
      addresses: [{ display: 'Diabetes' }],
      goal: [{ display: 'Walk daily' }],
      note: [{ text: 'As told' }],
      activity: [
        {
          progress: [{ text: 'Well' }],
          detail: {
            status: 'in-progress',
            statusReason: { text: 'Better' },
            doNotPerform: true,
            location: { display: 'Gym' },
            performer: [{ display: 'Trainer' }],
            description: 'Run',
          },
        },
        { detail: { status: 'completed', description: 'Feet looked at' } },
      ],
    };
    expect(written(full)).toEqual({ ...full, subject: { reference: 'Patient/p' } });
    same(full);
  });

  it('has nothing that is not said', () => {
    expect(written({ ...plan, status: undefined, intent: undefined })).toEqual({
      resourceType: 'CarePlan',
      id: '1',
      _status: UNKNOWN,
      _intent: UNKNOWN,
      title: 'Diabetes plan',
      subject: { reference: 'Patient/p' },
    });
    const step = { ...plan, activity: [{ detail: { description: 'Run' } }] };
    expect(written(step)['activity']).toEqual([{ detail: { description: 'Run', _status: UNKNOWN } }]);
    same(step);
  });

  it('keeps who wrote it apart from who helped, and names no author where none is told', () => {
    const helped = { ...plan, contributor: [{ display: 'Nurse Ann' }] };
    expect(written(helped)).toMatchObject({ contributor: [{ display: 'Nurse Ann' }] });
    expect(written(helped)).not.toHaveProperty('author');
    same(helped);
    const alone = { ...plan, author: { display: 'Dr Ada' } };
    expect(written(alone)).toMatchObject({ author: { display: 'Dr Ada' } });
    expect(written(alone)).not.toHaveProperty('contributor');
    same(alone);
  });

  it('stands on the day on which it was filed where it tells of no other', () => {
    const filed = { ...plan, created: '2020-01-01' };
    expect(written(filed)).toMatchObject({ created: '2020-01-01' });
    same(filed);
    expect(written({ ...filed, period: { start: '2021' } })).not.toHaveProperty('created');
  });

  it('names what it replaces, so that nobody follows both', () => {
    const before = { reference: 'urn:uuid:before' };
    const linked = (rel: string) => (rel === 'replaces' ? [before] : []);
    expect(written(plan, undefined, linked)).toMatchObject({ replaces: [before] });
  });

  it.each([
    ['for a crisis', { title: 'Crisis plan', category: [{ text: 'Contingency plan' }] }],
    ['without a title', { title: undefined, description: 'Only words' }],
    ['that is not yet agreed', { intent: 'proposal' }],
    ['of categories in words', { category: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] }],
  ])('reads back as the same: %s', (_what, change) => {
    same({ ...plan, ...change });
  });

  it('that is a letter is a letter', () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: '1',
      status: 'current',
      type: { text: 'Contingency plan' },
      content: [{ attachment: { title: 'Contingency plan' } }],
    };
    expect(written(letter, 'contingency-plans')).toMatchObject({
      resourceType: 'DocumentReference',
      status: 'current',
    });
  });

  it('is by who said it, though the person stands before them', () => {
    const both = { ...plan, author: [{ reference: 'Patient/1', display: 'Alex' }, { display: 'Dr Ada' }] };
    expect(entryFrom(written(both)).origin.by).toBe('Dr Ada');
    expect(written(both)).toMatchObject({ author: { display: 'Dr Ada' }, contributor: [{ display: 'Alex' }] });
  });

  it('is no goal that stands by itself', () => {
    const goal = { resourceType: 'Goal', id: '1', lifecycleStatus: 'active', description: { text: 'Walk' } };
    expect(writeEntry(entryFrom(goal), '1', { subject: {}, organisation: {}, linked: () => [] })).toBeUndefined();
  });
});
