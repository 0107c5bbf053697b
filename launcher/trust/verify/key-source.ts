import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** The launcher's public keys, by `kid`, each only for its own algorithm. */
export type KeySource = (kid: string) => Promise<PublicKey | undefined>;

export type PublicKey = { readonly key: KeyObject; readonly alg: string };

export type KeySourceOptions = {
  /** Reads the launcher's `/.well-known/jwks.json`. */
  readonly load: () => Promise<unknown>;
  readonly now: () => number;
  /** An unknown `kid` makes for one more reading, at most this often. */
  readonly everyMs?: number;
};

const MOST_KEYS = 50;

/** Reads the key set when it is first needed, when a new `kid` appears, and never because of a flood of invented ones. */
export function createKeySource({ load, now, everyMs = 60_000 }: KeySourceOptions): KeySource {
  let keys: ReadonlyMap<string, PublicKey> = new Map();
  let readAtMs = -Infinity;
  let reading: Promise<void> | undefined;
  return async (kid) => {
    if (!keys.has(kid) && (reading || now() - readAtMs >= everyMs)) {
      reading ??= read().finally(() => (reading = undefined));
      await reading;
    }
    return keys.get(kid);
  };

  async function read(): Promise<void> {
    const found = readKeySet(await load());
    readAtMs = now();
    keys = found;
  }
}

/** By address. The answer is bounded in time and size. */
export function keysAt(url: string, now: () => number = Date.now): KeySource {
  return createKeySource({
    now,
    load: async () => {
      const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
      const text = await answer.text();
      if (!answer.ok || text.length > 102_400) throw new Error('the launcher’s keys could not be read');
      return JSON.parse(text) as unknown;
    },
  });
}

function readKeySet(value: unknown): ReadonlyMap<string, PublicKey> {
  const listed: unknown = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(listed) || listed.length > MOST_KEYS) throw new Error('not a key set');
  const found = new Map<string, PublicKey>();
  for (const jwk of listed as (JsonWebKey & { kid?: unknown; alg?: unknown })[]) {
    if (typeof jwk.kid !== 'string' || typeof jwk.alg !== 'string' || jwk.d !== undefined || found.has(jwk.kid))
      continue;
    found.set(jwk.kid, { key: createPublicKey({ key: jwk, format: 'jwk' }), alg: jwk.alg });
  }
  return found;
}
