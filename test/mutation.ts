import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ownTestsOf } from './mutation/own-tests.ts';

/**
 * `npm run mutation -- src/record/no-day.ts` changes the file in every small way Stryker knows and asks for each whether
 * a test fails. A folder means each file in it. Only a file's own tests are asked (`mutation/own-tests.ts`). That keeps a
 * run short, and says whether the rule is proven where a reader looks for the proof. `--with test/record/conflicts` asks
 * that file or folder too. `--quick` makes the same changes in one process (`mutation/quick.ts`).
 */
const ROOT = join(import.meta.dirname, '..');
/** Below it a file is not proven; the same in `stryker.config.js`. */
const LEAST = 90;
const MOST_MS = 600_000;
const MOST_SAID = 64 * 1024 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: 'string', multiple: true, default: [] }, quick: { type: 'boolean', default: false } },
});
const targets = positionals.flatMap(filesOf);
if (targets.length === 0) {
  console.error('Name a file or folder: npm run mutation -- src/record/no-day.ts');
  process.exitCode = 2;
}

const measured: Measured[] = [];
for (const target of targets) if (!holds(target)) process.exitCode = 1;
if (measured.length > 1) console.log(tableOf(measured));

function filesOf(named: string): readonly string[] {
  const path = relative(ROOT, resolve(ROOT, named));
  if (!existsSync(join(ROOT, path))) throw new Error(`There is no ${named}.`);
  return statSync(join(ROOT, path)).isDirectory() ? globSync(`${path}/**/*.ts`, { cwd: ROOT }).sort() : [path];
}

function testsIn(named: string): readonly string[] {
  return filesOf(named).filter((path) => path.endsWith('.test.ts'));
}

function holds(file: string): boolean {
  const own = [...new Set([...ownTestsOf(file), ...values.with.flatMap(testsIn)])];
  console.log(`\n── ${file}: ${own.length > 0 ? own.join(', ') : 'no test of its own'}`);
  if (own.length === 0) return false;
  if (values.quick) return holdsQuickly(file, own);
  const env = { ...process.env, CORRIDOR_MUTATION_TESTS: own.join(',') };
  const shell = process.platform === 'win32';
  return spawnSync('stryker', ['run', '--mutate', file], { cwd: ROOT, stdio: 'inherit', env, shell }).status === 0;
}

type Measured = { readonly file: string; readonly changes: number; readonly noticed: number };

function holdsQuickly(file: string, own: readonly string[]): boolean {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'test/mutation/quick.ts'), file, ...own], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: MOST_MS,
    maxBuffer: MOST_SAID,
  });
  const said = stdout.trimEnd().split('\n');
  if (status !== 0) {
    console.log(`${said.join('\n')}\nnot measured`);
    return false;
  }
  const found = JSON.parse(said.at(-1) ?? '') as Measured;
  console.log(`${said.slice(0, -1).join('\n')}\n${String(found.noticed)} of ${String(found.changes)} noticed`);
  if (found.changes === 0) return true;
  measured.push(found);
  return scoreOf(found) >= LEAST;
}

function scoreOf({ changes, noticed }: Measured): number {
  return (100 * noticed) / changes;
}

/** As `docs/mutation.md` has it, worst first. */
function tableOf(all: readonly Measured[]): string {
  const rows = [...all]
    .sort((a, b) => scoreOf(a) - scoreOf(b) || (a.file < b.file ? -1 : 1))
    .map((one) => [
      `\`${one.file}\``,
      one.changes,
      one.noticed,
      `${scoreOf(one).toFixed(1)} %`,
      one.changes - one.noticed,
    ]);
  const lines = [['File', 'Changes', 'Noticed', 'Score', 'Left'], ['---', '---', '---', '---', '---'], ...rows];
  const changes = all.reduce((sum, one) => sum + one.changes, 0);
  const noticed = all.reduce((sum, one) => sum + one.noticed, 0);
  const whole = `${String(noticed)} of ${String(changes)} changes of ${String(all.length)} files are noticed`;
  return `\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n${whole}`;
}
