import type { Log } from './log.ts';

/**
 * A fault nobody caught ends the process, as it must: its state is no longer known. But it ends with a log line of ours
 * and not with the platform's, which prints the error's message, and that may quote what a source or a person wrote.
 */
export function endOnFault(log: Log): void {
  // Node raises unhandled rejections here too.
  process.on('uncaughtException', (error) => {
    log.error('process.failed', { error });
    process.exit(1);
  });
}
