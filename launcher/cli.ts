import { Command } from 'commander';
import { alertsCommand } from './commands/alerts.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { keysCommand } from './commands/keys.ts';
import { eprCommand } from './commands/epr.ts';
import { explainCommand } from './commands/explain.ts';
import { linkCommand } from './commands/link.ts';
import { objectionsCommand } from './commands/objections.ts';
import { pluginCommand } from './commands/plugin.ts';
import { policyCommand } from './commands/policy.ts';
import { restoreCommand } from './commands/restore.ts';
import { serveCommand } from './commands/serve.ts';
import { ConfigError } from './config.ts';
import { StorageError } from './storage/database.ts';

/** `corridor`, the launcher's command line. Exit 0: well; 1: problems found, called wrongly, or the work failed. */
const program = new Command('corridor')
  .description('The cross-organisation care record, inside the EPR a clinician already has open.')
  .addCommand(serveCommand())
  .addCommand(checkCommand())
  .addCommand(auditCommand())
  .addCommand(explainCommand())
  .addCommand(policyCommand())
  .addCommand(objectionsCommand())
  .addCommand(alertsCommand())
  .addCommand(keysCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(pluginCommand())
  .addCommand(eprCommand())
  .addCommand(linkCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = 1;
}

/** What an operator can mend is said in its own words; anything else is our fault and shows where. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || error instanceof StorageError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken: stop what uses it, or choose another with --port or CORRIDOR_SERVER_PORT.';
  }
  return error.stack ?? error.message;
}
