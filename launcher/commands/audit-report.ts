import { Command } from 'commander';
import { patientReport, type Language, type Names } from '../audit/reports/patient-report.ts';
import { UnusualUse, type Visit, visitOf } from '../audit/reports/report.ts';
import { createStoreAudit, type StoreAudit } from '../audit/store-audit.ts';
import { ArgumentError, unknownArgument } from '../argument-error.ts';
import { readConfig } from '../config.ts';
import { readCommunity } from '../main.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { loadAlerts } from '../storage/tables/alerts.ts';
import type { AuditEventFilter } from '../storage/tables/audit-events.ts';
import { moveBy } from './alerts.ts';
import { LAUNCHER_OPTION } from './ask-launcher.ts';
import { BY_OPTION, openNoted, type Reading } from './note-reading.ts';
import { readInstant } from './read-instant.ts';
import { readNhsNumber } from './read-nhs-number.ts';

type Options = {
  readonly patient?: string;
  readonly user?: string;
  readonly unusual?: boolean;
  readonly plain?: boolean;
  readonly language: string;
  readonly community?: string;
  readonly by?: string;
  readonly launcher?: string;
  readonly since?: string;
  readonly until?: string;
  readonly storage?: string;
};

/** `corridor audit report`: who looked at one person, what one user looked at, or what a privacy officer should ask about. */
export function reportCommand(): Command {
  return new Command('report')
    .description('who looked at one person’s record, what one user looked at, or what is unusual')
    .option('--patient <number>', 'visits to this NHS number; - reads it from standard input')
    .option('--plain', 'with --patient: in plain words, for the person themselves')
    .option('--language <language>', 'of --plain: en or cy', 'en')
    .option('--community <file>', 'with --plain: names roles and organisations (or CORRIDOR_COMMUNITY_FILE)')
    .option('--user <key>', 'visits of this user, as corridor audit list names them')
    .option('--unusual', 'open alerts, and users whose visits stand out')
    .option(...BY_OPTION)
    .option(...LAUNCHER_OPTION)
    .option('--since <when>', 'visits at or after this instant or day (UTC)', readInstant)
    .option('--until <when>', 'visits before this instant or day (UTC)', readInstant)
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .action((options: Options) => report(options));
}

type Moved = {
  readonly storage?: string;
  readonly seen?: string;
  readonly close?: string;
  readonly by?: string;
  readonly launcher?: string;
};

/** `corridor audit alerts`: the privacy officer's queue. */
export function alertsCommand(): Command {
  return new Command('alerts')
    .description('print the open alerts, one JSON object a line, or move one on')
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .option('--seen <id>', 'somebody looks into it (SQLite: with its launcher stopped)')
    .option('--close <id>', 'nothing is left to do (SQLite: with its launcher stopped)')
    .option(...BY_OPTION)
    .option(...LAUNCHER_OPTION)
    .action(async (options: Moved) => {
      const moved = options.close ?? options.seen;
      const { by } = options;
      const to = options.close === undefined ? 'seen' : 'closed';
      if (moved !== undefined && by === undefined)
        throw new ArgumentError('argument.missing', '--seen and --close: need --by NAME');
      const reading = moved === undefined ? { by, what: 'alerts' } : undefined;
      await withStore(options, reading, async ({ database }) => {
        if (moved !== undefined && by !== undefined && !(await moveBy(database, moved, to, by))) {
          process.stderr.write('No such alert, or it is past that already.\n');
          process.exitCode = 1;
        }
        for (const state of ['open', 'seen'] as const)
          for (const alert of await loadAlerts(database.queries, { state, limit: 1_000 }))
            process.stdout.write(`${JSON.stringify(alert)}\n`);
      });
    });
}

