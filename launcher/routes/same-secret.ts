import { createHash, timingSafeEqual } from 'node:crypto';

/** Hashed first, so that neither length nor content shows in the time it takes. */
export function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
