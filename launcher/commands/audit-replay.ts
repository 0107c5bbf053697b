import { Command } from 'commander';
import { readManifestHash } from '../audit/as-seen/manifest-hash.ts';
import { openedDocuments } from '../audit/as-seen/opened-documents.ts';
import { NotReplayable, replay, type Replayed } from '../audit/as-seen/replay.ts';
import { patientHandle } from '../audit/patient-handle.ts';
import { ArgumentError } from '../argument-error.ts';
import { ConfigError, readConfig } from '../config.ts';
import { createSealing } from '../session/seal.ts';
import type { Queries } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { loadAuditEvents, loadBodies } from '../storage/tables/audit-events.ts';
import { destroyPatientKeys, findPatientKey, findSeenView } from '../storage/tables/seen-views.ts';
import { LAUNCHER_OPTION } from './ask-launcher.ts';
import { openNoted, type Reading } from './note-reading.ts';
import { readNhsNumber } from './read-nhs-number.ts';
import { documentBytes, replayDocuments } from './replay-documents.ts';

type ReplayOptions = {
  readonly storage?: string;
  readonly manifest?: boolean;
  readonly documents?: string;
  readonly by: string;
  readonly launcher?: string;
};

/** `corridor audit replay VIEW`: exactly what a view showed, after everything about it has been proved. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('print exactly what one view showed, proved against the audit; needs CORRIDOR_SEAL_KEYS')
    .argument('<view>', 'the view’s id, or that of a document’s opening, from corridor audit list')
    .requiredOption('--by <name>', 'who reads it: this is somebody’s record, and the audit says who looked')
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .option(...LAUNCHER_OPTION)
    .option('--manifest', 'print the manifest instead: what was visible, merged, withheld and failed, with hashes')
    .option('--documents <folder>', 'write every document that was opened from the view into this folder')
    .addHelpText(
      'after',
      '\nA record comes as NDJSON, a document as its bytes. This prints a record: mind where the output goes.',
    )
    .action((view: string, options: ReplayOptions) => show(view, options));
}

async function show(view: string, options: ReplayOptions): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const sealing = createSealing(config.seal.keys);
  if (options.by.trim() === '') throw new ArgumentError('argument.missing', '--by: is empty: who is it?');
  const database = await openNoted({ storage: config.storage, launcher: options.launcher }, async (store) =>
    readingOf(store.queries, view, options),
  );
  const { queries } = database;
  const again = (id: string): Promise<Replayed> =>
    replay(id, {
      findView: (viewId) => findSeenView(queries, viewId),
      findKey: (keyId) => findPatientKey(queries, keyId),
      openKey: (purpose, sealed) => sealing.open(purpose, sealed),
      hashInAudit: (viewId) => hashInAudit(queries, viewId),
    });
  try {
    const replayed = await again(view);
    if (options.manifest) process.stdout.write(`${JSON.stringify(replayed.manifest, undefined, 2)}\n`);
    else process.stdout.write(shownBytes(replayed));
    const opened = await openedDocuments(view, (filter) => loadAuditEvents(queries, filter));
    await replayDocuments(opened, again, options.documents);
  } catch (error) {
    if (!(error instanceof NotReplayable)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await database.close();
  }
}

/** Whose record it is, is known from the audit itself. */
async function readingOf(queries: Queries, view: string, { by, manifest }: ReplayOptions): Promise<Reading> {
  const seen = await loadAuditEvents(queries, { type: 'record.seen', viewId: view, limit: 1 });
  const opened =
    seen.length > 0 ? seen : await loadAuditEvents(queries, { type: 'document.viewed', viewId: view, limit: 1 });
  const nhsNumber = opened[0]?.nhs_number ?? undefined;
  return {
    by,
    what: manifest ? 'replay of the manifest' : 'replay',
    viewId: view,
    ...(nhsNumber !== undefined && { nhsNumber }),
  };
}

/** Of a record in the event that followed its view, of a document in that of its opening. */
async function hashInAudit(queries: Queries, viewId: string): Promise<string | undefined> {
  const [seen] = await loadBodies(queries, viewId, 'record.seen');
  const [opened] = seen === undefined ? await loadBodies(queries, viewId, 'document.viewed') : [seen];
  return opened === undefined ? undefined : readManifestHash(opened);
}

function shownBytes(replayed: Replayed): string | Buffer {
  if ('document' in replayed.manifest) return documentBytes(replayed);
  if ('lines' in replayed && replayed.lines !== undefined) return replayed.lines;
  throw new NotReplayable('Of this view only the manifest was kept: print it with --manifest.');
}

/** `corridor audit erase`: destroys the keys of one person's sealed views. The audit events stay, and still verify. */
export function eraseCommand(): Command {
  return new Command('erase')
    .description('destroy the keys of everything that was kept of one person’s views; it can’t be undone')
    .requiredOption('--patient <number>', 'NHS number, or - to read it from standard input')
    .option('--storage <url>', 'sqlite:FILE (with its launcher stopped) or postgres://…')
    .action(async (options: { readonly patient: string; readonly storage?: string }) => {
      const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
      const secret = config.audit.keys?.at(-1)?.key;
      if (!secret)
        throw new ConfigError(['audit.keys (CORRIDOR_AUDIT_KEYS): is not set, so no person can be found by number']);
      const number = await readNhsNumber(options.patient);
      const database = await openDatabase(config.storage, () => undefined);
      try {
        const at = new Date().toISOString();
        const keys = await destroyPatientKeys(database.queries, { patientHandle: patientHandle(secret, number) }, at);
        process.stdout.write(`${String(keys)} keys destroyed.\n`);
      } finally {
        await database.close();
      }
    });
}
