import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** One key of the file as `corridor keys` writes it; `trust/keys.ts` reads it. */
export type KeyOfFile = JsonWebKey & {
  readonly kid: string;
  readonly alg: string;
  /** Published, and doesn't sign yet. */
  readonly next?: boolean;
  /** Published, and signs no more. */
  readonly retired?: boolean;
  /** ISO instant at which it became what it is. */
  readonly since?: string;
};

/** A step was asked for that can't be taken now; the message says what to do instead. */
export class RollRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RollRefused';
  }
}

/**
 * ES384 and RS384 (SMART App Launch 2.2 §Client authentication), ES256 (acting context), RS512 (NHS API platform).
 * `suffix` makes the names unlike those of any other day's set.
 */
export function makeKeySet(suffix: string): readonly KeyOfFile[] {
  const pair = {
    es384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    rs384: generateKeyPairSync('rsa', { modulusLength: 3072 }),
    es256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    rs512: generateKeyPairSync('rsa', { modulusLength: 4096 }),
  };
  return Object.entries(pair).map(([name, { privateKey }]) => ({
    ...privateKey.export({ format: 'jwk' }),
    kid: `${name}-${suffix}`,
    alg: name.toUpperCase(),
    use: 'sig',
  }));
}

/** First step: the new keys are published; nothing is signed with them until every EPR and source has read them. */
export function publishNext(keys: readonly KeyOfFile[], made: readonly KeyOfFile[], at: string): readonly KeyOfFile[] {
  if (keys.some(({ next }) => next)) throw new RollRefused('There are next keys already: take them with "use".');
  if (keys.some(({ retired }) => retired))
    throw new RollRefused('The last change is not over: remove its retired keys with "drop".');
  const kids = new Set(keys.map(({ kid }) => kid));
  if (made.some(({ kid }) => kids.has(kid)))
    throw new RollRefused('The new keys bear names that are taken: try again.');
  return [...keys, ...made.map((key) => ({ ...key, next: true, since: at }))];
}

/** Second step: the new keys sign. The old stay published, for what they signed is under way. */
export function useNext(keys: readonly KeyOfFile[], at: string, overlapMs: number): readonly KeyOfFile[] {
  const coming = keys.filter(({ next }) => next);
  if (coming.length === 0) throw new RollRefused('There are no next keys: publish some with "add".');
  refuseEarly(coming, at, overlapMs, 'They were published');
  const algorithms = new Set(coming.map(({ alg }) => alg));
  const old = keys.filter((key) => !key.next);
  // An algorithm that is not replaced goes on signing: a key of somebody else's making may stand in the file.
  const [replaced, kept] = [
    old.filter(({ alg }) => algorithms.has(alg)),
    old.filter(({ alg }) => !algorithms.has(alg)),
  ];
  return [
    // First, so that a launcher of before, which knows nothing of "retired", takes them too.
    ...coming.map(({ next: _next, ...key }) => ({ ...key, since: at })),
    ...kept,
    ...replaced.map((key) => (key.retired ? key : { ...key, retired: true, since: at })),
  ];
}

/** Last step: the old keys are published no more, so nothing they sign is believed. */
export function dropRetired(keys: readonly KeyOfFile[], at: string, overlapMs: number): readonly KeyOfFile[] {
  const retired = keys.filter((key) => key.retired);
  if (retired.length === 0) throw new RollRefused('There are no retired keys: nothing is left to remove.');
  refuseEarly(retired, at, overlapMs, 'They signed until');
  return keys.filter((key) => !key.retired);
}

function refuseEarly(keys: readonly KeyOfFile[], at: string, overlapMs: number, said: string): void {
  const since = Math.max(...keys.map((key) => Date.parse(key.since ?? '') || 0));
  const ready = since + overlapMs;
  if (Date.parse(at) >= ready) return;
  throw new RollRefused(
    `${said} ${new Date(since).toISOString()}; wait until ${new Date(ready).toISOString()}, or shorten --overlap-hours when the old keys are known to be stolen.`,
  );
}
