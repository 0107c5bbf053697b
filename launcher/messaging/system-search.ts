import type { Resource } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import {
  findThreadsChanged,
  findThreadsEver,
  placeOfRow,
  type ThreadPlace,
  type ThreadsSought,
} from '../storage/tables/message-search.ts';
import { findThreadIdsOf, type ThreadRow } from '../storage/tables/messages.ts';
import type { FhirType } from './fhir-names.ts';
import { type LoadedThread, loadThreads, type LogDeps } from './thread-log.ts';

/** An EPR that speaks for its organisation, proven by its key. */
export type SystemClient = { readonly id: string; readonly ods: OdsCode };

type Wanted = {
  readonly id?: string;
  readonly nhsNumber?: string;
  /** Address of a team of its own. */
  readonly recipient?: string;
};

/** What is asked for first, so many resources of it at a time; or one of the pages after that, by its mark. */
export type Asked = { readonly wanted: Wanted; readonly count?: number } | { readonly page: string };

export type FoundPage = {
  readonly resources: readonly Resource[];
  /** How to ask for this very page again; nobody can read in it whom they are about. */
  readonly self: string;
  /** There are more, and this is how to ask for them; nobody can read in it whom they are about. */
  readonly next?: string;
  /** All there is, from the first on. */
  readonly whole: boolean;
};

/** As `Wanted`, but for the number of a resident: their name in the tables. */
export type Kept = { readonly id?: string; readonly patientHandle?: string; readonly recipient?: string };

/** Where a search goes on, sealed for the client that began it. `began` and `until` are ISO instants. */
type Mark = {
  readonly form: 1;
  readonly kept: Kept;
  readonly count: number;
  readonly began: string;
  readonly until: string;
  readonly part: 'list' | 'changed';
  /** Left out: from the first on. */
  readonly place?: ThreadPlace;
  /** Resources of the thread at that place that were given already. */
  readonly given: number;
};

type Step = { readonly part: Mark['part']; readonly loaded: LoadedThread };

type SearchDeps = LogDeps & { readonly database: Database };

/** Whether this client's organisation takes part, and what it is shown of it, as resources of the type it asks for. */
export type Judged = (loaded: LoadedThread, kept: Kept) => Promise<readonly Resource[]>;

const MOST = 200;
/** Of one request; whoever has so many threads that none of these is theirs is given the next page. */
const MOST_LOOKED_AT = 2_000;
const MARK_LIFE_MS = 3_600_000;
/** Launchers' clocks differ, and what was written before is there only when its transaction is at its end. */
const OVERLAP_MS = 30_000;

/**
 * A search in pages. Who takes part is judged before a page is cut, never after: however many conversations others have of a
 * resident, none pushes out what is this organisation's own. What was changed while the pages were read may have moved to
 * one that had been read already: it comes last, once more rather than never (safety H10).
 */
export async function searchThreads(
  client: SystemClient,
  type: FhirType,
  asked: Asked,
  judged: Judged,
  deps: SearchDeps,
): Promise<FoundPage & { readonly threads: readonly LoadedThread[] }> {
  const mark = 'page' in asked ? openMark(asked.page, client, type, deps) : markFor(asked, deps);
  const walk = stepsFrom(await soughtBy(mark.kept, client, type, deps), mark, deps);
  const resources: Resource[] = [];
  const threads: LoadedThread[] = [];
  const next = ({ part, loaded: { row } }: Step, given: number): string =>
    sealMark({ ...mark, part, place: placeOfRow(row), given }, client, type, deps);
  const self = 'page' in asked ? asked.page : sealMark(mark, client, type, deps);
  let looked = 0;
  let whole = mark.place === undefined;
  for await (const step of walk) {
    if (looked === MOST_LOOKED_AT) return { resources, threads, self, next: next(step, 0), whole: false };
    looked += 1;
    const { loaded, part } = step;
    // What is given once more is not to be counted twice.
    whole &&= part === 'list';
    const its = await judged(loaded, mark.kept);
    const before = isAt(mark, step) ? mark.given : 0;
    const fits = its.slice(before, before + mark.count - resources.length);
    resources.push(...fits);
    if (fits.length > 0) threads.push(loaded);
    const given = before + fits.length;
    if (given < its.length) return { resources, threads, self, next: next(step, given), whole: false };
  }
  return { resources, threads, self, whole };
}

