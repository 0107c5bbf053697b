import type { SealKeySetting } from '../config.ts';

/** A step was asked for that can't be taken now; the message says what to do instead. */
export class SealRollRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealRollRefused';
  }
}

type Ring = readonly SealKeySetting[];

/** First step: every launcher can open what the new key seals, before any seals with it. */
export function addSealKey(ring: Ring, made: SealKeySetting): Ring {
  if (ring.some(({ id }) => id === made.id))
    throw new SealRollRefused(`A key of the name ${made.id} is there already.`);
  return [...ring, made];
}

/** Second step: the newest key seals; the others open what they have sealed. */
export function useNewestSealKey(ring: Ring): Ring {
  const newest = ring.at(-1);
  if (!newest || ring.length < 2) throw new SealRollRefused('There is no second key: make one with "add".');
  return [newest, ...ring.slice(0, -1)];
}

/** Last step, for all keys but the first under which nothing lies sealed any more. */
export function dropSealKeys(ring: Ring, stillSealed: (id: string) => number): Ring {
  const [first, ...others] = ring;
  if (!first || others.length === 0) throw new SealRollRefused('There is only one key: nothing is left to remove.');
  const held = others.filter(({ id }) => stillSealed(id) > 0);
  if (held.length < others.length) return [first, ...held];
  const counts = held.map(({ id }) => `${id}: ${String(stillSealed(id))}`).join(', ');
  throw new SealRollRefused(
    `Something in the store is still sealed under each of them (${counts}). Sessions go within a day, keys of sealed views with CORRIDOR_AUDIT_AS_SEEN_DAYS: try again then.`,
  );
}

/** The setting as it stands in the environment. */
export function writeSealKeys(ring: Ring): string {
  return ring.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`).join(',');
}
