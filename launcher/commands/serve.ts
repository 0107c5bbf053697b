import { Command } from 'commander';
import type { ConfigValues, SettingName } from '../config.ts';
import { startLauncher } from '../main.ts';
import { createLog } from '../observability/log.ts';
import { endOnFault } from '../observability/process-faults.ts';

type Options = {
  readonly community?: string;
  readonly port?: string;
  readonly host?: string;
  readonly storage?: string;
  readonly publicUrl?: string;
};

const SETTING_OF: { readonly [option in keyof Options]-?: SettingName } = {
  community: 'community.file',
  port: 'server.port',
  host: 'server.host',
  storage: 'storage.url',
  publicUrl: 'server.publicUrl',
};

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the launcher until it is told to stop (SIGTERM, SIGINT)')
    .option('--community <file>', 'community file (YAML)')
    .option('--port <number>', 'port to listen on')
    .option('--host <address>', 'address to listen on')
    .option('--public-url <url>', 'address browsers and EPRs reach the launcher at')
    .option('--storage <url>', 'sqlite:FILE or postgres://…')
    .addHelpText('after', '\nAll settings: docs/configuration.md. Options win over the environment.')
    .action((options: Options) => serve(options));
}

async function serve(options: Options): Promise<void> {
  const settings: { [name in SettingName]?: unknown } = {};
  for (const [option, name] of Object.entries(SETTING_OF)) {
    const value = options[option as keyof Options];
    if (value !== undefined) settings[name] = value;
  }
  endOnFault(createLog('error'));
  const stopped = firstSignal();
  const launcher = await startLauncher({ settings: settings satisfies ConfigValues });
  process.stderr.write(`Corridor listens at ${launcher.url}\n`);
  await stopped;
  await launcher.close();
}

/** A second signal is not waited for: whoever sends it means it. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
