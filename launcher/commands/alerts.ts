import { Command, InvalidArgumentError } from 'commander';
import { moveAlertNamed } from '../audit/move-alert.ts';
import { createStoreAudit } from '../audit/store-audit.ts';
import { readConfig } from '../config.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { type AlertState, loadAlerts, mayMoveAlert, moveAlert } from '../storage/tables/alerts.ts';
import { findReasons } from '../storage/tables/break-glass.ts';
import { LAUNCHER_OPTION } from './ask-launcher.ts';
import { BY_OPTION, openNoted, operator } from './note-reading.ts';

const STATES: readonly AlertState[] = ['open', 'seen', 'closed'];

/** The privacy officer's queue, from a terminal. */
export function alertsCommand(): Command {
  return new Command('alerts')
    .description('the privacy officer’s queue: broken glass, records opened on the reader’s own claim, unusual use')
    .addCommand(
      new Command('list')
        .description(
          'print alerts, newest first, one JSON object a line; a broken glass with the reason that was given',
        )
        .option('--state <state>', 'open, seen or closed', state, 'open')
        .option('--kind <kind>', 'one kind, e.g. break-glass')
        .option(...BY_OPTION)
        .option(...LAUNCHER_OPTION)
        .option('--limit <number>', 'alerts printed at most', Number, 100)
        .option('--storage <url>', 'sqlite:FILE or postgres://…')
        .action(list),
    )
    .addCommand(moveCommand('seen', 'take an alert up: somebody is asking'))
    .addCommand(moveCommand('closed', 'close an alert: nothing is left to do'));
}

type Storage = { readonly storage?: string };

function moveCommand(to: 'seen' | 'closed', description: string): Command {
  return new Command(to === 'seen' ? 'take' : 'close')
    .description(description)
    .argument('<id>', 'the alert’s id')
    .requiredOption('--by <name>', 'who does; it stands in the audit')
    .option('--storage <url>', 'sqlite:FILE (with its launcher stopped; beside it: /admin/alerts) or postgres://…')
    .action((id: string, options: Storage & { readonly by: string }) =>
      withDatabase(options, async (database) => {
        if (await moveBy(database, id, to, options.by)) return;
        process.stderr.write('No such alert, or it is past that already.\n');
        process.exitCode = 1;
      }),
    );
}

/** As `alert.moved`, which `corridor audit verify` holds against the alert. */
export function moveBy(database: Database, id: string, to: 'seen' | 'closed', by: string): Promise<boolean> {
  const { queries } = database;
  const deps = {
    audit: createStoreAudit(database),
    mayMove: (one: string, state: 'seen' | 'closed') => mayMoveAlert(queries, one, state),
    move: (one: string, state: 'seen' | 'closed') => moveAlert(queries, one, state),
    now: () => Date.now(),
  };
  return moveAlertNamed(deps, id, to, operator(by));
}

async function list(
  options: Storage & { state: AlertState; kind?: string; limit: number; by?: string; launcher?: string },
): Promise<void> {
  const { state: wanted, kind, limit } = options;
  const work = async ({ queries }: Database): Promise<void> => {
    const alerts = await loadAlerts(queries, { state: wanted, limit, ...(kind !== undefined && { kind }) });
    const reasons = await findReasons(
      queries,
      alerts.map(({ id }) => id),
    );
    for (const alert of alerts) {
      const reason = reasons.get(alert.id);
      process.stdout.write(`${JSON.stringify({ ...alert, ...(reason !== undefined && { reason }) })}\n`);
    }
  };
  await withDatabase(options, work, true);
}

/** Looking may be done beside a running launcher; moving an alert may not, where the store is embedded. */
async function withDatabase(
  options: Storage & { readonly by?: string; readonly launcher?: string },
  work: (database: Database) => Promise<void>,
  reading = false,
): Promise<void> {
  const { storage } = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const database = await (reading
    ? openNoted({ storage, launcher: options.launcher }, () => ({ by: options.by, what: 'alerts' }))
    : openDatabase(storage, () => undefined));
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

function state(value: string): AlertState {
  const known = STATES.find((one) => one === value);
  if (!known) throw new InvalidArgumentError(`use one of: ${STATES.join(', ')}`);
  return known;
}
