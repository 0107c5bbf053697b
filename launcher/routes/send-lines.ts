import type { Response } from 'express';
import type { PluginAnswer } from '../../plugins/router-face.ts';
import { watchReader } from './event-stream.ts';

export type LinesWatch = {
  readonly streams: { open(userKey: string): { readonly signal: AbortSignal; close(): void } };
  readonly limits: { readonly recheckMs: number };
  readonly isLive: () => Promise<boolean>;
  readonly userKey: string;
};

/** A plugin's lines to our own page (NDJSON), for as long as the session lives; it takes a place among the open streams. */
export async function sendLines(
  response: Response,
  { lines, headers }: Extract<PluginAnswer, { lines: unknown }>,
  { streams, limits, isLive, userKey }: LinesWatch,
): Promise<void> {
  const place = streams.open(userKey);
  const reader = watchReader(response, { isLive, everyMs: limits.recheckMs, stopping: place.signal });
  const iterator = lines[Symbol.asyncIterator]();
  const over = new Promise<{ readonly done: true; readonly value: undefined }>((resolve) => {
    reader.signal.addEventListener('abort', () => resolve({ done: true, value: undefined }), { once: true });
  });
  try {
    response.status(200);
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    for (
      let next = await Promise.race([iterator.next(), over]);
      !next.done;
      next = await Promise.race([iterator.next(), over])
    ) {
      response.write(`${JSON.stringify(next.value)}\n`);
      (response as { flush?: () => void }).flush?.();
    }
    // A channel that is cut must look cut.
    if (reader.signal.aborted) response.destroy();
    else response.end();
  } finally {
    reader.end();
    place.close();
    void iterator.return?.()?.catch(() => undefined);
  }
}
