import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { findFreePorts } from '../../sandbox/addresses.ts';

const START = join(import.meta.dirname, '../../sandbox/start.ts');

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(args: readonly string[], environment: Record<string, string> = {}): Child {
  return spawn(process.execPath, [START, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}

async function outcome(child: Child): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

// Programs run, several one after the other.
vi.setConfig({ testTimeout: 150_000 });

describe('npm start', () => {
  it('says what is wrong with its options, without a stack', async () => {
    for (const [args, words] of [
      [['--port', 'x'], /--port is a number/],
      [['--split'], /--split needs --data/],
      [['--data', '/nowhere'], /\/nowhere can’t be read/],
    ] as const) {
      const { code, said } = await outcome(start(args));
      expect(code).toBe(1);
      expect(said).toMatch(words);
      expect(said).not.toMatch(/\n\s+at /);
    }
  });

  it('listens, prints its links and one ready line last, stops within two seconds and leaves the ports free', async () => {
    const port = await findFreePorts(40);
    const child = start(['--port', String(port)], { CORRIDOR_SANDBOX_MODES: 'XB002=down' });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('ready ')) break;
    }
    const ready = JSON.parse(lines.at(-1)!.slice(6)) as {
      launcher: string;
      control: string;
      organisations: { ods: string; fhir: string }[];
      residents: unknown[];
    };
    expect(ready.launcher).toBe(`http://127.0.0.1:${port}`);
    expect(ready.organisations.length).toBeGreaterThanOrEqual(24);
    expect(ready.residents.length).toBeGreaterThanOrEqual(12);
    expect(lines.join('\n')).toContain(ready.control);
    expect((await fetch(`${ready.launcher}/health/live`)).status).toBe(200);
    expect((await fetch(`${ready.organisations[0]!.fhir}/metadata`)).status).toBe(200);
    await expect(fetch(`${ready.organisations.find((one) => one.ods === 'XB002')!.fhir}/metadata`)).rejects.toThrow();
    const asked = performance.now();
    child.kill('SIGINT');
    const { code } = await outcome(child);
    expect(code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    await expect(fetch(`${ready.launcher}/health/live`)).rejects.toThrow();
  });
});
