import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { ConsentStatement } from '../access/consent.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { createStoreAudit } from '../audit/store-audit.ts';
import { ConfigError, readConfig } from '../config.ts';
import { readCommunity } from '../main.ts';
import type { Database } from '../storage/database.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { endConsent, loadConsents, saveConsent } from '../storage/tables/consents.ts';
import { readDay } from './read-day.ts';

type Storage = { readonly storage?: string };
type Added = Storage & {
  readonly patient: string;
  readonly giver: readonly string[];
  readonly receiver: readonly string[];
  readonly section: readonly SectionId[];
  readonly use: string;
  readonly from?: string;
  readonly to?: string;
  readonly emergencies?: boolean;
  readonly by: string;
};

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
        .option('--storage <url>', 'sqlite:FILE or postgres://…')
        .action(add),
    )
    .addCommand(
      new Command('list')
        .description('print what one person said, one JSON object a line')
        .requiredOption('--patient <number>', 'NHS number', nhsNumber)
        .option('--ended', 'with what has been ended')
        .option('--storage <url>', 'sqlite:FILE or postgres://…')
        .action((options: Storage & { patient: string; ended?: boolean }) =>
          withStore(options, async ({ queries }) => {
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
        .option('--storage <url>', 'sqlite:FILE or postgres://…')
        .action((id: string, options: Storage & { by: string }) =>
          withStore(options, async (database) => {
            await writeDown(database, 'objection.ended', options.by, { objection: id });
            if (await endConsent(database.queries, id, new Date().toISOString())) return;
            process.stderr.write('No such objection, or it has ended already.\n');
            process.exitCode = 1;
          }),
        ),
    );
}

async function add(options: Added): Promise<void> {
  const id = randomUUID();
  const { from, to } = options;
  if (from !== undefined && to !== undefined && from > to)
    throw new ConfigError(['--to: is before --from: the objection would never hold']);
  await knowEach(options);
  const period = { ...(from !== undefined && { start: from }), ...(to !== undefined && { end: to }) };
  const statement: ConsentStatement = {
    id,
    base: {
      type: 'deny',
      ...((from ?? to) !== undefined && { period }),
      purposes: [options.use, ...(options.emergencies === true ? ['BTG'] : [])],
      receivers: options.receiver,
      givers: options.giver,
      sections: options.section,
      labels: [],
      data: [],
    },
    exceptions: [],
  };
  await withStore(options, async (database) => {
    await writeDown(database, 'objection.recorded', options.by, { objection: id }, options.patient);
    await saveConsent(database.queries, {
      id,
      nhsNumber: options.patient,
      statement: JSON.stringify(statement),
      recordedAt: new Date().toISOString(),
      recordedBy: options.by,
    });
  });
  process.stdout.write(`${id}\n`);
}

/** First written down, then done: no objection comes or goes without a name in the audit. */
function writeDown(
  database: Database,
  type: 'objection.recorded' | 'objection.ended',
  by: string,
  detail: NonNullable<AuditEvent['detail']>,
  nhsNumber?: string,
): Promise<void> {
  return createStoreAudit(database).record({
    type,
    at: new Date().toISOString(),
    outcome: 'success',
    user: `urn:corridor:community-team|${by}`,
    ...(nhsNumber !== undefined && { nhsNumber }),
    detail,
  });
}

/** An objection against an organisation that nobody knows holds nowhere. Left unchecked where no community file is named. */
async function knowEach({ giver, receiver }: Added): Promise<void> {
  const { file } = readConfig(process.env, {}).community;
  if (file === undefined) return;
  const { members } = await readCommunity(file);
  const organisations = new Set<string>(members.map(({ ods }) => ods));
  const sources = new Set<string>(members.flatMap((member) => member.sources.map(({ id }) => id)));
  const unknown = [
    ...giver.filter((one) => !organisations.has(one) && !sources.has(one)).map((one) => `--giver ${one}`),
    ...receiver.filter((one) => !organisations.has(one)).map((one) => `--receiver ${one}`),
  ];
  if (unknown.length > 0) throw new ConfigError(unknown.map((one) => `${one}: is not in the community file`));
}

/** With the embedded store the launcher must be stopped: one process opens it. On PostgreSQL it need not be. */
async function withStore(options: Storage, work: (database: Database) => Promise<void>): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const database = await openDatabase(config.storage, () => undefined);
  try {
    await migrate(database);
    await work(database);
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
