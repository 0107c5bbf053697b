import { hash } from 'node:crypto';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import type { Handle } from './pointer-index.ts';

/** How a resident is named in the locator: nobody without the key can tell whom a row is about, or whether there is one. */
export type HandleOf = (nhsNumber: NhsNumber) => Handle;

const BLOCK = 64;
const DIGEST = 32;
const NUMBER = 10;

/**
 * The first 64 bits of HMAC-SHA-256 (RFC 2104), by two one-shot hashes: node's `createHmac` makes an object each time,
 * which takes twenty times as long as the hashing. Two of a million residents share a handle once in forty million
 * communities; then one organisation more is asked.
 */
export function createHandles(key: Uint8Array): HandleOf {
  if (key.length > BLOCK) throw new Error('a key of the locator is 64 bytes at most');
  const inner = Buffer.alloc(BLOCK + NUMBER, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  return (nhsNumber) => {
    if (inner.write(nhsNumber, BLOCK, 'latin1') !== NUMBER) throw new Error('an NHS number has ten digits');
    hash('sha256', inner, 'buffer').copy(outer, BLOCK);
    const digest = hash('sha256', outer, 'buffer');
    return { high: digest.readUInt32BE(0), low: digest.readUInt32BE(4) };
  };
}

/** Sixteen hexadecimal digits, as the store keeps it. */
export function handleText({ high, low }: Handle): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

export function parseHandle(text: string): Handle {
  return { high: Number.parseInt(text.slice(0, 8), 16), low: Number.parseInt(text.slice(8, 16), 16) };
}
