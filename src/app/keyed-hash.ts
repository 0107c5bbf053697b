/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4), cut to 66 bits, at once: the comparison of two looks is pure and asks for tens of
 * thousands of short hashes, for which Web Crypto's promises would cost more than the hashing. Short texts that come
 * again, such as the names of sources, are hashed once.
 */
export function keyedHash(key: Uint8Array): (text: string) => string {
  const padded = new Uint8Array(BLOCK);
  padded.set(key.length > BLOCK ? bytesOf(sha256([key])) : key);
  const [inner, outer] = [padded.map((byte) => byte ^ 0x36), padded.map((byte) => byte ^ 0x5c)];
  const encoder = new TextEncoder();
  const short = new Map<string, string>();
  return (text) => {
    const before = short.get(text);
    if (before !== undefined) return before;
    const made = shown(sha256([outer, bytesOf(sha256([inner, encoder.encode(text)]))]));
    if (text.length < 40 && short.size < 1_000) short.set(text, made);
    return made;
  };
}

const BLOCK = 64;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two of twenty thousand alike is one chance in a hundred thousand million. */
const SHOWN = 11;

function shown(words: Uint32Array): string {
  let text = '';
  for (let at = 0; at < SHOWN; at++) {
    const bit = at * 6;
    const [high = 0, low = 0] = [words[bit >> 5], words[(bit >> 5) + 1]];
    const from = bit & 31;
    const six = from <= 26 ? high >>> (26 - from) : (high << (from - 26)) | (low >>> (58 - from));
    text += LETTERS.charAt(six & 63);
  }
  return text;
}

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(32);
  words.forEach((word, at) => new DataView(bytes.buffer).setUint32(at * 4, word));
  return bytes;
}

/** The first 32 bits of the fractional parts of roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3). */
const [ROUNDS, START] = ((): readonly [Uint32Array, Uint32Array] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return [
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
})();

function sha256(parts: readonly Uint8Array[]): Uint32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const blocks = Math.ceil((length + 9) / BLOCK);
  const bytes = new Uint8Array(blocks * BLOCK);
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor((length * 8) / 2 ** 32));
  view.setUint32(bytes.length - 4, (length * 8) >>> 0);
  const hash = START.slice();
  const schedule = new Uint32Array(64);
  for (let block = 0; block < blocks; block++) compress(hash, schedule, view, block * BLOCK);
  return hash;
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function compress(hash: Uint32Array, schedule: Uint32Array, view: DataView, from: number): void {
  for (let t = 0; t < 64; t++) {
    if (t < 16) {
      schedule[t] = view.getUint32(from + t * 4);
      continue;
    }
    const w15 = at(schedule, t - 15);
    const w2 = at(schedule, t - 2);
    const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    schedule[t] = at(schedule, t - 16) + s0 + at(schedule, t - 7) + s1;
  }
  let [a, b, c, d] = [at(hash, 0), at(hash, 1), at(hash, 2), at(hash, 3)];
  let [e, f, g, h] = [at(hash, 4), at(hash, 5), at(hash, 6), at(hash, 7)];
  // Written out, for this is where all of the time goes: an array for each round would cost ten times as much.
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUNDS, t) + at(schedule, t)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  hash[0] = at(hash, 0) + a;
  hash[1] = at(hash, 1) + b;
  hash[2] = at(hash, 2) + c;
  hash[3] = at(hash, 3) + d;
  hash[4] = at(hash, 4) + e;
  hash[5] = at(hash, 5) + f;
  hash[6] = at(hash, 6) + g;
  hash[7] = at(hash, 7) + h;
}

function at(words: Uint32Array, place: number): number {
  return words[place] ?? 0;
}
