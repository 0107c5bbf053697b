import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { join } from 'node:path';

/** A child process of a benchmark: what it printed first, and how to end it. */
export type Child = {
  readonly said: string;
  readonly pid: number;
  /** Sends a line and waits for the one that answers it. */
  ask(line: string): Promise<string>;
  readonly stop: () => Promise<void>;
};

const STARTS_WITHIN_MS = 60_000;

export async function startChild(file: string, options: object, flags: readonly string[] = []): Promise<Child> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, file), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const said = await nextLine(child, lines, () => undefined);
  return {
    said,
    pid: child.pid ?? 0,
    ask: (line) => nextLine(child, lines, () => child.stdin.write(`${line}\n`)),
    stop: () => end(child),
  };
}

function nextLine(child: ChildProcess, lines: Interface, begin: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the process did not answer in time')), STARTS_WITHIN_MS);
    const ended = (code: number | null): void => reject(new Error(`the process ended with ${String(code)}`));
    child.once('exit', ended);
    lines.once('line', (line) => {
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(line);
    });
    begin();
  });
}

/** Seconds of processor time this process and its threads have used, user and system (proc(5), /proc/pid/stat). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the command in brackets and may hold blanks: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Linux has told programs of a hundred ticks a second on every machine for decades (USER_HZ). */
const TICKS_PER_SECOND = 100;

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
