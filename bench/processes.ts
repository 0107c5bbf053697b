import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** A child process of a benchmark: what it printed first, and how to end it. */
export type Child = { readonly said: string; stop(): Promise<void> };

const STARTS_WITHIN_MS = 60_000;

export async function startChild(file: string, options: object): Promise<Child> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await firstLine(child);
  return { said, stop: () => end(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the process did not start in time')), STARTS_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`the process ended with ${String(code)}`)));
    if (child.stdout) {
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(timer);
        child.stdout?.resume();
        resolve(line);
      });
    }
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Presses “Shared record” in the benchmark's chart: one fresh launch link. */
export async function pressSharedRecord(press: string): Promise<string> {
  const answer = await fetch(press, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ place: 'tab' }),
  });
  return ((await answer.json()) as { url: string }).url;
}
