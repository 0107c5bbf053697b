import type { SourceId } from '../record/source.ts';
import { endSession } from './end-session.ts';
import { openStream, type StreamEnd } from './open-stream.ts';
import type { MergingStore } from './merging-store.ts';
import { isBroken, resumeStream } from './resume-stream.ts';
import { withinTime } from './within-time.ts';

/** The record of one open view, and what its end needs; the rest is in `src/app/answer-later.ts`. The bearer stays inside. */
export type RecordApi = {
  /** Runs the main stream into the store until it ends; one that breaks after it had begun is resumed, once. */
  open(): Promise<StreamEnd>;
  askAgain(source: SourceId): Promise<void>;
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
