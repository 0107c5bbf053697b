import { Command } from 'commander';
import { readManifestHash } from '../audit/as-seen/manifest-hash.ts';
import { NotReplayable, replay } from '../audit/as-seen/replay.ts';
import { patientHandle } from '../audit/patient-handle.ts';
import { ConfigError, readConfig } from '../config.ts';
import { createSealing } from '../session/seal.ts';
import { openDatabase } from '../storage/open-database.ts';
import { loadBodies } from '../storage/tables/audit-events.ts';
import { destroyPatientKeys, findPatientKey, findSeenView } from '../storage/tables/seen-views.ts';
import { readNhsNumber } from './read-nhs-number.ts';

type ReplayOptions = { readonly storage?: string; readonly manifest?: boolean };

/** `corridor audit replay VIEW`: exactly what a view showed, as NDJSON, after everything about it has been proved. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('print exactly what one view showed (NDJSON), proved against the audit; needs CORRIDOR_SEAL_KEYS')
    .argument('<view>', 'the view’s id, from corridor audit list')
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .option('--manifest', 'print the manifest instead: what was visible, merged, withheld and failed, with hashes')
    .addHelpText('after', '\nThis prints a record: mind where the output goes.')
    .action((view: string, options: ReplayOptions) => show(view, options));
}

async function show(view: string, options: ReplayOptions): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const sealing = createSealing(config.seal.keys);
  const database = await openDatabase(config.storage, () => undefined, true);
  const { queries } = database;
  try {
    const { manifest, lines } = await replay(view, {
      findView: (id) => findSeenView(queries, id),
      findKey: (id) => findPatientKey(queries, id),
      openKey: (purpose, sealed) => sealing.open(purpose, sealed),
      hashInAudit: async (id) => (await loadBodies(queries, id, 'record.seen')).map(readManifestHash)[0],
    });
    if (options.manifest) process.stdout.write(`${JSON.stringify(manifest, undefined, 2)}\n`);
    else if (lines !== undefined) process.stdout.write(lines);
    else throw new NotReplayable('Of this view only the manifest was kept: print it with --manifest.');
  } catch (error) {
    if (!(error instanceof NotReplayable)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await database.close();
  }
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
