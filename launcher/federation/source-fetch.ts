import { createHash } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { SourceTrouble, type SourceRequest, type SourceResponse, type SourceTools } from '../../plugins/plugin.ts';
import { addressUnder, guardedLookup, isForbiddenHost } from './source-address.ts';
import { exchange, type ExchangeLimits } from './source-exchange.ts';
import { Permits, type ReaderRoom } from './reader-room.ts';
import { createTurns } from './turns.ts';

export type SourceFetchLimits = Omit<ExchangeLimits, 'bytes'> & {
  readonly pageBytes: number;
  readonly documentBytes: number;
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
  /** What the source's profile puts on this request besides (`trust/source-headers.ts`); names in small letters. */
  headers?(request: { readonly method: string; readonly url: string; readonly requestId: string }): {
    readonly [name: string]: string;
  };
  /** X-Request-ID of the nth request of this ask. */
  requestId(count: number): string;
  readonly correlationId: string;
  readonly room?: ReaderRoom;
};

/** The one that is read and the one that waits to be: more only fill the memory. */
const BODIES_OF_A_SOURCE = 2;

/** Repeats of one ask, over all its requests: trouble at a source must not multiply the load on it (safety F36). */
const REPEATS = 2;

/**
 * The only way out to a source, and only to that source: every address is judged against its base, no redirect is
 * followed, so that the bearer never reaches another server (smart.md 5 #64, #66). Nothing here logs an address.
 */
export function createSourceFetch(options: SourceFetchOptions): SourceTools['fetch'] {
  let count = 0;
  let repeats = REPEATS;
  const turns = createTurns();
  const bodies = new Permits(BODIES_OF_A_SOURCE);
  const { dispatcher, room } = options;
  return async (request, signal) => {
    const url = addressUnder(options.base, request.url);
    checkScheme(url, options.allowLoopbackHttp);
    const { pageBytes, documentBytes } = options.limits;
    const limits = { ...options.limits, bytes: isDocument(url) ? documentBytes : pageBytes };
    let fresh = false;
    for (;;) {
      const token = await options.token(fresh, signal);
      const requestId = options.requestId(count++);
      const profile = options.headers?.({ method: request.method, url: url.href, requestId });
      const headers = { ...profile, ...headersOf(request, token, requestId, options.correlationId) };
      const response = await exchange({ url, request, headers, dispatcher, limits, turns, room, bodies }, signal);
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

function isDocument(url: URL): boolean {
  return /\/Binary\/[^/]+$/.test(url.pathname);
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
    traceparent: traceParent(requestId),
    ...(request.form && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(request.json !== undefined && { 'content-type': 'application/fhir+json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

/** W3C Trace Context §3.2 from our own id: the ask is the trace, each request of it a span. */
function traceParent(requestId: string): string {
  const hex = requestId.replaceAll('-', '').toLowerCase();
  const trace = /^[0-9a-f]{32}$/.test(hex) ? hex : createHash('sha256').update(requestId).digest('hex').slice(0, 32);
  return `00-${trace.slice(0, 28)}0000-${trace.slice(16)}-01`;
}