async function* stepsFrom(sought: ThreadsSought, mark: Mark, deps: SearchDeps): AsyncGenerator<Step> {
  const { queries } = deps.database;
  const seen = new Set<string>();
  const load = (rows: readonly ThreadRow[]): Promise<readonly LoadedThread[]> => {
    const fresh = rows.filter(({ id, version }) => !seen.has(`${id} ${String(version)}`));
    for (const { id, version } of fresh) seen.add(`${id} ${String(version)}`);
    return loadThreads(queries, fresh, deps);
  };
  // One more than a page, so that a short list is one question; the place it is asked from is the first of the answer.
  const limit = Math.min(mark.count, MOST - 1) + 2;
  let from = mark.place;
  if (mark.part === 'list') {
    let questions = 0;
    for (let more = true; more; questions += 1) {
      const rows = await findThreadsEver(queries, sought, from, limit);
      for (const loaded of await load(rows)) yield { part: 'list', loaded };
      const last = rows.at(-1);
      more = rows.length === limit;
      from = last ? placeOfRow(last) : from;
    }
    if (mark.place === undefined && questions === 1) return;
    from = undefined;
  }
  const began = { changedAt: new Date(Date.parse(mark.began) - OVERLAP_MS).toISOString(), id: '' };
  for (let more = true; more;) {
    const rows = await findThreadsChanged(queries, sought, from ?? began, limit);
    for (const loaded of await load(rows)) yield { part: 'changed', loaded };
    const last = rows.at(-1);
    more = rows.length === limit;
    from = last ? placeOfRow(last) : from;
  }
}

async function soughtBy(kept: Kept, client: SystemClient, type: FhirType, deps: SearchDeps): Promise<ThreadsSought> {
  const { id, patientHandle, recipient } = kept;
  if (id !== undefined)
    return { ids: type === 'Communication' ? await findThreadIdsOf(deps.database.queries, id) : [id] };
  if (patientHandle !== undefined) return { patientHandle, ods: client.ods };
  const own = deps.teams.listed
    .map(({ correspondent }) => correspondent.address)
    .filter((address) => address.startsWith(`${client.ods}/`));
  return { addresses: recipient !== undefined && own.includes(recipient) ? [recipient] : own };
}

/** The very thread as it was when a page ended in the midst of it; one that has changed since is given whole. */
function isAt({ part, place }: Mark, { part: now, loaded: { row } }: Step): boolean {
  return part === now && place?.id === row.id && place.changedAt === row.changed_at;
}

function markFor(
  { wanted, count = MOST }: { readonly wanted: Wanted; readonly count?: number },
  deps: SearchDeps,
): Mark {
  const { id, nhsNumber, recipient } = wanted;
  const nowMs = deps.now();
  return {
    form: 1,
    kept: {
      ...(id !== undefined && { id }),
      ...(nhsNumber !== undefined && { patientHandle: deps.vault.handle(nhsNumber) }),
      ...(recipient !== undefined && { recipient }),
    },
    count: Math.min(Math.max(count, 1), MOST),
    began: new Date(nowMs).toISOString(),
    until: new Date(nowMs + MARK_LIFE_MS).toISOString(),
    part: 'list',
    given: 0,
  };
}

/** Sealed under the store's own key, which all launchers have; bound in are whose it is and what it is a page of. */
function sealMark(mark: Mark, client: SystemClient, type: FhirType, { vault }: SearchDeps): string {
  return Buffer.from(vault.sealOwn(boundTo(client, type), JSON.stringify(mark)), 'base64').toString('base64url');
}

function openMark(page: string, client: SystemClient, type: FhirType, deps: SearchDeps): Mark {
  const mark = unseal(page, client, type, deps);
  if (mark?.form !== 1 || Date.parse(mark.until) <= deps.now()) throw new CorridorError('message.page_gone');
  return mark;
}

function unseal(page: string, client: SystemClient, type: FhirType, { vault }: SearchDeps): Mark | undefined {
  try {
    const sealed = Buffer.from(page, 'base64url').toString('base64');
    return JSON.parse(vault.openOwn(boundTo(client, type), sealed)) as Mark;
  } catch {
    // Whatever it was, it is no mark that this client was given for this.
    return undefined;
  }
}

function boundTo({ id, ods }: SystemClient, type: FhirType): string {
  return `search|${id}|${ods}|${type}`;
}
