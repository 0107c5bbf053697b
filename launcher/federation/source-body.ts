import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { SourceTrouble } from '../../plugins/plugin.ts';

/**
 * Reads a body to its end, counting what comes out of the decompression: a small compressed bomb is cut at the limit
 * like a large plain body (smart.md 5 #67, #68). `touch` is called for every piece that arrives.
 */
export async function readBytes(
  body: Readable,
  encoding: string | undefined,
  limitBytes: number,
  touch: () => void,
): Promise<Buffer> {
  const stream = decoded(body, encoding);
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      touch();
      received += chunk.length;
      if (received > limitBytes) throw new SourceTrouble('source.too_large', `more than ${String(limitBytes)} bytes`);
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
    body.destroy();
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, received);
}

function decoded(body: Readable, encoding: string | undefined): Readable {
  const coding = encoding?.trim().toLowerCase() ?? 'identity';
  if (coding === 'identity' || coding === '') return body;
  const decoder =
    coding === 'gzip' || coding === 'x-gzip'
      ? createGunzip()
      : coding === 'br'
        ? createBrotliDecompress()
        : coding === 'deflate'
          ? createInflate()
          : undefined;
  if (!decoder) {
    body.destroy();
    throw new SourceTrouble('source.invalid_answer', 'unknown content encoding');
  }
  // `pipe` does not carry errors on: a connection cut half-way must not look like the end of the document.
  body.on('error', (error) => decoder.destroy(error));
  return body.pipe(decoder);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Text exactly as sent. Bytes that are not UTF-8 refuse the whole: a replaced character could be part of a dose (safety H20). */
export function decodeText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new SourceTrouble('source.invalid_answer', 'not UTF-8', { cause });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ by this one bit and lie above all digits and upper-case letters. */
const CASE = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const UPPER_Z = 0x5a;

/**
 * Refuses nesting beyond the limit before anything recursive meets it (smart.md 5 #67). One pass, no allocation; every
 * byte from every source goes through here, so it is written for speed: a quarter of what parsing costs.
 */
export function checkDepth(bytes: Uint8Array, limit: number): void {
  const end = bytes.length;
  let depth = 0;
  for (let index = 0; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) index = endOfText(bytes, index);
    else if (byte > UPPER_Z) {
      const bracket = byte | CASE;
      if (bracket === CLOSE) depth--;
      else if (bracket === OPEN && ++depth > limit)
        throw new SourceTrouble('source.invalid_answer', 'nested too deeply');
    }
  }
}

/** Where the string that begins here ends; a string without an end takes the rest. */
function endOfText(bytes: Uint8Array, start: number): number {
  const end = bytes.length;
  for (let index = start + 1; index < end; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) return index;
    if (byte === BACKSLASH) index++;
  }
  return end;
}
