// Proves src/record/merge.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Unread } from '../../../src/record/entry.ts';
import type { FinalSourceStatus } from '../../../src/record/source-status.ts';
import { asthma, GP, holding, HOSPITAL, section, statuses } from '../../support/record-parts.ts';
import { answered, entriesFrom } from '../../support/record.ts';

describe('absence', () => {
  it.each(['late', 'unavailable', 'failed', 'truncated', 'withheld', 'not-agreed'] as const)(
    'is never "nothing recorded" while one source is %s for the section',
    (state) => {
      const view = section({ statuses: statuses(holding('nothing-held'), holding(state)) }, 'allergies');
      expect(view.absence.kind).toBe('incomplete');
    },
  );

  it('is incomplete while a source has not answered, and counts who is missing', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), { state: 'waiting' }) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 1, waiting: 1, silent: 0, withheld: 0 });
  });

  it('is incomplete for a source without any status, and where there is no source', () => {
    expect(section({}, 'allergies').absence.kind).toBe('incomplete');
    expect(section({ sources: [] }, 'allergies').absence.kind).toBe('incomplete');
  });

  it('is incomplete where a source failed as a whole and its row names no section', () => {
    const failed: FinalSourceStatus = {
      state: 'unavailable',
      code: 'source.unreachable',
      at: '2026-11-22T09:00:00Z',
      tookMs: 1,
      sections: {},
    };
    const view = section({ statuses: statuses(holding('nothing-held'), failed) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 1, waiting: 0, silent: 1, withheld: 0 });
    expect(view.answers).toContainEqual({
      source: HOSPITAL.id,
      answer: { state: 'unavailable', count: 0, code: 'source.unreachable' },
    });
  });

  it('is incomplete where something of that type came and could not be read', () => {
    const unread: readonly Unread[] = [
      {
        origin: { source: GP.id, resource: 'AllergyIntolerance/1' },
        resourceType: 'AllergyIntolerance',
        reason: 'must-have-missing',
      },
    ];
    const view = section({ statuses: statuses(holding('answered'), holding('nothing-held')), unread }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 2, waiting: 0, silent: 0, withheld: 0, unread: 1 });
  });

  it('is "nothing recorded" when every source that was asked has answered', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), holding('answered')) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'nothing-recorded', answered: 2 });
  });

  it('does not count a source that was not asked for the section', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), answered({})) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'nothing-recorded', answered: 1 });
    expect(view.answers.map(({ source }) => source)).toEqual([GP.id]);
  });

  it('is none where there is a fact', () => {
    expect(section({ entries: entriesFrom('gp', asthma('1')) }, 'problems').absence).toEqual({ kind: 'none' });
  });
});
