import type { SourceStatus } from '../src/record/source-status.ts';
import type { Source, SourceId } from '../src/record/source.ts';
import { buildSyntheticRecord } from './synthetic-record.ts';

const PAGE = 200;

/** What each source would send, as text: searchset Bundles of at most 200 matches. */
export function syntheticPages(sources: number, resources: number): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from({ length: sources }, (_, source) => {
      const byType = buildSyntheticRecord(source, Math.ceil(resources / sources));
      const texts = [...byType].flatMap(([, list]) =>
        Array.from({ length: Math.ceil(list.length / PAGE) }, (_page, page) =>
          JSON.stringify({
            resourceType: 'Bundle',
            type: 'searchset',
            total: list.length,
            entry: list
              .slice(page * PAGE, (page + 1) * PAGE)
              .map((resource) => ({ resource, search: { mode: 'match' } })),
          }),
        ),
      );
      return [`source-${source}`, texts] as const;
    }),
  );
}

export function syntheticSources(count: number): readonly Source[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `source-${index}` as SourceId,
    organisation: { ods: `XR${String(index).padStart(3, '0')}`, name: `Organisation ${index}`, kind: 'acute' },
    home: index === 0,
  })) as unknown as readonly Source[];
}

export function settledStatus(): SourceStatus {
  return { state: 'answered', at: '2026-11-22T09:00:00Z', tookMs: 1, sections: {} };
}
