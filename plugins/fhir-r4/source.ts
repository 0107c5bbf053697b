import { NHS_NUMBER_SYSTEM } from '../../src/record/nhs-number.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import {
  SourceTrouble,
  type SourceAsk,
  type SourceConnection,
  type SourcePage,
  type SourceResponse,
  type SourceSettings,
  type SourceTools,
  type TypeEnd,
} from '../plugin.ts';
import {
  endByStatus,
  endOf,
  ignoresPerson,
  isJson,
  matchKey,
  readPage,
  resolveNext,
  type Notice,
  type Page,
  type SearchAnswer,
} from './adapt.ts';
import { fetchDocument } from './document.ts';
import { interleave } from './interleave.ts';
import { hasIncludes, orderTypes, searchForm, type TypeAsk } from './search.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';

const FHIR_JSON = 'application/fhir+json';

/** A FHIR R4 server with the standard search (FHIR R4 §3.1.1). */
export function openSource(settings: SourceSettings, tools: SourceTools): SourceConnection {
  const talk: Talk = { base: settings.base, tools };
  return {
    findPatients: (nhsNumber, signal) => findPatients(nhsNumber, talk, signal),
    fetch: (ask, signal) => fetchTypes(ask, talk, signal),
    fetchDocument: (reference, signal) => fetchDocument(reference, talk, signal),
    subscribe: (order, signal) => subscribe(order, talk, signal),
    unsubscribe: (ids, signal) => unsubscribe(ids, talk, signal),
  };
}

export type Talk = { readonly base: string; readonly tools: SourceTools };

async function findPatients(nhsNumber: string, talk: Talk, signal: AbortSignal): Promise<readonly Resource[]> {
  const form = new URLSearchParams({ identifier: `${NHS_NUMBER_SYSTEM}|${nhsNumber}`, _count: '10' });
  const answer = await search('Patient', form, talk, signal);
  if ('page' in answer) return answer.page.matches.filter(isResource);
  throw new SourceTrouble(
    'end' in answer ? codeOf(answer.end) : 'source.invalid_answer',
    'Patient search was not answered with a Bundle',
  );
}

function codeOf(end: TypeEnd): string {
  if (end.state === 'failed') return end.code;
  return end.state === 'withheld' ? 'source.withheld' : 'source.invalid_answer';
}

function fetchTypes(ask: SourceAsk, talk: Talk, signal: AbortSignal): AsyncIterable<SourcePage> {
  const budget = { resources: talk.tools.limits.resources };
  const readers = orderTypes(ask.types).map((type) => () => {
    const typeAsk = {
      type,
      patientId: ask.patientId,
      pageSize: Math.min(200, talk.tools.limits.pageSize),
      ...(ask.ids && { ids: ask.ids }),
      ...(ask.changedSince !== undefined && { changedSince: ask.changedSince }),
    };
    return readType(typeAsk, talk, budget, signal);
  });
  return interleave(readers, talk.tools.limits.concurrency);
}

/** What all types of one question may still bring together. */
type Budget = { resources: number };

/**
 * The pages of one type. Trouble with one type is the end of that type only; an abort ends everything. Not a generator:
 * one that waits to be asked again holds the page it gave last, for as long as a slow reader takes.
 */
