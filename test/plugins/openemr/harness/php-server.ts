import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../../support/free-port.ts';

/** OpenEMR's web root as far as the module needs it, behind PHP's own server. */
export async function servePhp(
  root: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const port = await freePort();
  const served = spawn('php', ['-S', `127.0.0.1:${String(port)}`, '-t', root], { env: environment, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => served.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${String(port)}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer) break;
    if (Date.now() > deadline || served.exitCode !== null) throw new Error('php -S did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    close: async () => {
      served.kill();
      await ended;
    },
  };
}

/** Where `interface/modules/custom_modules/<module>/public` is below a web root. */
export const PUBLIC = join('interface', 'modules', 'custom_modules', 'oe-module-shared-record', 'public');
