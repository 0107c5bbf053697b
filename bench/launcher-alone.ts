import { createInterface } from 'node:readline';
import { startLauncher } from '../launcher/main.ts';
import type { ConfigValues } from '../launcher/config.ts';

/**
 * The launcher and nothing else in a process, so that what the process spends is the launcher's. Arguments: one JSON
 * object. First line printed: `{ url }`. Started with `--expose-gc`, each line on standard input collects the garbage
 * and is answered by what memory is then held.
 */
type Options = { readonly communityText: string; readonly settings: ConfigValues };

const { communityText, settings } = JSON.parse(process.argv[2] ?? '{}') as Options;
const launcher = await startLauncher({ communityText, logTo: { write: () => undefined }, settings });
console.log(JSON.stringify({ url: launcher.url }));

process.once('SIGTERM', () => void launcher.close().then(() => process.exit(0)));
createInterface({ input: process.stdin }).on('line', () => {
  void collect().then(() => console.log(JSON.stringify(process.memoryUsage())));
});

/** Two rounds: what the first frees, the second gives back. */
async function collect(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
