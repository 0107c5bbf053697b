import type { Resource } from '../src/record/resource.ts';
import type { Bundle } from './read-and-merge.ts';

/** What a record would hold if every source were right: the same fields for every type, none of them judged. */
type Plain = {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly codings: readonly Coding[];
  readonly state: string;
  readonly date: string;
  readonly value?: { readonly value: string; readonly unit: string };
  readonly origin: { readonly source: string; readonly resource: string; readonly lastUpdated: unknown };
};

type Coding = { readonly system?: unknown; readonly code?: unknown; readonly display?: unknown };

/**
 * The least that parsing, reading, grouping and ordering can cost here: one object for each resource, one key of six
 * parts, one order by date, and not one safety rule. It is wrong about most of `data-quirks.md`; it is measured, never used.
 */
export function mergeWithoutRules(pages: ReadonlyMap<string, readonly string[]>): number {
  const groups = new Map<string, Plain[]>();
  for (const [source, texts] of pages) {
    for (const text of texts) {
      for (const { resource } of (JSON.parse(text) as Bundle).entry ?? []) {
        const entry = plainEntry(resource, source);
        const key = keyOf(entry);
        const group = groups.get(key);
        if (group) group.push(entry);
        else groups.set(key, [entry]);
      }
    }
  }
  return [...groups]
    .map(([key, entries]) => ({ key, entries, moment: Date.parse(entries[0]?.date ?? '') || 0 }))
    .sort((a, b) => b.moment - a.moment || (a.key < b.key ? -1 : 1)).length;
}

function plainEntry(resource: Resource, source: string): Plain {
  const code = part(resource, 'code') ?? part(resource, 'medicationCodeableConcept') ?? part(resource, 'vaccineCode');
  const codings = ((code?.['coding'] as readonly Coding[] | undefined) ?? []).map(
    ({ system, code: value, display }) => ({
      system,
      code: value,
      display,
    }),
  );
  const quantity = part(resource, 'valueQuantity');
  const date = ['effectiveDateTime', 'authoredOn', 'recordedDate', 'occurrenceDateTime', 'date'].find(
    (name) => typeof resource[name] === 'string',
  );
  return {
    id: `${source}/${resource.resourceType}/${String(resource.id)}`,
    type: resource.resourceType,
    title: (code?.['text'] ?? codings[0]?.display ?? '') as string,
    codings,
    state: String(resource['status']),
    date: date === undefined ? '' : String(resource[date]),
    ...(quantity && { value: { value: String(quantity['value']), unit: String(quantity['unit']) } }),
    origin: {
      source,
      resource: `${resource.resourceType}/${String(resource.id)}`,
      lastUpdated: part(resource, 'meta')?.['lastUpdated'],
    },
  };
}

function keyOf({ type, codings, title, date, state, value }: Plain): string {
  return JSON.stringify([type, codings[0]?.code ?? title, date.slice(0, 10), state, value?.value, value?.unit]);
}

function part(resource: Resource, name: string): { readonly [element: string]: unknown } | undefined {
  return resource[name] as { readonly [element: string]: unknown } | undefined;
}
