import { setTimeout as after } from 'node:timers/promises';
import { Agent, request as send, type Dispatcher } from 'undici';
import { SourceTrouble, type SourceRequest, type SourceResponse, type SourceTools } from '../../plugins/plugin.ts';
import { addressUnder, guardedLookup, isForbiddenHost } from './source-address.ts';
import { checkDepth, decodeText, readBytes } from './source-body.ts';

export type SourceFetchLimits = {
  /** Time to the head of an answer, longest silence within it, and time for the whole of it. */
  readonly headerMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly pageBytes: number;
  readonly documentBytes: number;
  readonly jsonDepth: number;
  /** Longest Retry-After that is waited for. */
  readonly retryAfterMs: number;
};

export type SourceFetchOptions = {
  readonly base: string;
  /** Loud opt-in of the community file: the source is on this machine. */
  readonly allowLoopbackHttp: boolean;
  readonly dispatcher: Dispatcher;
  readonly limits: SourceFetchLimits;
  /** The bearer for this request's user and purpose; `fresh` after the source refused the one before. None: no header. */
  token(fresh: boolean, signal: AbortSignal): Promise<string | undefined>;
  /** X-Request-ID of the nth request of this ask. */
  requestId(count: number): string;
  readonly correlationId: string;
};

/** Repeats of one ask, over all its requests: trouble at a source must not multiply the load on it (safety F36). */
const REPEATS = 2;

/**
 * The only way out to a source, and only to that source: every address is judged against its base, no redirect is
 * followed, so that the bearer never reaches another server (smart.md 5 #64, #66). Nothing here logs an address.
 */
export function createSourceFetch(options: SourceFetchOptions): SourceTools['fetch'] {
  let count = 0;
  let repeats = REPEATS;
  return async (request, signal) => {
    const url = addressUnder(options.base, request.url);
    checkScheme(url, options.allowLoopbackHttp);
    let fresh = false;
    for (;;) {
      const token = await options.token(fresh, signal);
      const response = await exchange(url, request, token, options.requestId(count++), options, signal);
      if (response.status === 401 && !fresh && token !== undefined) {
        fresh = true;
      } else if (repeats > 0 && isBusy(response.status) && waitMs(response) <= options.limits.retryAfterMs) {
        repeats--;
        const pause = waitMs(response);
        await response.discard?.();
        await after(pause, undefined, { signal });
        continue;
      } else return response;
      await response.discard?.();
    }
  };
}

export type SourceAgents = { readonly strict: Agent; readonly loopback: Agent; close(): Promise<void> };

/** Kept for the life of the launcher: connections stay open between views. `loopback` serves opted-in sources only. */
export function createSourceAgents(limits: { readonly connections: number; readonly connectMs: number }): SourceAgents {
  const settings = {
    connections: limits.connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    maxResponseSize: -1,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const strict = new Agent({ ...settings, connect: { timeout: limits.connectMs, lookup: guardedLookup } });
  const loopback = new Agent({ ...settings, connect: { timeout: limits.connectMs } });
  return { strict, loopback, close: async () => void (await Promise.all([strict.destroy(), loopback.destroy()])) };
}

function checkScheme(url: URL, allowLoopbackHttp: boolean): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLoopbackHttp && isLoopback(url.hostname))) {
    throw new SourceTrouble('source.unavailable', 'only https, save on loopback where the community file allows it');
  }
  if (!allowLoopbackHttp && isForbiddenHost(url.hostname))
    throw new SourceTrouble('source.unavailable', 'forbidden address');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function isBusy(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** Retry-After in seconds; a date or nothing means a short pause. */
function waitMs(response: SourceResponse): number {
  const seconds = Number(response.header('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 200;
}

async function exchange(
  url: URL,
  request: SourceRequest,
  token: string | undefined,
  requestId: string,
  options: SourceFetchOptions,
  outer: AbortSignal,
): Promise<SourceResponse> {
  const clocks = startClocks(options.limits, outer);
  try {
    const { statusCode, headers, body } = await send(url, {
      method: request.method,
      headers: headersOf(request, token, requestId, options.correlationId),
      body: request.form?.toString() ?? null,
      dispatcher: options.dispatcher,
      signal: clocks.signal,
    });
    clocks.touch();
    const header = (name: string): string | undefined => {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    };
    // A connection that is reused keeps its sockets' listeners; the body's own errors are seen by whoever reads it.
    body.on('error', () => undefined);
    const read = async (bytes: number): Promise<Buffer> => {
      try {
        return await readBytes(body, header('content-encoding'), bytes, clocks.touch);
      } catch (error) {
        throw troubleOf(error, clocks, outer);
      } finally {
        clocks.stop();
      }
    };
    const limitBytes = /\/Binary\/[^/]+$/.test(url.pathname) ? options.limits.documentBytes : options.limits.pageBytes;
    return {
      status: statusCode,
      header,
      bytes: () => read(limitBytes),
      text: async () => {
        const bytes = await read(limitBytes);
        checkDepth(bytes, options.limits.jsonDepth);
        return decodeText(bytes);
      },
      discard: async () => {
        clocks.stop();
        await body.dump({ limit: 16_384 }).catch(() => undefined);
      },
    };
  } catch (error) {
    clocks.stop();
    throw troubleOf(error, clocks, outer);
  }
}

function headersOf(
  request: SourceRequest,
  token: string | undefined,
  requestId: string,
  correlationId: string,
): Record<string, string> {
  return {
    accept: request.accept ?? 'application/fhir+json',
    'accept-encoding': 'gzip, br',
    'x-request-id': requestId,
    'x-correlation-id': correlationId,
    ...(request.form && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

type Clocks = { readonly signal: AbortSignal; readonly ranOut: boolean; touch(): void; stop(): void };

/** undici's own timeouts are coarse; these are exact and end the body too. Before the first `touch` the head is awaited. */
function startClocks(limits: SourceFetchLimits, outer: AbortSignal): Clocks {
  const own = new AbortController();
  let ranOut = false;
  const runOut = (): void => {
    ranOut = true;
    own.abort(new SourceTrouble('source.timeout', 'no answer in time'));
  };
  const total = setTimeout(runOut, limits.totalMs);
  let silence = setTimeout(runOut, limits.headerMs);
  let inBody = false;
  return {
    signal: AbortSignal.any([outer, own.signal]),
    get ranOut() {
      return ranOut;
    },
    touch: () => {
      if (inBody) {
        silence.refresh();
        return;
      }
      inBody = true;
      clearTimeout(silence);
      silence = setTimeout(runOut, limits.idleMs);
    },
    stop: () => {
      clearTimeout(total);
      clearTimeout(silence);
    },
  };
}

/** Network trouble by its code alone: messages of the platform may hold addresses. */
function troubleOf(error: unknown, clocks: Clocks, outer: AbortSignal): unknown {
  if (outer.aborted) return error;
  if (error instanceof SourceTrouble) return error;
  if (clocks.ranOut) return new SourceTrouble('source.timeout', 'no answer in time');
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  const corrupt = code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('ERR_BROTLI');
  return new SourceTrouble(corrupt ? 'source.invalid_answer' : 'source.unavailable', `network: ${code}`);
}