function readType(ask: TypeAsk, talk: Talk, budget: Budget, signal: AbortSignal): AsyncIterator<SourcePage> {
  const reading = new TypeReading(talk.base);
  let next: string | undefined;
  let over = false;
  let pages = 0;
  const read = async (url: string): Promise<SearchAnswer> =>
    readSearch(await talk.tools.fetch({ url, method: 'GET', accept: FHIR_JSON }, signal), ask.type, talk);
  return {
    next: async () => {
      if (over) return { done: true, value: undefined };
      const url = next;
      over = true;
      const answer = await attempt(() => (url === undefined ? firstPage(ask, talk, signal) : read(url)), signal);
      pages++;
      if (!('page' in answer))
        return { done: false, value: { type: ask.type, resources: [], end: endWithoutPage(answer, pages) } };
      const { page } = answer;
      budget.resources -= page.matches.length + page.included.length;
      const step = reading.take(page, pages >= talk.tools.limits.pages || budget.resources <= 0);
      if ('next' in step) {
        next = step.next;
        over = false;
      }
      const resources = [...page.included, ...page.matches];
      return { done: false, value: { type: ask.type, resources, ...('end' in step && { end: step.end }) } };
    },
    return: () => {
      over = true;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

/** A later page that is refused or not found is a break in the middle, not a type the server lacks. */
function endWithoutPage(answer: Exclude<SearchAnswer, { page: Page }>, pages: number): TypeEnd {
  const end: TypeEnd = 'end' in answer ? answer.end : { state: 'not-supported' };
  return end.state === 'not-supported' && pages > 1 ? { state: 'failed', code: 'source.invalid_answer' } : end;
}

async function firstPage(ask: TypeAsk, talk: Talk, signal: AbortSignal): Promise<SearchAnswer> {
  const answer = await search(ask.type, searchForm(ask, 'with-includes'), talk, signal);
  return 'refused' in answer && (hasIncludes(ask.type) || ask.changedSince !== undefined)
    ? search(ask.type, searchForm(ask, 'plain'), talk, signal)
    : answer;
}

async function search(type: string, form: URLSearchParams, talk: Talk, signal: AbortSignal): Promise<SearchAnswer> {
  const request = { url: `${talk.base}/${type}/_search`, method: 'POST', form, accept: FHIR_JSON } as const;
  const answer = await readSearch(await talk.tools.fetch(request, signal), type, talk);
  if ('page' in answer && ignoresPerson(answer.page.self, form)) throw new PersonIgnored();
  return answer;
}

/** A server that leaves out whom it was asked about is not to be read at all, not only for one type (safety F33). */
class PersonIgnored extends SourceTrouble {
  constructor() {
    super('source.invalid_answer', 'the self link shows that the person asked about was ignored');
  }
}

async function readSearch(response: SourceResponse, type: string, { base }: Talk): Promise<SearchAnswer> {
  const byStatus = endByStatus(response.status);
  if (byStatus) {
    await response.discard?.();
    return byStatus;
  }
  if (!isJson(response.header('content-type'))) {
    await response.discard?.();
    return { end: { state: 'failed', code: 'source.invalid_answer' } };
  }
  return readPage(await response.text(), type, base);
}

async function attempt(work: () => Promise<SearchAnswer>, signal: AbortSignal): Promise<SearchAnswer> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || !(error instanceof SourceTrouble) || error instanceof PersonIgnored) throw error;
    return { end: { state: 'failed', code: error.code } };
  }
}

/** Keeps count of one type's pages: what was received, what the server says it holds, where it has already been. */
class TypeReading {
  readonly #base: string;
  readonly #visited = new Set<string>();
  readonly #keys = new Set<string>();
  #keyless = 0;
  #total: number | undefined;
  #notice: Notice = 'none';

  constructor(base: string) {
    this.#base = base;
  }

  take(page: Page, atLimit: boolean): { readonly end: TypeEnd } | { readonly next: string } {
    for (const match of page.matches) {
      const key = matchKey(match);
      if (key === undefined) this.#keyless++;
      else this.#keys.add(key);
    }
    this.#total ??= page.total;
    if (page.notice !== 'none' && this.#notice !== 'partial') this.#notice = page.notice;
    if (page.next === undefined) return { end: endOf(this.#received(), this.#total, this.#notice) };
    const next = resolveNext(this.#base, page.next);
    if (atLimit || next === undefined || this.#visited.has(next)) return { end: this.#cut() };
    this.#visited.add(next);
    return { next };
  }

  /** A next page there is, but we don't take it: over a limit, in a circle, or outside the source. */
  #cut(): TypeEnd {
    const total = this.#total;
    return {
      state: 'truncated',
      code: 'source.truncated',
      received: this.#received(),
      ...(total !== undefined && { total }),
    };
  }

  #received(): number {
    return this.#keys.size + this.#keyless;
  }
}
