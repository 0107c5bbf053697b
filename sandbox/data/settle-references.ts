import { createHash } from 'node:crypto';
import { asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Brought } from './read-file.ts';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * Gives every resource an id of its own and makes references relative: `urn:uuid:…`, the file's own absolute addresses
 * and conditional references (`Practitioner?identifier=…`) all become `Type/id`. What nothing here answers to stays as it is.
 */
export function settleReferences(brought: readonly Brought[]): readonly Resource[] {
  const targets = new Map<string, string>();
  const settled = brought.map(({ resource, fullUrl }) => {
    const id = idOf(resource, fullUrl);
    const target = `${resource.resourceType}/${id}`;
    if (fullUrl !== undefined) targets.set(fullUrl, target);
    for (const identifier of asObjects(resource['identifier'])) {
      const value = `${asString(identifier['system']) ?? ''}|${asString(identifier['value']) ?? ''}`;
      targets.set(`${resource.resourceType}?identifier=${value}`, target);
    }
    return { ...resource, id };
  });
  const newest = new Map(settled.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  return [...newest.values()].map((resource) => rewrite(resource, targets) as Resource);
}

function idOf(resource: Resource, fullUrl: string | undefined): string {
  const given = asString(resource.id) ?? fullUrl?.split(/[/:]/).at(-1) ?? JSON.stringify(resource);
  return ID.test(given) ? given : createHash('sha256').update(given).digest('hex').slice(0, 32);
}

function rewrite(value: unknown, targets: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => rewrite(item, targets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]: [string, unknown]) => {
      // `url` too: an attachment may point at a Binary of the same file.
      const pointer = (name === 'reference' || name === 'url') && typeof child === 'string';
      return [name, pointer ? (targets.get(child) ?? child) : rewrite(child, targets)];
    }),
  );
}
