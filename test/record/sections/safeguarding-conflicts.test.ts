// Proves src/record/sections/safeguarding.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { conflictKinds, conflictsOf } from '../../support/record.ts';

const PLAN = {
  coding: [{ system: 'http://snomed.info/sct', code: '342191000000101', display: 'Subject to child protection plan' }],
};

function flag(change: object = {}): Resource {
  return {
    resourceType: 'Flag',
    id: '1',
    status: 'active',
    category: [{ text: 'Safeguarding' }],
    code: PLAN,
    period: { start: '2026-01-10' },
    ...change,
  };
}

describe('in force here and ended there', () => {
  const ended = (end: string | undefined): Resource =>
    flag({ status: 'inactive', period: { start: '2025-06-01', ...(end && { end }) } });

  it('is no disagreement where the ended one was an earlier one, or stands in the same record', () => {
    expect(conflictKinds({ gp: [flag()], council: [ended('2025-12-01')] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(), { ...ended('2026-03-01'), id: '2' }] })).toEqual([]);
  });

  it('is a disagreement where it ended after the other began, or nobody says when', () => {
    expect(conflictKinds({ gp: [flag()], council: [ended('2026-03-01')] })).toEqual(['safeguarding-ended-elsewhere']);
    expect(conflictKinds({ gp: [flag()], council: [ended(undefined)] })).toEqual(['safeguarding-ended-elsewhere']);
  });

  it('is none between two indicators, two that stand, or where the same record knows of both', () => {
    const other = { ...ended('2026-03-01'), code: { text: 'Domestic abuse' } };
    expect(conflictKinds({ gp: [flag()], council: [other] })).toEqual([]);
    expect(conflictKinds({ gp: [flag()], council: [flag({ period: { start: '2025-01-10' } })] })).toEqual([]);
  });

  it('is judged by the earliest beginning, and on the day itself', () => {
    const since = (start: string): Resource => flag({ period: { start } });
    expect(
      conflictKinds({ gp: [since('2026-05-01')], home: [since('2026-02-01')], council: [ended('2026-03-01')] }),
    ).toEqual(['safeguarding-ended-elsewhere']);
    expect(conflictKinds({ gp: [since('2026-03-01')], council: [ended('2026-03-01')] })).toEqual([
      'safeguarding-ended-elsewhere',
    ]);
    expect(conflictKinds({ gp: [flag({ period: undefined })], council: [ended('2020-03-01')] })).toEqual([
      'safeguarding-ended-elsewhere',
    ]);
  });

  it('is none between two that ended, nor where one only may stand', () => {
    expect(conflictKinds({ gp: [ended('2025-12-01')], council: [ended('2026-03-01')] })).toEqual([]);
    expect(conflictKinds({ gp: [flag()], council: [flag({ status: 'unknown', period: undefined })] })).toEqual([]);
  });

  it('names both sides, under safeguarding', () => {
    const [conflict] = conflictsOf({ gp: [flag()], council: [ended('2026-03-01')] });
    expect(conflict).toMatchObject({ section: 'safeguarding', sides: ['gp/Flag/1', 'council/Flag/1'] });
  });

  it('is one where only one of several that ended stands elsewhere, and none where each stands beside one in force', () => {
    const alsoEnded = { ...ended('2026-03-01'), id: '2' };
    expect(conflictKinds({ gp: [flag(), alsoEnded], council: [ended('2026-03-01')] })).toEqual([
      'safeguarding-ended-elsewhere',
    ]);
    expect(conflictKinds({ gp: [flag(), alsoEnded], council: [flag()] })).toEqual([]);
  });

  it('is one where the ended one has no dates at all', () => {
    expect(conflictKinds({ gp: [flag()], council: [flag({ status: 'inactive', period: undefined })] })).toEqual([
      'safeguarding-ended-elsewhere',
    ]);
  });
});