async function report(options: Options): Promise<void> {
  const asked = [options.patient, options.user, options.unusual].filter((one) => one !== undefined);
  if (asked.length !== 1)
    throw new ArgumentError('argument.choose_one', 'audit report: give one of --patient, --user and --unusual');
  if (options.plain && options.patient === undefined)
    throw new ArgumentError('argument.does_not_fit', '--plain: goes with --patient');
  if (options.language !== 'en' && options.language !== 'cy')
    throw unknownArgument('argument.unknown_language', {
      option: '--language',
      given: options.language,
      choices: ['en', 'cy'],
    });
  const language: Language = options.language;
  const nhsNumber = options.patient === undefined ? undefined : await readNhsNumber(options.patient);
  const between = {
    ...(options.since !== undefined && { since: options.since }),
    ...(options.until !== undefined && { until: options.until }),
  };
  const names = options.plain ? await namesOf(options.community) : undefined;
  const reading: Reading = {
    by: options.by,
    what: 'report',
    ...(nhsNumber !== undefined && { nhsNumber }),
    about: { of: options.unusual ? 'unusual' : (options.user ?? 'patient') },
  };
  await withStore(options, reading, async ({ audit, database }) => {
    if (options.unusual) return unusual(audit, database, between);
    const who = nhsNumber === undefined ? { user: options.user ?? '' } : { nhsNumber };
    const visits = visitsOf(audit, { ...between, ...who });
    if (names !== undefined && nhsNumber !== undefined) {
      const all: Visit[] = [];
      for await (const visit of visits) all.push(visit);
      const protectedPerson = await wasRestricted(audit, nhsNumber);
      process.stdout.write(patientReport(all, names, language, { protectedPerson }));
      return;
    }
    // The number asked for need not stand in every line; another's is patient data, shown because it was asked about a user.
    for await (const { nhsNumber: other, ...visit } of visits)
      process.stdout.write(`${JSON.stringify(nhsNumber === undefined ? { ...visit, nhsNumber: other } : visit)}\n`);
  });
}

async function unusual(audit: StoreAudit, { queries }: Database, between: object): Promise<void> {
  for (const alert of await loadAlerts(queries, { state: 'open', limit: 1_000 }))
    process.stdout.write(`${JSON.stringify({ alert: alert.kind, ...alert })}\n`);
  const use = new UnusualUse();
  for await (const visit of visitsOf(audit, between)) use.take(visit);
  for (const one of use.list()) process.stdout.write(`${JSON.stringify(one)}\n`);
}

/** Whether any launch found this person's whereabouts restricted (S flag), at their own EPR or nationally. */
async function wasRestricted(audit: StoreAudit, nhsNumber: string): Promise<boolean> {
  for (let after = 0; ;) {
    const events = await audit.read({ nhsNumber, type: 'launch.finished', after, limit: PAGE });
    if (events.some(({ detail }) => detail?.['patient.restricted'] !== undefined)) return true;
    const last = events.at(-1);
    if (!last || events.length < PAGE) return false;
    after = last.sequence;
  }
}

const PAGE = 1_000;

async function* visitsOf(audit: StoreAudit, filter: Omit<AuditEventFilter, 'limit'>): AsyncGenerator<Visit> {
  for (let after = 0; ;) {
    const events = await audit.read({ ...filter, after, limit: PAGE });
    for (const event of events) {
      const visit = visitOf(event);
      if (visit) yield visit;
    }
    const last = events.at(-1);
    if (!last || events.length < PAGE) return;
    after = last.sequence;
  }
}

/** As `corridor serve` finds the file; without one a person would be handed codes. */
async function namesOf(given: string | undefined): Promise<Names> {
  const file = given ?? readConfig(process.env).community.file;
  if (file === undefined)
    throw new ArgumentError(
      'argument.missing',
      '--plain: needs the names of roles and organisations. Give --community FILE, the file you serve with, or set CORRIDOR_COMMUNITY_FILE',
    );
  const { members, roles } = await readCommunity(file);
  return {
    organisation: (ods) => members.find((member) => member.ods === ods)?.name,
    role: (id) => roles.find((role) => role.id === id)?.name,
  };
}

type Store = { readonly audit: StoreAudit; readonly database: Database };

async function withStore(
  { storage, launcher }: { readonly storage?: string; readonly launcher?: string },
  /** What is read; left out, the store is opened to be written. */
  reading: Reading | undefined,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env, storage === undefined ? {} : { 'storage.url': storage });
  const database = await (reading === undefined
    ? openDatabase(config.storage, () => undefined)
    : openNoted({ storage: config.storage, launcher }, () => reading));
  try {
    await work({ audit: createStoreAudit(database), database });
  } finally {
    await database.close();
  }
}
