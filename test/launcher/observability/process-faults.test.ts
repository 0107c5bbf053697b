import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const here = (path: string): string =>
  JSON.stringify(new URL(`../../../launcher/observability/${path}`, import.meta.url).href);

/** A process of its own that installs the handler and then fails. */
function failing(fault: string): { readonly status: number | null; readonly output: string } {
  const script = `
    import { createLog } from ${here('log.ts')};
    import { endOnFault } from ${here('process-faults.ts')};
    endOnFault(createLog('info'));
    ${fault};
    setInterval(() => {}, 1000);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 15_000,
  });
  return { status, output: `${stdout.toString()}${stderr.toString()}` };
}

describe('a fault nobody caught', () => {
  it.each([
    ['an exception', "setTimeout(() => { throw new Error('Jackson 9434765919'); }, 1)"],
    ['a rejection', "Promise.reject(new Error('Jackson 9434765919'))"],
    ['a rejection that is no error', "Promise.reject('Jackson 9434765919')"],
  ])('%s ends the process with a line that does not quote it', (_what, fault) => {
    const { status, output } = failing(fault);
    expect(status).toBe(1);
    expect(output).toContain('"event":"process.failed"');
    expect(output).not.toMatch(/Jackson|9434765919/);
  });
});
