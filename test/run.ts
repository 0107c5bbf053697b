import { spawn } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './check.ts';

/**
 * The whole proof, in the order in which a fault is cheapest to find. `npm test` runs everything;
 * `npm test -- <word>` runs the tests whose file has the word in its path; `npm test -- --long` everything, the long
 * journeys and what needs more than our own packages: the real OpenMRS shell, and PHP. The last line is always `N passed, N failed`.
 */
type Count = { readonly passed: number; readonly failed: number };
type Step = { readonly name: string; readonly run: () => Promise<Count> };

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'node_modules', '.cache', `corridor-results-${process.pid}.json`);
/** Minutes each on two cores: what a change is likely to break is noticed without them, and CI runs them every time. */
const LONG_JOURNEYS = ['story-*', 'gallery', 'layout-shift', 'frames', 'xss'].map(
  (name) => `test/journeys/${name}.test.ts`,
);

const asked = process.argv[2];
const long = asked === '--long';

const steps: readonly Step[] =
  asked === undefined || long ? [...everything(), ...(long ? longOnes() : [])] : stepsFor(asked);
let total: Count = { passed: 0, failed: 0 };
const summary: string[] = [];

for (const step of steps) {
  console.log(`\n── ${step.name}`);
  const started = Date.now();
  const count = await step.run();
  total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
  summary.push(
    `${count.failed > 0 ? '✗' : '✓'} ${step.name}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - started) / 1000)} s)`,
  );
}

console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function everything(): readonly Step[] {
  return [
    ...CHECKS.map((check) => ({ name: check.name, run: () => asOne(check.command) })),
    { name: 'build', run: build },
    { name: 'unit tests', run: () => vitest([]) },
    { name: 'element tests in Chromium', run: () => elements(['test/**/*.browser.test.ts']) },
    {
      name: 'journeys in Chromium',
      run: () =>
        vitest(['--config', 'vitest.journeys.config.ts', ...LONG_JOURNEYS.flatMap((one) => ['--exclude', one])]),
    },
  ];
}

function longOnes(): readonly Step[] {
  return [
    {
      name: 'long journeys in Chromium',
      run: () => vitest(['--config', 'vitest.journeys.config.ts', ...globSync(LONG_JOURNEYS, { cwd: ROOT })]),
    },
    {
      name: 'in the real OpenMRS shell',
      run: async () => {
        if ((await run(['npm', 'ci', '--prefix', 'test/openmrs-shell'])) !== 0) return { passed: 0, failed: 1 };
        if ((await run(['rollup', '-c', '--configOpenmrs', '--silent'])) !== 0) return { passed: 0, failed: 1 };
        return vitest(['--config', 'vitest.openmrs.config.ts']);
      },
    },
    { name: 'the OpenEMR module, run by PHP', run: () => asOne(['node', 'test/plugins/openemr/harness/run.ts']) },
  ];
}

function stepsFor(filter: string): readonly Step[] {
  const inBrowser = globSync('test/**/*.browser.test.ts', { cwd: ROOT }).filter((file) => file.includes(filter));
  const journeys = globSync('test/journeys/**/*.test.ts', { cwd: ROOT }).filter((file) => file.includes(filter));
  return [
    { name: 'unit tests', run: () => vitest([filter, '--passWithNoTests']) },
    ...(inBrowser.length > 0 ? [{ name: 'element tests in Chromium', run: () => elements(inBrowser) }] : []),
    ...(journeys.length > 0
      ? [
          { name: 'build', run: build },
          { name: 'journeys in Chromium', run: () => vitest(['--config', 'vitest.journeys.config.ts', filter]) },
        ]
      : []),
  ];
}

/** As `npm run build` does it: what vendors get is tested as it is built. */
async function build(): Promise<Count> {
  for (const command of [
    ['rollup', '-c', '--silent'],
    ['cem', 'analyze', '--quiet'],
    ['node', 'sdk/write.ts'],
  ]) {
    if ((await run(command)) !== 0) return { passed: 0, failed: 1 };
  }
  return { passed: 1, failed: 0 };
}

async function asOne(command: readonly string[]): Promise<Count> {
  const ok = (await run(command)) === 0;
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(args: readonly string[]): Promise<Count> {
  rmSync(RESULTS, { force: true });
  const code = await run([
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${RESULTS}`,
    ...args,
  ]);
  const results = readResults<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>();
  if (!results) return { passed: 0, failed: 1 };
  // A file that cannot be loaded fails no test of its own; it must not pass for that.
  return { passed: results.numPassedTests, failed: Math.max(results.numFailedTests, code === 0 ? 0 : 1) };
}

async function elements(files: readonly string[]): Promise<Count> {
  rmSync(RESULTS, { force: true });
  const code = await run(['wtr', ...files.flatMap((file) => ['--files', file])], { CORRIDOR_TEST_RESULTS: RESULTS });
  const results = readResults<Count>();
  return results
    ? { passed: results.passed, failed: Math.max(results.failed, code === 0 ? 0 : 1) }
    : { passed: 0, failed: 1 };
}

function readResults<T>(): T | undefined {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as T;
  } catch {
    return undefined;
  } finally {
    rmSync(RESULTS, { force: true });
  }
}

function run(command: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
