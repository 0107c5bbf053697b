import { parseEvent, type RecordEvent } from '../record/wire.ts';
import { letOthersRun, SLICE_MS } from './let-others-run.ts';

/** How a stream ended. `cut`: it stopped without saying `closed`, so what has arrived is real but not complete. */
export type StreamEnd =
  | { readonly end: 'closed' }
  | { readonly end: 'cut'; readonly reason: 'network' | 'truncated' | 'malformed' | 'line-too-long' }
  | { readonly end: 'stopped' }
  | ({ readonly end: 'refused'; readonly status: number; readonly code: string } & RefusedBecause)
  | { readonly end: 'unknown-version' };

/** The rule that refused, in the words it came with, and whether an emergency would change it. */
export type RefusedBecause = { readonly rule?: string; readonly words?: string; readonly mayBreakGlass?: boolean };

export type StreamAsk = {
  /** Opaque, in memory only; it is sent in a header and never put in an address. */
  readonly bearer: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  /** Ask only these sources; all when left out. */
  readonly only?: readonly string[];
  /** Where the record is; the launcher's own address by default. */
  readonly address?: string;
};

/** A line longer than this is a fault of the sender: reading stops rather than filling the reader's memory. */
const MAX_LINE_CHARS = 32 * 1024 * 1024;

/**
 * Reads the record stream event by event. It never throws: however the stream ends, that is the last thing it says.
 * A character or a line may be split anywhere between chunks (safety F40).
 */
export async function openStream(ask: StreamAsk, onEvent: (event: RecordEvent) => void): Promise<StreamEnd> {
  let response: Response;
  try {
    response = await ask.fetch(addressOf(ask), {
      headers: { authorization: `Bearer ${ask.bearer}`, accept: 'application/x-ndjson' },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: ask.signal,
    });
  } catch {
    return ask.signal.aborted ? { end: 'stopped' } : { end: 'cut', reason: 'network' };
  }
  if (!response.ok || !response.body)
    return { end: 'refused', status: response.status, ...(await readRefusal(response)) };
  return readLines(response.body, ask.signal, onEvent);
}

function addressOf(ask: StreamAsk): string {
  const base = ask.address ?? '/api/record';
  const only = (ask.only ?? []).map((source) => `only=${encodeURIComponent(source)}`);
  return only.length === 0 ? base : `${base}?${only.join('&')}`;
}

async function readLines(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onEvent: (event: RecordEvent) => void,
): Promise<StreamEnd> {
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) return { end: 'stopped' };
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      const ended = await takeLines(lines, signal, onEvent);
      if (ended) return ended;
      if (done) return { end: 'cut', reason: 'truncated' };
      if (rest.length > MAX_LINE_CHARS) return { end: 'cut', reason: 'line-too-long' };
    }
  } catch {
    return signal.aborted ? { end: 'stopped' } : { end: 'cut', reason: 'network' };
  } finally {
    // Ending early must free the sender too. A reader that is already closed or broken rejects here, and that says nothing new.
    reader.cancel().catch(() => undefined);
  }
}

async function takeLines(
  lines: readonly string[],
  signal: AbortSignal,
  onEvent: (event: RecordEvent) => void,
): Promise<StreamEnd | undefined> {
  let until = performance.now() + SLICE_MS;
  for (const line of lines) {
    if (performance.now() > until) {
      await letOthersRun();
      // What is left of a chunk is nobody's once the reader has gone.
      if (signal.aborted) return { end: 'stopped' };
      until = performance.now() + SLICE_MS;
    }
    if (line.trim() === '') continue;
    const event = parseEvent(line);
    if ('error' in event)
      return event.error === 'unknown-version' ? { end: 'unknown-version' } : { end: 'cut', reason: 'malformed' };
    onEvent(event);
    if (event.type === 'closed') return { end: 'closed' };
  }
  return undefined;
}

const LONGEST_WORDS = 300;

/** The stable code of a refusal: `{"error":"…"}`, `{"error":{"code":…}}` or `{"code":…}`, and the rule behind it. */
async function readRefusal(response: Response): Promise<{ readonly code: string } & RefusedBecause> {
  try {
    const body: unknown = await response.json();
    const { error, code, rule, words, mayBreakGlass } = (body ?? {}) as Readonly<Record<string, unknown>>;
    const inner = (error as { readonly code?: unknown } | null | undefined)?.code;
    const named = [code, error, inner].find(isCode) ?? `http.${response.status}`;
    return {
      code: named,
      ...(isCode(rule) && { rule }),
      ...(typeof words === 'string' && { words: words.slice(0, LONGEST_WORDS) }),
      ...(mayBreakGlass === true && { mayBreakGlass }),
    };
  } catch {
    return { code: `http.${response.status}` };
  }
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_.-]{1,60}$/.test(value);
}
