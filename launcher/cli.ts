import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { keysCommand } from './commands/keys.ts';
import { serveCommand } from './commands/serve.ts';
import { ConfigError } from './config.ts';
import { StorageError } from './storage/database.ts';

/** `corridor`, the launcher's command line. Exit 0: well; 1: problems found, called wrongly, or the work failed. */
const program = new Command('corridor')
  .description('The cross-organisation care record, inside the EPR a clinician already has open.')
  .addCommand(serveCommand())
  .addCommand(checkCommand())
  .addCommand(auditCommand())
  .addCommand(keysCommand());

try {
  await program.parseAsync();
} catch (error) {
  // What an operator can mend is said in its own words; anything else is our fault and shows where.
  const words =
    error instanceof ConfigError || error instanceof StorageError
      ? error.message
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
