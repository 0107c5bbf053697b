import { describe, expect, it, vi } from 'vitest';
import type { Entry, Reading } from '../../../src/record/entry.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { Section } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';

/** Sections of the test: what they are, what they read, and what they take besides. */
vi.mock('../../../src/record/sections/index.ts', () => {
  const entry = (title: string): Entry => ({ title }) as unknown as Entry;
  const reading = (...titles: readonly string[]): Reading => ({ entries: titles.map(entry), unread: [] });
  const fault = (): never => {
    throw new TypeError('a fault of the reader');
  };
  const unreadable = (resource: Resource, { source }: ReadContext): Reading => ({
    entries: [],
    unread: [{ origin: { source, resource: '' }, resourceType: resource.resourceType, reason: 'must-have-missing' }],
  });
  const sections: readonly Partial<Section>[] = [
    { reads: ['Flag', 'Goal'], read: (resource) => (resource['mine'] === true ? reading('first') : null) },
    { reads: ['Flag', 'Goal'], read: () => reading('second'), takes: ['Task'] },
    { reads: ['Flag'], read: () => reading('third') },
    { reads: ['Condition'], read: fault },
    { reads: ['Procedure'], read: fault, takes: ['Condition'], take: () => [entry('taken')] },
    { reads: ['Observation'], read: unreadable, takes: ['Procedure'], take: fault },
    { reads: [], takes: ['Goal'], take: () => [entry('taken as well')] },
    { reads: ['Basic'], read: () => null },
    { reads: [], takes: ['Group'], take: () => [entry('a member')] },
  ];
  return { SECTIONS: sections };
});

const read = (resourceType: string, more: object = {}) => {
  const { entries, unread } = readResources([{ resourceType, id: 'x', ...more }], 'gp' as SourceId);
  return [entries.map(({ title }) => title), unread.map(({ reason }) => reason)];
};

describe('a resource that several sections read', () => {
  it('is unread where none of them reads it, or the reader of its type says that it could not', () => {
    expect(read('Basic')).toEqual([[], ['type-not-read']]);
    expect(read('Observation')).toEqual([[], ['must-have-missing']]);
  });

  it('is unread as a whole where nobody claims it, though somebody takes a part of it', () => {
    expect(read('Group')).toEqual([['a member'], ['type-not-read']]);
  });

  it('is counted once for each reader that has a fault, and what the others make of it stays', () => {
    expect(read('Condition')).toEqual([['taken'], ['reader-fault']]);
    expect(read('Procedure')).toEqual([[], ['reader-fault', 'reader-fault']]);
  });

  it('is named by its type and its own id where a reader has a fault, and by nothing else of it', () => {
    const { unread } = readResources(
      [{ resourceType: 'Condition', id: 'x', meta: { versionId: '7' } }],
      'gp' as SourceId,
    );
    expect(unread).toEqual([
      { origin: { source: 'gp', resource: 'Condition/x' }, resourceType: 'Condition', reason: 'reader-fault' },
    ]);
  });

  it('is the first one’s that claims it, in the order of the sections', () => {
    expect(read('Flag', { mine: true })).toEqual([['first'], []]);
    expect(read('Flag')).toEqual([['second'], []]);
  });

  it('is read by who claims it, and others take from it besides', () => {
    expect(read('Goal', { mine: true })).toEqual([['first', 'taken as well'], []]);
  });

  it('is unread where who might take from it takes nothing and nobody claims it', () => {
    expect(read('Task')).toEqual([[], ['type-not-read']]);
  });
});

it('what is no resource is counted beside what is, with nothing of it but whose it was', () => {
  const { entries, unread } = readResources([null, { resourceType: 'Flag', id: 'x' }, 5], 'gp' as SourceId);
  expect(entries).toHaveLength(1);
  const strange = { origin: { source: 'gp', resource: '' }, resourceType: '', reason: 'not-a-resource' };
  expect(unread).toEqual([strange, strange]);
});
