import { describe, expect, it } from 'vitest';
import { readConditionStanding } from '../../../src/record/fhir/condition-standing.ts';

const code = (one: string): object => ({ coding: [{ code: one }] });
const standing = (change: object) => readConditionStanding({ resourceType: 'Condition', id: '1', ...change });

describe('how a Condition stands', () => {
  it('is not known where its source says nothing', () => {
    expect(standing({})).toEqual({ cautions: [], state: 'unknown' });
    expect(standing({ clinicalStatus: code('strange') })).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['active', 'current'],
    ['recurrence', 'current'],
    ['relapse', 'current'],
    ['inactive', 'past'],
    ['remission', 'past'],
    ['resolved', 'past'],
  ])('is by its clinical status: %s, %s', (status, state) => {
    expect(standing({ clinicalStatus: code(status) })).toMatchObject({ state, statusAsRecorded: status });
  });

  it.each([
    ['entered-in-error', 'in-error'],
    ['refuted', 'negated'],
  ])('is never current where it is %s', (verification, state) => {
    const said = { clinicalStatus: code('active'), verificationStatus: code(verification) };
    expect(standing(said)).toMatchObject({ state, statusAsRecorded: `active, ${verification}` });
  });

  it.each(['unconfirmed', 'provisional', 'differential'])('is in doubt where it is %s', (verification) => {
    const said = { clinicalStatus: code('active'), verificationStatus: code(verification) };
    expect(standing(said)).toMatchObject({ state: 'current', cautions: ['unconfirmed'] });
  });

  it('is in no doubt where it is confirmed, and tells that alone where nothing else is said', () => {
    expect(standing({ verificationStatus: code('confirmed') })).toEqual({
      cautions: [],
      state: 'unknown',
      statusAsRecorded: 'confirmed',
    });
  });
});

describe('when a Condition stands', () => {
  it('is since it began, and until it ended', () => {
    expect(standing({ onsetDateTime: '2010', abatementDateTime: '2012', recordedDate: '2011' })).toMatchObject({
      date: '2010',
      period: { start: '2010', end: '2012' },
    });
    expect(standing({ onsetDateTime: '2010' })).not.toHaveProperty('dateIs');
    expect(standing({ onsetDateTime: '2010' }).period).toEqual({ start: '2010' });
    expect(standing({ abatementPeriod: { start: '2012' } }).period).toEqual({ end: '2012' });
  });

  it('is when it was recorded where nobody says when it began, and says so', () => {
    expect(standing({ recordedDate: '2011' })).toEqual({
      cautions: [],
      state: 'unknown',
      date: '2011',
      dateIs: 'recorded',
    });
    expect(standing({ recordedDate: '2011', abatementDateTime: '2012' })).toMatchObject({
      date: '2011',
      dateIs: 'recorded',
      period: { end: '2012' },
    });
  });

  it('is over when its end was over as its source last touched it', () => {
    const ended = { clinicalStatus: code('active'), abatementDateTime: '2012-01-01' };
    expect(standing({ ...ended, meta: { lastUpdated: '2013-01-01T00:00:00Z' } }).state).toBe('past');
    expect(standing({ ...ended, meta: { lastUpdated: '2011-01-01T00:00:00Z' } }).state).toBe('current');
  });
});
