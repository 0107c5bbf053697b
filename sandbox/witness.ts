import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/**
 * A member that watches the launcher's audit: it fetches each new head, has it proved that the tree only grew since the
 * head it signed before, cosigns (C2SP tlog-cosignature v1) and keeps the head. Written on its own, from RFC 9162 §2.1.4.2:
 * a witness that shared the launcher's code would share its mistakes.
 */
export type Witness = {
  /** `name+hash+key`, for the launcher's `audit.witnesses`. */
  readonly key: string;
  /** Heads it has signed, the newest last: what a verifier asks it for. */
  readonly heads: readonly string[];
  /** Looks once; says what it did. `refused`: the log is not the one it saw before. */
  look(launcherUrl: string): Promise<'signed' | 'nothing new' | 'refused'>;
};

type Head = { readonly size: number; readonly root: Buffer; readonly body: string };

const TIMEOUT_MS = 2_000;

export function openWitness(name: string, now: () => number = Date.now): Witness {
  const pair = generateKeyPairSync('ed25519');
  const typed = Buffer.concat([Buffer.from([4]), pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  const heads: string[] = [];
  let last: Head = { size: 0, root: Buffer.alloc(0), body: '' };

  function cosign(head: Head): string {
    const seconds = Math.floor(now() / 1_000);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const text = Buffer.from(`cosignature/v1\ntime ${String(seconds)}\n${head.body}`, 'utf8');
    return `— ${name} ${Buffer.concat([id, time, sign(null, text, pair.privateKey)]).toString('base64')}\n`;
  }

  return {
    key: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    heads,
    look: async (launcherUrl) => {
      const note = await get(`${launcherUrl}/audit/checkpoint`);
      const head = note === undefined ? undefined : parseHead(note);
      if (note === undefined || !head || (head.size === last.size && head.root.equals(last.root))) return 'nothing new';
      if (head.size < last.size || (last.size > 0 && !(await grewFrom(last, head, launcherUrl)))) return 'refused';
      const line = cosign(head);
      const answer = await fetch(`${launcherUrl}/audit/witness`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ size: head.size, line }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) return 'refused';
      last = head;
      heads.push(note.slice(0, note.indexOf('\n\n') + 2) + line);
      return 'signed';
    },
  };
}

async function get(url: string): Promise<string | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return answer.ok ? answer.text() : undefined;
}

function parseHead(note: string): Head | undefined {
  const body = note.slice(0, note.indexOf('\n\n') + 1);
  const [, size = '', root = ''] = body.split('\n');
  const bytes = Buffer.from(root, 'base64');
  return /^\d{1,15}$/.test(size) && bytes.length === 32 ? { size: Number(size), root: bytes, body } : undefined;
}

async function grewFrom(old: Head, young: Head, launcherUrl: string): Promise<boolean> {
  if (old.size === young.size) return false;
  const text = await get(`${launcherUrl}/audit/proof/consistency?from=${String(old.size)}&to=${String(young.size)}`);
  const proof = (text ?? '').split('\n').filter(Boolean);
  return isConsistent(
    old,
    young,
    proof.map((line) => Buffer.from(line, 'base64')),
  );
}

/** RFC 9162 §2.1.4.2, with numbers small enough for shifts to be divisions. */
export function isConsistent(
  old: Pick<Head, 'size' | 'root'>,
  young: Pick<Head, 'size' | 'root'>,
  proof: readonly Buffer[],
): boolean {
  const path = (old.size & (old.size - 1)) === 0 ? [old.root, ...proof] : [...proof];
  const start = path.shift();
  if (!start) return false;
  let [fn, sn] = [old.size - 1, young.size - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1];
  let [fr, sr] = [start, start];
  for (const step of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeOf(step, fr), nodeOf(step, sr)];
      while (fn !== 0 && fn % 2 === 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else sr = nodeOf(sr, step);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && fr.equals(old.root) && sr.equals(young.root);
}

function nodeOf(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();
}

/** Several witnesses looking in turn until stopped. A launcher that is away is tried again. */
export function startWitnesses(
  witnesses: readonly Witness[],
  launcherUrl: string,
  everyMs: number,
): { close(): Promise<void> } {
  let looking: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = Promise.allSettled(witnesses.map((witness) => witness.look(launcherUrl))).then(() => {
      busy = false;
    });
  }, everyMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
