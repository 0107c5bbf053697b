import { globSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './check.ts';
import { fromElements, fromVitest, named, outcome, toRunAgain } from './results.ts';
import type { Result } from './results.ts';
import { ROOT, runCommand, runStage, type HowToRun, type Stage, type Step } from './steps.ts';

/**
 * The whole proof, in the order in which a fault is cheapest to find. `npm test` runs everything;
 * `npm test -- <word>` runs the tests whose file has the word in its path; `npm test -- --long` everything, the long
 * journeys and what needs more than our own packages: the real OpenMRS shell, and PHP. What failed is named under its
 * step at the end, and the last line is always `N passed, N failed`.
 */
const RESULTS = join(ROOT, 'node_modules', '.cache', `corridor-results-${process.pid}.json`);
const JOURNEYS = ['--config', 'vitest.journeys.config.ts'];
/** Minutes each on two cores: what a change is likely to break is noticed without them, and CI runs them every time. */
const LONG_JOURNEYS = ['story-*', 'gallery', 'layout-shift', 'frames', 'xss'].map(
  (name) => `test/journeys/${name}.test.ts`,
);

const asked = process.argv[2];
const long = asked === '--long';

const stages: readonly Stage[] =
  asked === undefined || long ? [...everything(), ...oneByOne(long ? longOnes() : [])] : oneByOne(stepsFor(asked));
const all: Result[] = [];
const summary: string[] = [];

for (const stage of stages) {
  await runStage(stage, ({ name }, results, seconds) => {
    all.push(...results);
    summary.push(
      `${results.every((result) => result.passed) ? '✓' : '✗'} ${name}: ${counted(results)} (${seconds} s)`,
      ...named('✗', failed(results), ROOT),
    );
  });
}

console.log(`\n${summary.join('\n')}\n`);
console.log(counted(all));
process.exitCode = failed(all).length > 0 || all.length === 0 ? 1 : 0;

function counted(results: readonly Result[]): string {
  return `${results.length - failed(results).length} passed, ${failed(results).length} failed`;
}

function failed(results: readonly Result[]): readonly Result[] {
  return results.filter((result) => !result.passed);
}

/**
 * Checks and build keep one core busy each, so they go in two lanes: what only reads, and what is compiled. Tests that
 * run a browser or a launcher have the machine to themselves.
 */
function everything(): readonly Stage[] {
  const checks = CHECKS.map(({ name, command, compiles }) => ({
    name,
    compiles,
    run: (say: HowToRun['say']) => asOne(command, { say }),
  }));
  return [
    [
      checks.filter(({ compiles }) => !compiles),
      [...checks.filter(({ compiles }) => compiles), { name: 'build', run: (say) => build({ say }) }],
    ],
    ...oneByOne([
      { name: 'unit tests', run: () => vitest([]) },
      { name: 'element tests in Chromium', run: () => elements(['test/**/*.browser.test.ts']) },
      {
        name: 'journeys in Chromium',
        run: () => vitest(JOURNEYS, { without: LONG_JOURNEYS }),
      },
    ]),
  ];
}

function oneByOne(steps: readonly Step[]): readonly Stage[] {
  return steps.map((step) => [[step]]);
}

function longOnes(): readonly Step[] {
  return [
    {
      name: 'long journeys in Chromium',
      run: () => vitest(JOURNEYS, { files: globSync(LONG_JOURNEYS, { cwd: ROOT }) }),
    },
    {
      name: 'in the real OpenMRS shell',
      run: async () => {
        const fetchShell = (): Promise<number> => runCommand(['npm', 'ci', '--prefix', 'test/openmrs-shell']);
        // The network may have a bad moment.
        if ((await fetchShell()) !== 0 && (await fetchShell()) !== 0) return broken('npm ci of the shell');
        if ((await runCommand(['rollup', '-c', '--configOpenmrs', '--silent'])) !== 0) return broken('rollup');
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
    { name: 'unit tests', run: () => vitest(['--passWithNoTests'], { files: [filter] }) },
    ...(inBrowser.length > 0 ? [{ name: 'element tests in Chromium', run: () => elements(inBrowser) }] : []),
    ...(journeys.length > 0
      ? [
          { name: 'build', run: () => build() },
          { name: 'journeys in Chromium', run: () => vitest(JOURNEYS, { files: [filter] }) },
        ]
      : []),
  ];
}

/** As `npm run build` does it: what vendors get is tested as it is built. */
async function build(how: HowToRun = {}): Promise<readonly Result[]> {
  for (const command of [
    ['rollup', '-c', '--silent'],
    ['cem', 'analyze', '--quiet'],
    ['node', 'sdk/write.ts'],
  ]) {
    if ((await runCommand(command, how)) !== 0) return broken(command.join(' '));
  }
  return [{ file: '', title: 'build', passed: true }];
}

async function asOne(command: readonly string[], how: HowToRun = {}): Promise<readonly Result[]> {
  return [{ file: '', title: command.join(' '), passed: (await runCommand(command, how)) === 0 }];
}

type Chosen = { readonly files?: readonly string[]; readonly without?: readonly string[] };

function vitest(args: readonly string[], { files = [], without = [] }: Chosen = {}): Promise<readonly Result[]> {
  return onceMore(async (again) => {
    const reported = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
    const chosen = again ?? [...files, ...without.flatMap((one) => ['--exclude', one])];
    const code = await runCommand(['vitest', 'run', ...reported, ...args, ...chosen]);
    return honest(fromVitest(RESULTS), code);
  });
}

function elements(asked: readonly string[]): Promise<readonly Result[]> {
  return onceMore(async (files = asked) => {
    const code = await runCommand(['wtr', ...files.flatMap((file) => ['--files', file])], {
      env: { CORRIDOR_TEST_RESULTS: RESULTS },
    });
    return honest(fromElements(RESULTS), code);
  });
}

/** A runner that ends badly without a failed test (an error outside of any, a crash) has failed. */
function honest(results: readonly Result[] | undefined, code: number): readonly Result[] {
  if (!results) return broken('nothing was reported');
  return code !== 0 && failed(results).length === 0 ? [...results, ...broken(`ended with ${code}`)] : results;
}

function broken(title: string): readonly Result[] {
  return [{ file: '', title, passed: false }];
}

/**
 * In CI other work shares the cores: a few files that failed are run again, alone, and at most twice. A test that fails
 * in two tries has failed; the summary names whatever failed in one. Elsewhere a failure stands at once.
 */
async function onceMore(
  attempt: (files?: readonly string[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const tries = [await attempt()];
  for (let again = toRunAgain(tries); process.env['CI'] && again !== undefined; again = toRunAgain(tries)) {
    console.log(`\n── once more: ${again === 'everything' ? 'all of it' : `${again.length} of the files, alone`}`);
    tries.push(await attempt(again === 'everything' ? undefined : again));
  }
  const { results, accidents } = outcome(tries);
  summary.push(...named('↻ failed in one try of several:', accidents, ROOT));
  return results;
}
