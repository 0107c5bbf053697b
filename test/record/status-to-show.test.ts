import { describe, expect, it } from 'vitest';
import type { Entry, EntryState } from '../../src/record/entry.ts';
import { statusToShow } from '../../src/record/status-to-show.ts';

const shown = (state: EntryState, statusAsRecorded?: string): string | undefined =>
  statusToShow({ state, ...(statusAsRecorded && { statusAsRecorded }) } as Entry);

describe('the source’s own status word', () => {
  it('is shown where our reading of it leaves something out', () => {
    expect(shown('current', 'on-hold')).toBe('on-hold');
    expect(shown('current', 'recurrence, confirmed')).toBe('recurrence');
    expect(shown('negated', 'noshow')).toBe('noshow');
  });

  it.each([
    ...['accepted', 'arrived', 'checked-in', 'declined', 'draft', 'failed', 'eligible', 'follow-up', 'health-unknown'],
    ...['noshow', 'not-taken', 'on-hold', 'onhold', 'onleave', 'on-study-intervention', 'on-study-observation'],
    ...['partial', 'ready', 'received', 'recurrence', 'rejected', 'relapse', 'remission', 'revoked', 'stopped'],
    ...['suspended', 'triaged', 'waitlist'],
  ])('is shown for what it says beyond being current, over, planned or called off: %s', (status) => {
    for (const state of ['current', 'past', 'planned', 'negated'] as const) expect(shown(state, status)).toBe(status);
    expect(shown('unknown', `${status}, confirmed`)).toBe(status);
  });

  it('is each of several that say something, and of a standing nobody knows none that tells nothing', () => {
    expect(shown('past', 'remission, active, on-hold')).toBe('remission, on-hold');
    expect(shown('unknown', 'confirmed')).toBeUndefined();
    expect(shown('unknown', 'unknown, completed, confirmed')).toBeUndefined();
  });

  it('is shown where it is all there is', () => {
    expect(shown('unknown', 'frobnicated')).toBe('frobnicated');
    expect(shown('unknown', 'active, confirmed')).toBe('active');
  });

  it('is not said twice, and "unknown" is no word at all', () => {
    for (const status of ['active', 'final', 'completed', 'active, confirmed'])
      expect(shown('current', status)).toBeUndefined();
    for (const status of ['unknown', 'completed', undefined]) expect(shown('unknown', status)).toBeUndefined();
  });
});
