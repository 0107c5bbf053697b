import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ArgumentError } from '../argument-error.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { StorageError } from '../storage/database.ts';
import { checkBalp } from '../verifier/check-balp.ts';
import { readTrustedKey, type TrustedKey, trustedKeyOfSeed } from '../verifier/notes.ts';
import { openLog } from '../verifier/read-store.ts';
import { type Disagreement, reconcile } from '../verifier/reconcile.ts';
import { type StoredLeaf, type Verdict, verifyLog } from '../verifier/verify-log.ts';

type Options = {
  readonly storage?: string;
  readonly key: readonly string[];
  readonly heads: readonly string[];
  readonly profiles?: boolean;
  readonly json?: boolean;
};

/** `corridor audit verify`: reads and checks with code of its own (launcher/verifier); nothing that writes takes part. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'check that the audit is whole: its tree, its signed heads, the heads other members hold, and the tables it tells of',
    )
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .option('--key <key>', 'public key of the log or of a witness (name+hash+key); may be given again', several, [])
    .option('--heads <file>', 'a signed head a witness holds, as it gave it; may be given again', several, [])
    .option('--profiles', 'check each event against the IHE BALP profile it claims too')
    .option('--json', 'print the verdict as one JSON object')
    .addHelpText(
      'after',
      '\nThe log’s own key is taken from CORRIDOR_AUDIT_KEYS when it is set, and how long copies are kept from CORRIDOR_AUDIT_AS_SEEN_DAYS: give both as the launcher has them. Exit 1: something is wrong.',
    )
    .action((options: Options) => verify(options));
}

/** For an option that may be given again. */
export function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function verify(options: Options): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const keys = trusted(config, options.key);
  const witnessed = await Promise.all(options.heads.map(readHead));
  const image = await openLog(config.storage.url, witnessed.flat()).catch(refuseStore);
  const departures: string[] = [];
  try {
    const leaves = options.profiles ? checking(image.leaves, departures) : image.leaves;
    const verdict = await verifyLog({ ...image, leaves }, { keys });
    const tables = await reconcile(image.ask, config.audit.asSeenDays, Date.now());
    const ok = verdict.ok && departures.length === 0 && tables.length === 0;
    const words = options.json
      ? JSON.stringify({ ...verdict, ok, tables, departures: departures.slice(0, MOST_SHOWN) })
      : [describe(verdict, departures, keys), ...tables.map(inWords)].join('\n');
    process.stdout.write(`${words}\n`);
    if (!ok) process.exitCode = 1;
  } finally {
    await image.close();
  }
}

/** The address may hold a password: only the store's own code is told. */
function refuseStore(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const next = 'give --storage (or CORRIDOR_STORAGE_URL) as the launcher has it, and read it as a user who may';
  throw new StorageError(`The store of the audit can’t be opened (${code}): ${next}.`, { cause });
}

function inWords({ what, count }: Disagreement): string {
  return `WRONG: the tables are not what the audit says was done: ${what}: ${String(count)}.`;
}

const MOST_SHOWN = 20;
const SIGNED = 'The tree is the one that was signed.';
const NOTHING_SIGNED = 'The tree agrees with itself, but no signed head is there to hold it against.';

/** The log’s own keys from the settings, and those that were given. */
export function trusted({ audit }: Config, given: readonly string[]): readonly TrustedKey[] {
  const own = (audit.keys ?? []).map(({ key }) => trustedKeyOfSeed(audit.name, key));
  const typed = given.map((text) => readTrustedKey(text));
  const ofWitnesses = audit.witnesses.map((text) => readTrustedKey(text));
  if (!allThere(typed))
    throw new ArgumentError('argument.not_a_key', '--key: one is not a key (name+hash+key, C2SP signed-note)');
  if (!allThere(ofWitnesses))
    throw new ConfigError(['audit.witnesses (CORRIDOR_AUDIT_WITNESSES): one is not a witness’s key']);
  return [...own, ...typed, ...ofWitnesses];
}

function allThere<T>(all: readonly (T | undefined)[]): all is readonly T[] {
  return all.every((one) => one !== undefined);
}

/** One file may hold many heads, one after the other: a head begins after the signatures of the one before. */
export async function readHead(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ArgumentError('argument.unreadable_file', `--heads ${file}: can’t be read (${code})`);
  });
  return text.split(/(?<=\n— [^\n]+\n)(?!— )/).filter((note) => note.trim() !== '');
}

async function* checking(
  leaves: AsyncIterable<readonly StoredLeaf[]> | Iterable<readonly StoredLeaf[]>,
  departures: string[],
): AsyncGenerator<readonly StoredLeaf[]> {
  for await (const batch of leaves) {
    for (const { leaf, body } of batch as readonly StoredLeaf[]) {
      for (const problem of checkBalp(parse(body))) departures.push(`event ${String(leaf)}: ${problem}`);
    }
    yield batch;
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function describe(verdict: Verdict, departures: readonly string[], keys: readonly TrustedKey[]): string {
  const { size, first, problems, unsigned, untold, witnesses } = verdict;
  const seen = Object.entries(witnesses).map(([name, upTo]) => `${name} has seen the first ${String(upTo)}.`);
  const where =
    first?.before === undefined
      ? `event ${String(first?.index)}`
      : `events ${String(first.index)} to ${String(first.before - 1)}, one of them or a missing one`;
  const empty = size === 0 && !first;
  return [
    empty
      ? 'Nothing has been written yet: there is nothing to check.'
      : `${String(size)} ${size === 1 ? 'event' : 'events'}, ${String(unsigned)} not yet under a signed head.`,
    untold === undefined ? [] : `${String(untold)} older events are in no tree: nothing vouches for them.`,
    empty || keys.some(({ kind }) => kind === 'log')
      ? []
      : 'The signatures of heads were not checked: give the log’s --key.',
    seen.length > 0 ? seen : 'No witness’s head was compared: the log’s author alone vouches for it.',
    empty ? [] : first ? `WRONG: first at ${where}.` : unsigned === size ? NOTHING_SIGNED : SIGNED,
    problems.map(({ index, what }) => `  ${String(index)}: ${what}`),
    departures.slice(0, MOST_SHOWN).map((departure) => `  ${departure}`),
  ]
    .flat()
    .join('\n');
}
