import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { community } from '../support/sandbox/people.ts';

/** What leads to something and is never read by a person, so it must stay exactly as it is. */
const ADDRESSES = new Set(['resourceType', 'id', 'reference', 'url', 'system', 'use']);
const OVERRIDE = '\u202e';

/** Every text with an override before its last character. */
function turned(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return ADDRESSES.has(name) ? value : `${value.slice(0, -1)}${OVERRIDE}${value.slice(-1)}`;
  if (Array.isArray(value)) return value.map((item) => turned(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, turned(item, key)]));
}

function shown({ id: _id, links: _links, labels: _labels, ...entry }: Entry): string {
  const { resource: _resource, ...origin } = entry.origin;
  const { businessId: _businessId, ...rest } = entry as typeof entry & { readonly businessId?: string };
  return JSON.stringify({ ...rest, origin });
}

describe('an override in every text of every resource of the sandbox', () => {
  it.each([...community.resources.keys()])('reaches no line of %s', (ods) => {
    const resources = (community.resources.get(ods) ?? []).map((resource) => turned(resource) as Resource);
    const { entries } = readResources(resources, ods as SourceId);
    expect(entries.length > 0).toBe(resources.length > 0);
    const reached = entries.filter((entry) => shown(entry).includes(OVERRIDE));
    expect(reached.map(shown)).toEqual([]);
  });
});
