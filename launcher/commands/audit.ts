import { Command, InvalidArgumentError } from 'commander';
import { createStoreAudit, type WrittenAuditEvent } from '../audit/store-audit.ts';
import { createCheckpointSigner } from '../audit/tree/checkpoint.ts';
import { ConfigError, readConfig } from '../config.ts';
import { openDatabase } from '../storage/open-database.ts';
import { eraseCommand, replayCommand } from './audit-replay.ts';
import { alertsCommand, reportCommand } from './audit-report.ts';
import { verifyCommand } from './audit-verify.ts';
import { readInstant } from './read-instant.ts';

type Options = {
  readonly since?: string;
  readonly until?: string;
  readonly type?: string;
  readonly launch?: string;
  readonly limit: number;
  readonly storage?: string;
  readonly showPatient?: boolean;
};

const PAGE = 1_000;

export function auditCommand(): Command {
  return new Command('audit')
    .description('read what the launcher wrote about itself, and check that it is whole')
    .addCommand(listCommand())
    .addCommand(verifyCommand())
    .addCommand(replayCommand())
    .addCommand(eraseCommand())
    .addCommand(reportCommand())
    .addCommand(alertsCommand())
    .addCommand(keyCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('print audit events, one JSON object a line, in the order they were written')
    .option('--since <when>', 'events at or after this instant or day (UTC)', readInstant)
    .option('--until <when>', 'events before this instant or day (UTC)', readInstant)
    .option('--type <type>', 'one kind of event, e.g. record.viewed')
    .option('--launch <id>', 'events of one launch')
    .option('--limit <number>', 'events printed at most', wholeNumber, 1_000)
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .option('--show-patient', 'print NHS numbers too (they are patient data: mind where the output goes)')
    .action((options: Options) => list(options));
}

function keyCommand(): Command {
  return new Command('key')
    .description('print the public key of this log, for --key of those who verify it (from CORRIDOR_AUDIT_KEYS)')
    .action(() => {
      const { audit } = readConfig(process.env);
      const [first] = audit.keys ?? [];
      if (!first) throw new ConfigError(['audit.keys (CORRIDOR_AUDIT_KEYS): is not set, so no key outlives a start']);
      process.stdout.write(`${createCheckpointSigner(audit.name, first.key).verifierKey}\n`);
    });
}

async function list(options: Options): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const database = await openDatabase(config.storage, () => undefined, true);
  try {
    const audit = createStoreAudit(database);
    let after = 0;
    for (let left = options.limit; left > 0;) {
      const events = await audit.read({ ...filterOf(options), after, limit: Math.min(left, PAGE) });
      for (const event of events) process.stdout.write(`${JSON.stringify(shown(event, options))}\n`);
      const last = events.at(-1);
      if (!last || events.length < Math.min(left, PAGE)) return;
      after = last.sequence;
      left -= events.length;
    }
  } finally {
    await database.close();
  }
}

function filterOf({ since, until, type, launch }: Options): object {
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(type !== undefined && { type }),
    ...(launch !== undefined && { launchId: launch }),
  };
}

function shown(event: WrittenAuditEvent, options: Options): object {
  if (options.showPatient === true || event.nhsNumber === undefined) return event;
  return { ...event, nhsNumber: 'not shown' };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('write a whole number.');
  return Number(text);
}
