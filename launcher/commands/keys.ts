import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ArgumentError } from '../argument-error.ts';
import { makeKeySet } from '../trust/key-set.ts';
import { rollCommand } from './keys-roll.ts';

export function keysCommand(): Command {
  return new Command('keys')
    .description('the keys the launcher proves itself with, seals with and signs its audit with')
    .addCommand(
      new Command('make')
        .description(
          'make a private key file for CORRIDOR_KEYS_FILE: ES384 and RS384 (SMART App Launch 2.2), ES256 (acting context), RS512 (NHS API platform)',
        )
        .argument('<file>', 'file to write; one that is there is never overwritten')
        .action((file: string) => make(file)),
    )
    .addCommand(rollCommand());
}

async function make(file: string): Promise<void> {
  const keys = makeKeySet(new Date().toISOString().slice(0, 10));
  try {
    // Only its owner may read it, from the first byte on.
    await writeFile(file, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ArgumentError(
      'argument.unwritable_file',
      `${file} can’t be written (${code === 'EEXIST' ? 'it is there already' : code})`,
    );
  }
  process.stdout.write(
    `${file}: ${keys.map(({ kid }) => kid).join(', ')}. Keep it secret; EPRs read the public halves at /.well-known/jwks.json.\n`,
  );
}
