import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'esbuild';
import { collecting, type CollectedTest } from './collect-tests.ts';
import { standInsOf } from './stand-ins.ts';

/**
 * One file's changes asked of its tests within this process: Stryker's own changes, one bundle, and no new process for
 * each of them, which takes seconds where Stryker takes minutes. `node quick.ts FILE TEST…` lists what nobody noticed
 * and ends with one line of JSON. Properties are tried six times for each change. The figure is a lower bound: a test
 * that fails here without any change is an error, and nothing is measured.
 */
const ROOT = join(import.meta.dirname, '../..');
const [file = '', ...own] = process.argv.slice(2);

type Switch = { activeMutant?: string; hitCount?: number; hitLimit?: number; mutantCoverage?: unknown };
/** Where Stryker's instrumented code asks which of its changes is on. */
const on: Switch = ((globalThis as { __stryker__?: Switch }).__stryker__ = {});
/** A change that makes a loop endless is noticed: it stands on its `hitLimit`th turn. */
const MOST_TURNS = 300_000;

const silent = (): void => undefined;
const off = (): boolean => false;
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: console.error, fatal: console.error };
const enabled = { isTraceEnabled: off, isDebugEnabled: off, isInfoEnabled: off, isWarnEnabled: off };
const levels = { ...enabled, isErrorEnabled: () => true, isFatalEnabled: () => true };

const source = readFileSync(join(ROOT, file), 'utf8');
const { files, mutants } = await new Instrumenter({ ...log, ...levels }).instrument(
  [{ name: join(ROOT, file), mutate: true, content: source }],
  { plugins: null, excludedMutations: [], ignorers: [] },
);
/** One bundle for all test files, and one for each that replaces modules. */
const replacing = own.filter((test) => replacedBy([test]).size > 0);
const scripts: Script[] = [];
for (const tests of [own.filter((test) => !replacing.includes(test)), ...replacing.map((test) => [test])])
  if (tests.length > 0) scripts.push(await bundled(files[0]?.content ?? '', tests));

// A file of types has nothing to change.
const before = mutants.length > 0 ? await ask([]) : { failed: [] };
if (before.failed.length > 0) {
  for (const { name, error } of before.failed) console.log(`  fails without any change: ${name}: ${error}`);
  process.exit(3);
}
const lines = source.split('\n');
const noticing: string[] = [];
let noticed = 0;
for (const mutant of mutants) {
  Object.assign(on, { activeMutant: mutant.id, hitCount: 0, hitLimit: MOST_TURNS });
  const [first] = (await ask(noticing.slice(-8))).failed;
  if (first) {
    noticed++;
    if (!noticing.includes(first.name)) noticing.push(first.name);
  } else tell(mutant.mutatorName, mutant.replacement, mutant.location);
}
console.log(JSON.stringify({ file, changes: mutants.length, noticed, tests: own.length }));
process.exit(0);

type Failure = { readonly name: string; readonly error: string };

/** Loads the tests anew and runs them, those that noticed an earlier change first; stops at the first that fails. */
async function ask(early: readonly string[]): Promise<{ readonly failed: readonly Failure[] }> {
  const tests: CollectedTest[] = [];
  try {
    for (const script of scripts) tests.push(...load(script));
  } catch (error) {
    return { failed: [{ name: 'loading', error: String(error) }] };
  }
  if (tests.length === 0) return { failed: [{ name: 'loading', error: 'there are no tests' }] };
  for (const test of [...tests].sort((a, b) => Number(early.includes(b.name)) - Number(early.includes(a.name)))) {
    try {
      await test.run();
    } catch (error) {
      return { failed: [{ name: test.name, error: String(error).slice(0, 300) }] };
    }
  }
  return { failed: [] };
}

function load(script: Script): readonly CollectedTest[] {
  const { vitest, tests } = collecting();
  const nodes = createRequire(join(ROOT, 'package.json'));
  const require = (id: string): unknown => (id === 'vitest' ? vitest : (nodes(id) as unknown));
  (script.runInThisContext() as (...args: unknown[]) => void)(require, { exports: {} }, {});
  return tests;
}

function replacedBy(tests: readonly string[]): ReadonlyMap<string, string> {
  return new Map(tests.flatMap((test) => [...standInsOf(join(ROOT, test), readFileSync(join(ROOT, test), 'utf8'))]));
}

async function bundled(instrumented: string, tests: readonly string[]): Promise<Script> {
  const replaced = replacedBy(tests);
  const contents = tests.map((test) => `require(${JSON.stringify(join(ROOT, test))});`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
    packages: 'external',
    plugins: [
      {
        name: 'instrumented',
        setup: (bundle) => {
          const ours = { filter: /\.ts$/, namespace: 'file' };
          bundle.onResolve(ours, ({ resolveDir, path }) => {
            const replacedPath = join(resolveDir, path);
            return replaced.has(replacedPath) ? { path: replacedPath, namespace: 'stand-in' } : undefined;
          });
          bundle.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({
            loader: 'ts',
            contents: replaced.get(path) ?? '',
          }));
          bundle.onLoad(ours, ({ path }) => ({ loader: 'ts', contents: textOf(path, instrumented) }));
        },
      },
    ],
  });
  return new Script(`(function (require, module, exports) {${outputFiles[0]?.text ?? ''}\n})`);
}

/** In one bundle no module knows where it stands. */
function textOf(path: string, instrumented: string): string {
  const text = path === join(ROOT, file) ? instrumented : readFileSync(path, 'utf8');
  return text
    .replace(/numRuns: [\d_]+/g, 'numRuns: 6')
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    .replaceAll('import.meta.url', JSON.stringify(`file://${path}`));
}

type Place = { readonly line: number; readonly column: number };

/** A change nobody noticed, as a reader of a difference would see it. */
function tell(kind: string, replacement: string, { start, end }: { readonly start: Place; readonly end: Place }): void {
  const first = lines[start.line] ?? '';
  const was = lines.slice(start.line, end.line + 1).map((line) => line.trim());
  const rest = (lines[end.line] ?? '').slice(end.column);
  console.log(`\n[${kind}] ${basename(file)}:${start.line + 1}:${start.column}`);
  console.log(`- ${was.join(' ').slice(0, 240)}`);
  console.log(`+ ${(first.slice(0, start.column) + replacement.replace(/\s+/g, ' ') + rest).trim().slice(0, 240)}`);
}
