import type { SourceId } from '../record/source.ts';
import { fetchHeld, type HeldAsk } from './fetch-held.ts';
import { endSession } from './end-session.ts';
import { openStream, type StreamEnd } from './open-stream.ts';
import type { MergingStore } from './merging-store.ts';
import { isBroken, resumeStream } from './resume-stream.ts';
import { withinTime } from './within-time.ts';

/** What the launcher answers besides the record, for one open view. The bearer stays inside. */
export type RecordApi = {
  /** Runs the main stream into the store until it ends; one that breaks after it had begun is resumed, once. */
  open(): Promise<StreamEnd>;
  askAgain(source: SourceId): Promise<void>;
  document(source: SourceId, reference: string, part?: number): Promise<Blob>;
  /** Writes down that a document leaves the view; fails when the launcher did not. */
  documentTaken(act: 'exported' | 'printed', source: SourceId, reference: string): Promise<void>;
  /** What could not be read, as its source holds it now. */
  unread(source: SourceId, reference: string): Promise<string>;
  /** Breaks the glass; the record has to be opened again to see what it lets through. */
  breakGlass(reason: string): Promise<void>;
  /** Tells the audit what the reader did in the window; settles when the launcher has it, or can't be told. */
  act(act: 'printed' | 'context-changed', change?: ContextChange): Promise<void>;
  /** Tells the launcher that this view is over; it works while the page is being left. */
  endSession(): void;
};

/** From which epoch to which the host's context went, and why. */
export type ContextChange = { readonly from: number; readonly to: number; readonly why: string };

export type ApiDeps = {
  readonly bearer: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  readonly base?: string;
  readonly clock?: () => Date;
  readonly wait?: (ms: number) => Promise<void>;
  /** How long a stream may be silent, and last; its own by default. */
  readonly times?: { readonly silenceMs: number; readonly wholeMs: number };
};

const ANSWER_DEADLINE_MS = 30_000;

export function openApi(store: MergingStore, deps: ApiDeps): RecordApi {
  const base = deps.base ?? '/api';
  const clock = deps.clock ?? (() => new Date());
  const stream = (only: readonly SourceId[], onEvent: Parameters<typeof openStream>[1]): Promise<StreamEnd> =>
    withinTime(
      (take, signal) =>
        openStream({ bearer: deps.bearer, signal, fetch: deps.fetch, address: `${base}/record`, only }, take),
      onEvent,
      deps.signal,
      deps.times,
    );

  const held = (kind: 'document' | 'unread', ask: HeldAsk): Promise<Blob> => fetchHeld(`${base}/${kind}`, ask, deps);

  return {
    async open() {
      const first = await stream([], (event) => store.take(event));
      const broke = isBroken(first) && store.phase.phase === 'open';
      const wait = deps.wait ?? ((ms: number) => waited(ms, deps.signal));
      const how = broke ? await resumeStream(store, first, { ask: stream, wait }) : first;
      if (how.end !== 'stopped') store.end(how);
      return how;
    },
    async askAgain(source) {
      await stream([source], store.askAgain(source));
      store.settleUnanswered(source, clock().toISOString());
    },
    document: (source, reference, part = 0) => held('document', { source, reference, ...(part > 0 && { part }) }),
    async documentTaken(act, source, reference) {
      const response = await deps.fetch(`${base}/act`, {
        method: 'POST',
        headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ act, source, reference }),
        credentials: 'omit',
        signal: AbortSignal.any([deps.signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]),
      });
      if (!response.ok) throw new Error(`act.${String(response.status)}`);
    },
    unread: async (source, reference) => (await held('unread', { source, reference })).text(),
    async breakGlass(reason) {
      const response = await deps.fetch(`${base}/break-glass`, {
        method: 'POST',
        headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason, confirmed: true }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.any([deps.signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]),
      });
      if (!response.ok) throw new Error(`emergency.${response.status}`);
    },
    async act(act, change) {
      // Best effort: a print can't be undone by refusing to write it down.
      await deps
        .fetch(`${base}/act`, {
          method: 'POST',
          headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
          body: JSON.stringify({ act, ...change }),
          credentials: 'omit',
          keepalive: true,
        })
        .catch(() => undefined);
    },
    endSession: () => endSession(deps.bearer, deps.fetch, base),
  };
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}
