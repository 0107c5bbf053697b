import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A member that cosigns heads (C2SP tlog-cosignature); its keys live as long as the test. */
export type TestWitness = { readonly key: string; cosign(note: string, atSeconds?: number): string };

export function testWitness(name: string): TestWitness {
  const pair = generateKeyPairSync('ed25519');
  const typed = Buffer.concat([Buffer.from([4]), pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return {
    key: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    cosign: (note, atSeconds = 1_795_338_000) => {
      const body = note.slice(0, note.indexOf('\n\n') + 1);
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(atSeconds));
      const text = Buffer.from(`cosignature/v1\ntime ${String(atSeconds)}\n${body}`, 'utf8');
      return `— ${name} ${Buffer.concat([id, time, sign(null, text, pair.privateKey)]).toString('base64')}\n`;
    },
  };
}
