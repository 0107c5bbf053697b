import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import { createObjections, neverHolds, type Objection, type Objections } from '../access/objections.ts';
import { createStoreAudit } from '../audit/store-audit.ts';
import { ArgumentError } from '../argument-error.ts';
import { readConfig } from '../config.ts';
import { readCommunity } from '../main.ts';
import { type Database, StorageError } from '../storage/database.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { endConsent, loadConsents, saveConsent } from '../storage/tables/consents.ts';
import { askLauncher, LAUNCHER_OPTION } from './ask-launcher.ts';
import { readDay } from './read-day.ts';

type Storage = { readonly storage?: string };
type Launched = Storage & { readonly launcher?: string };
type Added = Launched & Objection & { readonly community?: string };

/** The community's own store of objections: for people who tell the community team, not an organisation. */
export function objectionsCommand(): Command {
  return new Command('objections')
    .description('record, list and end objections to sharing; each takes effect on the next byte')
    .addCommand(
      new Command('add')
        .description('record an objection of one person')
        .requiredOption('--patient <number>', 'NHS number', nhsNumber)
        .requiredOption('--by <name>', 'who records it', named)
        .option('--giver <ods...>', 'only what these organisations or sources hold', [])
        .option('--receiver <ods...>', 'only against these organisations', [])
        .option('--section <id...>', 'only these parts of the record', sections, [])
        .option('--use <code>', 'v3 ActReason code of the use objected to', 'TREAT')
        .option('--from <day>', 'first day', readDay)
        .option('--to <day>', 'last day', readDay)
        .option('--emergencies', 'in an emergency too: breaking the glass does not open it')
        .option('--community <file>', 'refuses organisations it does not name (or CORRIDOR_COMMUNITY_FILE)')
        .option(...LAUNCHER_OPTION)
        .option('--storage <url>', 'sqlite:FILE (with its launcher stopped) or postgres://…')
        .action(add),
    )
    .addCommand(
      new Command('list')
        .description('print what one person said, one JSON object a line')
        .requiredOption('--patient <number>', 'NHS number', nhsNumber)
        .option('--ended', 'with what has been ended')
        .option('--storage <url>', 'sqlite:FILE or postgres://…')
        .action((options: Storage & { patient: string; ended?: boolean }) =>
          withStore(options, true, async ({ queries }) => {
            for (const row of await loadConsents(queries, options.patient, { ended: options.ended === true }))
              process.stdout.write(`${JSON.stringify({ ...row, statement: JSON.parse(row.statement) as unknown })}\n`);
          }),
        ),
    )
    .addCommand(
      new Command('end')
        .description('end an objection: the person withdrew it')
        .argument('<id>', 'its id')
        .requiredOption('--by <name>', 'who ends it', named)
        .option(...LAUNCHER_OPTION)
        .option('--storage <url>', 'sqlite:FILE (with its launcher stopped) or postgres://…')
        .action(end),
    );
}

async function add(options: Added): Promise<void> {
  const { launcher, storage, community: given, ...objection } = options;
  const file = given ?? readConfig(process.env).community.file;
  const problems = neverHolds(objection, file === undefined ? undefined : await readCommunity(file));
  if (problems.length > 0) throw new ArgumentError('argument.never_holds', problems.join('; '));
  const id =
    launcher === undefined
      ? await withObjections({ ...(storage !== undefined && { storage }) }, (own) => own.record(objection))
      : String((await askLauncher(launcher, '/admin/objections', objection))['id']);
  process.stdout.write(`${id}\n`);
}

async function end(id: string, { by, launcher, ...options }: Launched & { readonly by: string }): Promise<void> {
  if (launcher !== undefined) {
    await askLauncher(launcher, '/admin/objections/end', { id, by });
    return;
  }
  if (await withObjections(options, (own) => own.end(id, by))) return;
  process.stderr.write('No such objection, or it has ended already.\n');
  process.exitCode = 1;
}

/** One process writes to the embedded store: beside a launcher that runs, the way leads through it. */
async function withObjections<T>(options: Storage, work: (own: Objections) => Promise<T>): Promise<T> {
  try {
    return await withStore(options, false, async (database) => {
      await migrate(database);
      return work(
        createObjections({
          audit: createStoreAudit(database),
          save: (row) => saveConsent(database.queries, row),
          end: (id, at) => endConsent(database.queries, id, at),
          newId: randomUUID,
          now: () => Date.now(),
        }),
      );
    });
  } catch (cause) {
    if (!(cause instanceof StorageError) || !cause.message.includes('is in use by')) throw cause;
    throw new StorageError(`${cause.message}\nOr go through it: --launcher URL, with its CORRIDOR_ADMIN_TOKEN.`, {
      cause,
    });
  }
}

async function withStore<T>(
  { storage }: Storage,
  readOnly: boolean,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const config = readConfig(process.env, storage === undefined ? {} : { 'storage.url': storage });
  const database = await openDatabase(config.storage, () => undefined, readOnly);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function named(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('is empty: who is it?');
  return value.trim();
}

function nhsNumber(value: string): string {
  const number = parseNhsNumber(value);
  if (number === undefined) throw new InvalidArgumentError('is not an NHS number');
  return number;
}

function sections(value: string, before: readonly SectionId[]): readonly SectionId[] {
  const known = SECTIONS.find(({ id }) => id === value);
  if (!known) throw new InvalidArgumentError('is not a section of the record');
  return [...before, known.id];
}
