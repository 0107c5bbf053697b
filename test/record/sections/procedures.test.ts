import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { procedures, type ProcedureEntry } from '../../../src/record/sections/procedures.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

function procedure(change: object = {}): Resource {
  return {
    resourceType: 'Procedure',
    id: '1',
    status: 'completed',
    code: { text: 'Hip replacement' },
    performedDateTime: '2015-06-01',
    ...change,
  };
}

const read = (change: object = {}): ProcedureEntry => entryFrom<ProcedureEntry>(procedure(change));
const keyOf = (change: object = {}): string => procedures.factKey(read(change));

describe('a procedure', () => {
  it.each([
    'Cervical smear refused',
    'Colonoscopy not done',
    'Blood transfusion declined',
    'Bowel scope: did not attend',
  ])('called “%s” was not done, though it be completed', (text) => {
    expect(read({ code: { text } }).state).toBe('negated');
    expect(read({ code: { text }, status: 'entered-in-error' }).state).toBe('in-error');
  });

  it.each(['Failed intubation', 'Attempted cannulation of vein', 'Removal of drain'])(
    'called “%s” was done',
    (text) => {
      expect(read({ code: { text } }).state).toBe('past');
    },
  );

  it('is unread, and counted, when nothing says which', () => {
    expect(readResources([procedure({ code: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Procedure.code' }],
    });
  });

  it.each([
    ['preparation', 'planned'],
    ['in-progress', 'current'],
    ['not-done', 'negated'],
    ['on-hold', 'unknown'],
    ['stopped', 'past'],
    ['completed', 'past'],
    ['entered-in-error', 'in-error'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ status })).toMatchObject({ state });
  });

  it('that was begun and stopped is not shown as plainly done', () => {
    expect(read({ status: 'stopped', statusReason: { text: 'Bleeding' } })).toMatchObject({
      cautions: ['cancelled'],
      statusReason: 'Bleeding',
    });
  });

  it('has no date of our invention', () => {
    expect(read({ performedDateTime: undefined, performedString: 'In the war' })).toMatchObject({
      performedText: 'In the war',
    });
    expect(read({ performedDateTime: undefined, performedString: 'In the war' })).not.toHaveProperty('date');
    expect(read({ performedDateTime: undefined, performedAge: { value: 30, unit: 'years' } }).performedText).toBe(
      'aged 30 years',
    );
  });

  it('says who did it, where, why and how it went', () => {
    const entry = read({
      performer: [{ actor: { display: 'Mr B Stone' }, function: { text: 'Surgeon' } }],
      location: { display: 'Theatre 2' },
      reasonCode: [{ text: 'Osteoarthritis' }],
      bodySite: [{ text: 'Left hip' }],
      outcome: { text: 'Successful' },
      complication: [{ text: 'Wound infection' }],
    });
    expect(entry).toMatchObject({
      performers: ['Mr B Stone (Surgeon)'],
      location: 'Theatre 2',
      reasons: ['Osteoarthritis'],
      bodySites: ['Left hip'],
      outcome: 'Successful',
      complications: ['Wound infection'],
    });
  });
});

describe('one line for several records of a procedure', () => {
  it('is made of the same day, whatever the hour', () => {
    expect(keyOf({ performedDateTime: '2015-06-01T10:00:00Z' })).toBe(keyOf());
  });

  it.each([
    ['two without a date', { performedDateTime: undefined }, { performedDateTime: undefined, id: '2' }],
    ['a year and a day of that year', { performedDateTime: '2015' }, {}],
    ['left and right', { bodySite: [{ text: 'Left' }] }, { bodySite: [{ text: 'Right' }] }],
    ['done and not done', {}, { status: 'not-done' }],
    ['done and stopped', {}, { status: 'stopped' }],
  ])('is not made of %s', (_what, a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});
