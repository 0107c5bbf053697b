import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyedHash } from '../../src/app/keyed-hash.ts';

describe('keyedHash', () => {
  it('is HMAC-SHA-256, cut short, for keys and texts of every length', () => {
    for (const keyBytes of [0, 1, 32, 64, 65, 200])
      for (const text of ['', 'a', 'é'.repeat(20), 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'y'.repeat(5_000)]) {
        const key = randomBytes(keyBytes);
        const whole = createHmac('sha256', key).update(text).digest('base64url');
        expect(keyedHash(key)(text)).toBe(whole.slice(0, 11));
      }
  });

  it('says the same each time, and something else under another key', () => {
    const hash = keyedHash(new Uint8Array([1]));
    expect(hash('surgery')).toBe(hash('surgery'));
    expect(keyedHash(new Uint8Array([2]))('surgery')).not.toBe(hash('surgery'));
  });
});
