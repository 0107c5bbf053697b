import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import { readPeriod } from '../../../src/record/fhir/date.ts';
import { standing } from '../../../src/record/fhir/standing.ts';

const state = (known: EntryState, end: string | undefined, lastUpdated: string | undefined): EntryState =>
  standing(known, readPeriod({ start: '2020-01-01', end }), {
    resourceType: 'CarePlan',
    id: '1',
    meta: { lastUpdated },
  });

describe('what stands by its status', () => {
  it.each(['current', 'planned', 'unknown'] as const)(
    'is past where it had ended when its source last touched it: %s',
    (known) => {
      expect(state(known, '2026-05-31', '2026-06-02T09:00:00Z')).toBe('past');
    },
  );

  it.each(['past', 'negated', 'in-error'] as const)(
    'is what it was where its status leaves nothing open: %s',
    (known) => {
      expect(state(known, '2026-05-31', '2026-06-02T09:00:00Z')).toBe(known);
    },
  );

  it.each([
    ['its end was still to come', '2026-06-30', '2026-06-02T09:00:00Z'],
    ['its last day was not over', '2026-06-02', '2026-06-02T09:00:00Z'],
    ['only its month is told, which was not over', '2026-06', '2026-06-02T09:00:00Z'],
    ['nothing says when it ends', undefined, '2026-06-02T09:00:00Z'],
    ['nothing says when its source last touched it', '2020-05-31', undefined],
    ['the source’s own time can’t be read', '2020-05-31', 'lately'],
  ])('stands where %s', (_why, end, lastUpdated) => {
    expect(state('current', end, lastUpdated)).toBe('current');
  });

  it('stands where it has no period, or its source says nothing of itself', () => {
    const resource = { resourceType: 'CarePlan', id: '1' };
    expect(standing('current', undefined, { ...resource, meta: { lastUpdated: '2026-06-02T09:00:00Z' } })).toBe(
      'current',
    );
    expect(standing('current', readPeriod({ end: '2020-01-01' }), resource)).toBe('current');
  });
});
