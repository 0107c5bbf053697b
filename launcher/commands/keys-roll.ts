import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { createCheckpointSigner } from '../audit/tree/checkpoint.ts';
import { ArgumentError } from '../argument-error.ts';
import { ConfigError, readConfig, type SealKeySetting } from '../config.ts';
import {
  addSealKey,
  dropSealKeys,
  SealRollRefused,
  useNewestSealKey,
  writeSealKeys,
} from '../session/roll-seal-keys.ts';
import { openDatabase } from '../storage/open-database.ts';
import { countSealedUnder } from '../storage/tables/sealed-under.ts';
import { dropRetired, type KeyOfFile, makeKeySet, publishNext, RollRefused, useNext } from '../trust/key-set.ts';
import { KeyFileError, loadKeys } from '../trust/keys.ts';

const HOUR_MS = 3_600_000;
type Step = 'add' | 'use' | 'drop';

/** `corridor keys roll`: changes a secret in steps, each good while some launchers have taken it and others not yet. */
export function rollCommand(): Command {
  return new Command('roll')
    .description(
      'change keys without ending a launch or a view: add, use, drop, with a restart of every launcher after each',
    )
    .addCommand(clientCommand())
    .addCommand(sealCommand())
    .addCommand(auditCommand());
}

function clientCommand(): Command {
  return new Command('client')
    .description('the keys EPRs and sources know the launcher by (CORRIDOR_KEYS_FILE); the file is replaced')
    .argument(
      '<step>',
      'add: publish new ones · use: sign with them · drop: stop publishing the old',
      oneOf('add', 'use', 'drop'),
    )
    .option('--file <file>', 'the key file, instead of the one CORRIDOR_KEYS_FILE names')
    .option('--overlap-hours <hours>', 'how long others have to read the key set between the steps', hours, 24)
    .action((step: Step, options: { readonly file?: string; readonly overlapHours: number }) =>
      inWords(() => rollClient(step, options)),
    );
}

function sealCommand(): Command {
  return new Command('seal')
    .description('the keys that seal launches and sessions at rest; prints the new CORRIDOR_SEAL_KEYS, a secret')
    .argument(
      '<step>',
      'add: all can open · use: the newest seals · drop: without those nothing is sealed under',
      oneOf('add', 'use', 'drop'),
    )
    .option('--storage <url>', 'for drop: sqlite:FILE or postgres://…')
    .action((step: Step, options: { readonly storage?: string }) => inWords(() => rollSeal(step, options)));
}

function auditCommand(): Command {
  return new Command('audit')
    .description('the key that signs the heads of the audit; prints the new CORRIDOR_AUDIT_KEYS, a secret')
    .argument('<step>', 'add: a new key signs, and the one before it beside it, until the next change', oneOf('add'))
    .action(() => inWords(rollAudit));
}

async function rollClient(
  step: Step,
  options: { readonly file?: string; readonly overlapHours: number },
): Promise<void> {
  const file = options.file ?? readConfig(process.env).keys.file;
  if (file === undefined) throw new ConfigError(['keys.file (CORRIDOR_KEYS_FILE): is not set, and there is no --file']);
  // Refuses what the launcher would refuse, before anything is changed.
  await loadKeys(file).catch((cause: unknown) => {
    throw cause instanceof KeyFileError
      ? cause
      : new ArgumentError('argument.unreadable_file', `${file}: can’t be read`);
  });
  const { keys } = JSON.parse(await readFile(file, 'utf8')) as { readonly keys: readonly KeyOfFile[] };
  const at = new Date().toISOString();
  const overlapMs = options.overlapHours * HOUR_MS;
  const rolled =
    step === 'add'
      ? publishNext(keys, makeKeySet(`${at.slice(0, 10)}-${randomBytes(2).toString('hex')}`), at)
      : step === 'use'
        ? useNext(keys, at, overlapMs)
        : dropRetired(keys, at, overlapMs);
  await replaceFile(file, `${JSON.stringify({ keys: rolled }, undefined, 2)}\n`);
  const state = ({ next, retired }: KeyOfFile): string => (next ? 'next' : retired ? 'retired' : 'signs');
  for (const key of rolled) process.stdout.write(`${key.kid} ${state(key)}\n`);
  const after = { add: 'then "use"', use: 'then "drop"', drop: 'and it is done' }[step];
  process.stderr.write(`Give ${file} to every launcher and restart them one by one, ${after}.\n`);
}

/** Whole or not at all, and read by its owner alone. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(beside, text, { mode: 0o600, flag: 'wx' });
    await loadKeys(beside);
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

async function rollSeal(step: Step, options: { readonly storage?: string }): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const ring = config.seal.keys;
  if (!ring) throw new ConfigError(['seal.keys (CORRIDOR_SEAL_KEYS): is not set: there is nothing to roll']);
  const counts = new Map<string, number>();
  if (step === 'drop') {
    const database = await openDatabase(config.storage, () => undefined, true);
    try {
      for (const { id } of ring) counts.set(id, await countSealedUnder(database.queries, id));
    } finally {
      await database.close();
    }
  }
  const rolled =
    step === 'add'
      ? addSealKey(ring, newKey())
      : step === 'use'
        ? useNewestSealKey(ring)
        : dropSealKeys(ring, (id) => counts.get(id) ?? 0);
  process.stdout.write(`CORRIDOR_SEAL_KEYS=${writeSealKeys(rolled)}\n`);
  const after = { add: 'then "use"', use: 'then, after some weeks, "drop"', drop: 'and it is done' }[step];
  process.stderr.write(`Give it to every launcher and restart them one by one, ${after}.\n`);
}

/** In front: it signs. The last one stays last: patients are named by it in alerts (`build-audit.ts`). */
function rollAudit(): Promise<void> {
  const { audit } = readConfig(process.env);
  const ring = audit.keys;
  if (!ring) throw new ConfigError(['audit.keys (CORRIDOR_AUDIT_KEYS): is not set: there is nothing to roll']);
  const made = newKey();
  const rolled = [made, ...ring];
  process.stdout.write(`CORRIDOR_AUDIT_KEYS=${writeSealKeys(rolled)}\n`);
  process.stderr.write(
    [
      `Give every witness and verifier the new public key: ${createCheckpointSigner(audit.name, made.key).verifierKey}`,
      'Then give the keys to every launcher and restart them one by one. Heads bear the signature of the key before too, until the next change. Keep all keys: old heads are checked with them.',
      '',
    ].join('\n'),
  );
  return Promise.resolve();
}

function newKey(): SealKeySetting {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return { id: `k${day}-${randomBytes(2).toString('hex')}`, key: new Uint8Array(randomBytes(32)) };
}

async function inWords(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refused = error instanceof RollRefused || error instanceof SealRollRefused || error instanceof KeyFileError;
    if (!refused) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function oneOf(...steps: readonly Step[]): (text: string) => Step {
  return (text) => {
    const step = steps.find((one) => one === text);
    if (!step) throw new InvalidArgumentError(`is one of ${steps.join(', ')}.`);
    return step;
  };
}

function hours(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('write a whole number of hours.');
  return Number(text);
}
