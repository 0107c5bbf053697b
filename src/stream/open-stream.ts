import { parseEvent, type RecordEvent } from '../record/wire.ts';
import { letOthersRun, SLICE_MS } from './let-others-run.ts';

/** How a stream ended. `cut`: it stopped without saying `closed`, so what has arrived is real but not complete. */
export type StreamEnd =
  | { readonly end: 'closed' }
  | { readonly end: 'cut'; readonly reason: 'network' | 'truncated' | 'malformed' | 'line-too-long' }
  | { readonly end: 'stopped' }
  | { readonly end: 'refused'; readonly status: number; readonly code: string }
  | { readonly end: 'unknown-version' };

export type StreamAsk = {
  /** Opaque, in memory only; it is sent in a header and never put in an address. */
  readonly bearer: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  /** Ask this one source again. */
  readonly only?: string;
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
    return { end: 'refused', status: response.status, code: await readCode(response) };
  return readLines(response.body, ask.signal, onEvent);
}

function addressOf(ask: StreamAsk): string {
  const base = ask.address ?? '/api/record';
  return ask.only === undefined ? base : `${base}?only=${encodeURIComponent(ask.only)}`;
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

/** The stable code of a refusal; the body is `{"error":{"code":…}}` or `{"code":…}`. Its words are ours, not the server's. */
async function readCode(response: Response): Promise<string> {
  try {
    const body: unknown = await response.json();
    const code = codeIn(body) ?? codeIn((body as { readonly error?: unknown } | null)?.error);
    return code ?? `http.${response.status}`;
  } catch {
    return `http.${response.status}`;
  }
}

function codeIn(value: unknown): string | undefined {
  const code = typeof value === 'object' && value !== null ? (value as { readonly code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[a-z][a-z0-9_.-]{1,60}$/.test(code) ? code : undefined;
}
