import { lookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Agent, request as ask } from 'undici';
import type { LaunchMember } from '../trust/community.ts';

/**
 * The launch's only way out. It reaches nothing but the origins the member's entry allows, follows no redirect, looks
 * at the address a name resolves to when it connects (a name may be rebound), and stops at a deadline and a byte limit.
 */
export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** What a launch looks at of an answer. A whole Response costs as much again as the exchange itself. */
export type OutboundAnswer = {
  readonly status: number;
  readonly headers: { get(name: string): string | null } & Iterable<readonly [string, string]>;
  text(): Promise<string>;
};

export type OutboundRequest = {
  readonly member: LaunchMember;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: { readonly [name: string]: string };
  readonly body?: URLSearchParams | string;
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
};

/** Why nothing (usable) came back; the caller knows which step it was and gives it a code. */
export class OutboundTrouble extends Error {
  readonly kind: 'origin' | 'timeout' | 'too-large' | 'unreachable';
  constructor(kind: OutboundTrouble['kind'], options?: ErrorOptions) {
    super(kind, options);
    this.name = 'OutboundTrouble';
    this.kind = kind;
  }
}

export function createOutbound(): { readonly outbound: Outbound; readonly close: () => Promise<void> } {
  const strict = new Agent({ connect: { lookup: guardedLookup(false) } });
  const loopback = new Agent({ connect: { lookup: guardedLookup(true) } });
  return {
    outbound: (request) => send(request, request.member.launch.allowLoopbackHttp ? loopback : strict),
    close: async () => {
      await Promise.all([strict.close(), loopback.close()]);
    },
  };
}

async function send(request: OutboundRequest, dispatcher: Agent): Promise<OutboundAnswer> {
  checkOrigin(request);
  // By hand: a combined signal for each request costs more than most of what it guards.
  const stop = new AbortController();
  let late = false;
  const leave = (): void => stop.abort(request.signal.reason);
  const timer = setTimeout(() => {
    late = true;
    stop.abort(new OutboundTrouble('timeout'));
  }, request.deadlineMs);
  request.signal.addEventListener('abort', leave, { once: true });
  try {
    request.signal.throwIfAborted();
    // `request` of undici follows no redirect.
    const answer = await ask(request.url, {
      method: request.method,
      headers: { 'accept-encoding': 'identity', ...formType(request.body), ...request.headers },
      ...(request.body !== undefined && { body: request.body.toString() }),
      dispatcher,
      signal: stop.signal,
    });
    const bytes = await readBytes(answer.body, request.maxBytes);
    const headers = headersOf(answer.headers);
    const text = decode(bytes, headers.get('content-encoding'), request.maxBytes);
    return { status: answer.statusCode, headers, text: () => Promise.resolve(text) };
  } catch (cause) {
    if (cause instanceof OutboundTrouble && !late) throw cause;
    throw new OutboundTrouble(late ? 'timeout' : 'unreachable', { cause });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', leave);
  }
}

function formType(body: OutboundRequest['body']): { readonly 'content-type'?: string } {
  return body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } : {};
}

function headersOf(fields: { readonly [name: string]: string | string[] | undefined }): OutboundAnswer['headers'] {
  const joined = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return {
    get: (name) => joined.find(([one]) => one === name.toLowerCase())?.[1] ?? null,
    [Symbol.iterator]: () => joined[Symbol.iterator](),
  };
}

/** Nobody is asked to compress; who does so nevertheless is understood, within the same limit. */
function decode(bytes: Buffer, encoding: string | null, maxBytes: number): string {
  const coding = encoding?.trim().toLowerCase() ?? 'identity';
  const decoder = DECODERS[coding];
  try {
    return (decoder?.(bytes, { maxOutputLength: maxBytes }) ?? bytes).toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const large = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new OutboundTrouble(large ? 'too-large' : 'unreachable', { cause });
  }
}

const DECODERS: { readonly [coding: string]: (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** https, or loopback http where the member's entry says so; and an origin that is written there. */
function checkOrigin({ url, member }: OutboundRequest): void {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const scheme = target?.protocol === 'https:' || (target?.protocol === 'http:' && member.launch.allowLoopbackHttp);
  const plain = target?.username === '' && target.password === '';
  if (!target || !scheme || !plain || !member.launch.allowedOrigins.includes(target.origin))
    throw new OutboundTrouble('origin');
}

async function readBytes(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body) {
    total += chunk.byteLength;
    if (total > maxBytes) throw new OutboundTrouble('too-large');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, total);
}

const NEVER = new BlockList();
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('224.0.0.0', 4);
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');
NEVER.addAddress('::', 'ipv6');
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** smart.md §5 row 8. Private ranges stay reachable: health networks live in them. */
export function isReachable(address: string, family: number, allowLoopback: boolean): boolean {
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  return !NEVER.check(address, kind) && (allowLoopback || !LOOPBACK.check(address, kind));
}

function guardedLookup(allowLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const safe = addresses.filter(({ address, family }) => isReachable(address, family, allowLoopback));
      const first = safe[0];
      if (!first) return callback(new Error('the name resolves to an address that is not allowed'), '', 0);
      return options.all ? callback(null, safe) : callback(null, first.address, first.family);
    });
  };
}
