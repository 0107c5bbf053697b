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
