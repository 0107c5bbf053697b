import type { Response } from 'express';
import { encodeEvent, type RecordEvent } from '../../src/record/wire.ts';

/**
 * Sends events as NDJSON, flushed through the compression as soon as they are there, or `GATHER_MS` later when another
 * has just been: each flush is work of its own for the compression, the socket and the reader. The first event is
 * awaited before the head of the answer: what fails until then (the audit) is still a proper error. A reader who is
 * slower than the sources makes this wait, and by that the sources too.
 */
export async function sendEvents(
  events: AsyncGenerator<RecordEvent>,
  response: Response,
  signal: AbortSignal,
  encode: (event: RecordEvent) => string | Buffer = encodeEvent,
): Promise<void> {
  const room = roomIn(response, signal);
  const flusher = createFlusher(response);
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      if (signal.aborted) break;
      if (!response.headersSent) writeHead(response);
      const fits = response.write(encode(next.value));
      flusher.soon();
      if (fits) continue;
      flusher.now();
      await room();
    }
    // Without `closed` the stream was cut, and must look cut (wire.ts).
    if (signal.aborted) response.destroy();
    else response.end();
  } finally {
    flusher.end();
    await events.return(undefined);
  }
}

function writeHead(response: Response): void {
  response.status(200);
  response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // Proxies that buffer would hold fast organisations back for slow ones (safety F39).
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
}

/** A quarter of a frame: no eye sees it, and eighteen organisations that answer at once share a flush. */
const GATHER_MS = 4;

function createFlusher(response: Response): { soon(): void; now(): void; end(): void } {
  let last = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    // There when the compression middleware is.
    (response as { flush?: () => void }).flush?.();
  };
  return {
    now,
    soon: () => {
      if (performance.now() - last >= GATHER_MS) now();
      else timer ??= setTimeout(now, GATHER_MS);
    },
    end: () => clearTimeout(timer),
  };
}

/** Waits until the answer takes more. One listener for the life of the answer: the compression never lets go of them. */
function roomIn(response: Response, signal: AbortSignal): () => Promise<void> {
  let wake: (() => void) | undefined;
  response.on('drain', () => wake?.());
  signal.addEventListener('abort', () => wake?.(), { once: true });
  return () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (signal.aborted || response.destroyed) resolve();
    });
}

/** Aborts when the reader has gone, when the launcher stops, or when the session is over. */
export function watchReader(response: Response, watch: ReaderWatch): { readonly signal: AbortSignal; end(): void } {
  const gone = new AbortController();
  const leave = (): void => gone.abort(new Error('the reader has gone'));
  response.on('close', leave);
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    watch.isLive().then(
      (live) => {
        asking = false;
        if (!live) leave();
      },
      // A store that can't say whether the session lives is no leave to go on showing.
      leave,
    );
  }, watch.everyMs);
  return {
    signal: AbortSignal.any([gone.signal, watch.stopping]),
    end: () => {
      clearInterval(timer);
      response.off('close', leave);
    },
  };
}

export type ReaderWatch = {
  isLive(): Promise<boolean>;
  readonly everyMs: number;
  /** The launcher is stopping. */
  readonly stopping: AbortSignal;
};
