import { describe, expect, it, vi } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Section } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';

/** One section that takes these types for its own and says nothing of them: what no section may do, and one might. */
vi.mock('../../../src/record/sections/index.ts', () => {
  const swallowing: Pick<Section, 'id' | 'reads' | 'read'> = {
    id: 'problems',
    reads: ['Condition', 'Device', 'Organization'],
    read: () => ({ entries: [], unread: [] }),
  };
  return { SECTIONS: [swallowing] };
});

const reasonsFor = (resourceType: string, more: object = {}): readonly string[] => {
  const { entries, unread } = readResources([{ resourceType, id: 'x', ...more }], 'gp' as SourceId);
  expect(entries).toEqual([]);
  return unread.map(({ reason }) => reason);
};

describe('a resource that leaves nothing behind', () => {
  it('is unread where a section claims it and says nothing', () => {
    expect(reasonsFor('Condition')).toEqual(['type-not-read']);
  });

  it('is unread where no section claims it', () => {
    expect(reasonsFor('Claim')).toEqual(['type-not-read']);
  });

  it('is no gap where it is a part of other statements', () => {
    expect(reasonsFor('Organization')).toEqual([]);
    expect(reasonsFor('Practitioner')).toEqual([]);
  });

  it('is no gap where a rule names why', () => {
    expect(reasonsFor('Device')).toEqual([]);
    expect(reasonsFor('Provenance')).toEqual([]);
  });
});
