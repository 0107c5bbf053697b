import { lookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import type { LaunchMember } from '../trust/community.ts';

/**
 * The launch's only way out. It reaches nothing but the origins the member's entry allows, follows no redirect, looks
 * at the address a name resolves to when it connects (a name may be rebound), and stops at a deadline and a byte limit.
 */
export type Outbound = (request: OutboundRequest) => Promise<Response>;

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

async function send(request: OutboundRequest, dispatcher: Agent): Promise<Response> {
  checkOrigin(request);
  const deadline = AbortSignal.timeout(request.deadlineMs);
  const signal = AbortSignal.any([request.signal, deadline]);
  try {
    const answer = await undiciFetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body && { body: request.body.toString() }),
      redirect: 'manual',
      dispatcher,
      signal,
    });
    const bytes = await readBytes(answer.body as AsyncIterable<Uint8Array> | null, request.maxBytes);
    const empty = [204, 205, 304].includes(answer.status);
    return new Response(empty ? null : bytes, { status: answer.status, headers: [...answer.headers] });
  } catch (cause) {
    if (cause instanceof OutboundTrouble) throw cause;
    throw new OutboundTrouble(deadline.aborted ? 'timeout' : 'unreachable', { cause });
  }
}

/** https, or loopback http where the member's entry says so; and an origin that is written there. */
function checkOrigin({ url, member }: OutboundRequest): void {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const scheme = target?.protocol === 'https:' || (target?.protocol === 'http:' && member.launch.allowLoopbackHttp);
  const plain = target?.username === '' && target.password === '';
  if (!target || !scheme || !plain || !member.launch.allowedOrigins.includes(target.origin))
    throw new OutboundTrouble('origin');
}

async function readBytes(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body ?? []) {
    total += chunk.byteLength;
    if (total > maxBytes) throw new OutboundTrouble('too-large');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
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
