import { randomBytes } from 'node:crypto';
import type { Resource } from '../../src/record/resource.ts';
import type { Bearer } from './bearer.ts';
import type { Search } from './search.ts';

/** The rest of a search, behind a `next` link. */
export type Rest = {
  readonly search: Search;
  readonly matches: readonly Resource[];
  readonly offset: number;
  readonly owner: string;
};

export type Pages = { keep(rest: Rest): string; find(token: string, owner: string): Rest | undefined };

const LIMIT = 5_000;

/** `next` links are opaque: they say nothing of the search, and serve only the client and chart they were made for. */
export function openPages(): Pages {
  const kept = new Map<string, Rest>();
  return {
    keep(rest) {
      const oldest = kept.keys().next();
      if (kept.size >= LIMIT && !oldest.done) kept.delete(oldest.value);
      const token = randomBytes(18).toString('base64url');
      kept.set(token, rest);
      return token;
    },
    find(token, owner) {
      const rest = kept.get(token);
      return rest?.owner === owner ? rest : undefined;
    },
  };
}

export function ownerOf(bearer: Bearer): string {
  return `${bearer.clientId}|${bearer.chart?.patientId ?? ''}`;
}
