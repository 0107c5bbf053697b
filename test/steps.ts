import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Result } from './results.ts';

export const ROOT = join(import.meta.dirname, '..');

/** One step of `npm test`. What its commands say goes to `say` when it runs beside others, and straight out when not. */
export type Step = { readonly name: string; readonly run: (say?: Say) => Promise<readonly Result[]> };
type Say = (text: string) => void;

/** Steps one after another, in lanes beside each other. */
export type Stage = readonly (readonly Step[])[];

/**
 * What is compiled once is not compiled again by the next process: the tests start some hundreds of them. Node checks
 * each piece against its source.
 */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

/** Runs all of a stage, each lane to its end whatever fails in another; tells of each step as it ends. */
export async function runStage(
  lanes: Stage,
  tell: (step: Step, results: readonly Result[], seconds: number) => void,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) {
        const heading = `\n── ${step.name}`;
        const started = Date.now();
        if (lanes.length === 1) console.log(heading);
        // What two steps say at once would be read as nobody’s.
        const said: string[] = [];
        const results = await step.run(lanes.length === 1 ? undefined : (text) => void said.push(text));
        if (lanes.length > 1) console.log([heading, said.join('').trimEnd()].filter((text) => text !== '').join('\n'));
        tell(step, results, Math.round((Date.now() - started) / 1000));
      }
    }),
  );
}

export type HowToRun = { readonly env?: Readonly<Record<string, string>>; readonly say?: Say | undefined };

/** The exit code of a command. */
export function runCommand(command: readonly string[], { env = {}, say }: HowToRun = {}): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: say ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => say?.(text));
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    // When all that it said has come, and not only when it ended.
    child.once('close', (code) => resolve(code ?? 1));
  });
}
