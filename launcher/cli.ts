import { Command } from 'commander';
import { ArgumentError } from './argument-error.ts';
import { ConfigError } from './config.ts';
import { StorageError } from './storage/database.ts';

/** In the order of the help. What a command needs is loaded with it: a list of the audit waits for no server. */
const COMMANDS: { readonly [name: string]: () => Promise<Command> } = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  policy: async () => (await import('./commands/policy.ts')).policyCommand(),
  objections: async () => (await import('./commands/objections.ts')).objectionsCommand(),
  alerts: async () => (await import('./commands/alerts.ts')).alertsCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  plugin: async () => (await import('./commands/plugin.ts')).pluginCommand(),
  epr: async () => (await import('./commands/epr.ts')).eprCommand(),
  link: async () => (await import('./commands/link.ts')).linkCommand(),
};

/** `corridor`, the launcher's command line. Exit 0: well; 1: problems found, called wrongly, or the work failed. */
const program = new Command('corridor').description(
  'The cross-organisation care record, inside the EPR a clinician already has open.',
);

try {
  const [, , named = ''] = process.argv;
  const wanted = Object.hasOwn(COMMANDS, named) ? [named] : Object.keys(COMMANDS);
  for (const [name, load] of Object.entries(COMMANDS)) if (wanted.includes(name)) program.addCommand(await load());
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = 1;
}

/** What an operator can mend is said in its own words; anything else is our fault and shows where. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ArgumentError || error instanceof ConfigError || error instanceof StorageError)
    return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken: stop what uses it, or choose another with --port or CORRIDOR_SERVER_PORT.';
  }
  return error.stack ?? error.message;
}
