import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run mutation -- src/record/no-day.ts` changes the file in every small way Stryker knows and asks for each whether
 * a test fails. A folder means each file in it. Only a file's own tests are asked: the one of its name, or the folder of
 * its name, or for want of both those that import it. That keeps a run short, and says whether the rule is proven where
 * a reader looks for the proof. `--with test/record/conflicts` asks that file or folder too: what sections say against
 * each other is proven in one place.
 */
const ROOT = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: 'string', multiple: true, default: [] } },
});
const targets = positionals.flatMap(filesOf);
if (targets.length === 0) {
  console.error('Name a file or folder: npm run mutation -- src/record/no-day.ts');
  process.exitCode = 2;
}

const tests = globSync('test/**/*.test.ts', { cwd: ROOT })
  .filter((file) => !file.endsWith('.browser.test.ts'))
  .map((file) => ({ file, imports: importsOf(file) }));

for (const target of targets) if (!holds(target)) process.exitCode = 1;

function filesOf(named: string): readonly string[] {
  const path = relative(ROOT, resolve(ROOT, named));
  if (!existsSync(join(ROOT, path))) throw new Error(`There is no ${named}.`);
  return statSync(join(ROOT, path)).isDirectory() ? globSync(`${path}/**/*.ts`, { cwd: ROOT }).sort() : [path];
}

function testsIn(named: string): readonly string[] {
  return filesOf(named).filter((path) => path.endsWith('.test.ts'));
}

function importsOf(test: string): readonly string[] {
  const text = readFileSync(join(ROOT, test), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path]) => join(dirname(test), path ?? ''));
}

function holds(file: string): boolean {
  const mirrored = join('test', dirname(file).replace(/^src\//, ''), basename(file, '.ts'));
  const named = tests.filter((test) => test.file === `${mirrored}.test.ts` || test.file.startsWith(`${mirrored}/`));
  const beside = named.length > 0 ? named : tests.filter(({ imports }) => imports.includes(file));
  const own = [...new Set([...beside.map((test) => test.file), ...values.with.flatMap(testsIn)])];
  console.log(`\n── ${file}: ${own.length > 0 ? own.join(', ') : 'no test of its own'}`);
  if (own.length === 0) return false;
  const env = { ...process.env, CORRIDOR_MUTATION_TESTS: own.join(',') };
  const shell = process.platform === 'win32';
  return spawnSync('stryker', ['run', '--mutate', file], { cwd: ROOT, stdio: 'inherit', env, shell }).status === 0;
}
