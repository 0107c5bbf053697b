import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ConfigError } from '../config.ts';

export function keysCommand(): Command {
  return new Command('keys').description('the keys the launcher proves itself to EPRs with').addCommand(
    new Command('make')
      .description('make a private key file for CORRIDOR_KEYS_FILE: ES384 and RS384 (SMART App Launch 2.2), ES256 (acting context), RS512 (NHS API platform)')
      .argument('<file>', 'file to write; one that is there is never overwritten')
      .action((file: string) => make(file)),
  );
}

async function make(file: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' });
  const small = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const platform = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey.export({ format: 'jwk' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ format: 'jwk' });
  const keys: readonly JsonWebKey[] = [
    { ...elliptic, kid: `es384-${day}`, alg: 'ES384', use: 'sig' },
    { ...rsa, kid: `rs384-${day}`, alg: 'RS384', use: 'sig' },
    { ...small, kid: `es256-${day}`, alg: 'ES256', use: 'sig' },
    { ...platform, kid: `rs512-${day}`, alg: 'RS512', use: 'sig' },
  ];
  try {
    // Only its owner may read it, from the first byte on.
    await writeFile(file, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ConfigError([`${file} can’t be written (${code === 'EEXIST' ? 'it is there already' : code})`]);
  }
  process.stdout.write(
    `${file}: ${keys.map((key) => String(key['kid'])).join(', ')}. Keep it secret; EPRs read the public halves at /.well-known/jwks.json.\n`,
  );
}
