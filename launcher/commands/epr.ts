import { Command } from 'commander';
import { checkEpr } from '../build-conformance.ts';
import { ConfigError, readConfig } from '../config.ts';
import { builtInPlugins, readCommunity } from '../main.ts';
import { loadKeys } from '../trust/keys.ts';
import { report } from './plugin.ts';
import { showProgress } from './show-progress.ts';

type Options = {
  readonly community: string;
  readonly organisation: string;
  readonly nhsNumber?: string;
  readonly launch?: string;
  readonly html?: string;
  readonly json?: string;
};

export function eprCommand(): Command {
  const check = new Command('check')
    .description(
      'hold one organisation’s EPR to the contract, and score what it really answers; exit 0 only when all holds',
    )
    .requiredOption('--community <file>', 'community file')
    .requiredOption('--organisation <ods>', 'its ODS code')
    .option(
      '--nhs-number <number>',
      'a person of its TEST data; their record is read and counted, nothing of it is printed',
    )
    .option(
      '--launch <address>',
      'a launch address that the EPR has just made for somebody of its TEST data; it is gone through, once and again',
    )
    .option('--html <file>', 'also write the report as a page')
    .option('--json <file>', 'also write the report as JSON')
    .action(checkOrganisation);
  return new Command('epr').description('an organisation’s own system').addCommand(check);
}

async function checkOrganisation(options: Options): Promise<void> {
  const config = readConfig(process.env);
  if (config.keys.file === undefined)
    throw new ConfigError(['keys.file (CORRIDOR_KEYS_FILE): the EPR knows the launcher by its keys; name their file']);
  const { nhsNumber, launch } = options;
  const found = await checkEpr({
    community: await readCommunity(options.community),
    ods: options.organisation,
    keys: await loadKeys(config.keys.file),
    config,
    plugins: builtInPlugins(),
    issuer: config.server.publicUrl ?? `http://${config.server.host}:${String(config.server.port)}`,
    progress: showProgress(),
    now: () => Date.now(),
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(launch !== undefined && { launch }),
  });
  report(found, options);
}
