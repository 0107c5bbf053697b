import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

type TestFile = { readonly file: string; readonly imports: readonly string[]; readonly proves: readonly string[] };

let known: readonly TestFile[] | undefined;

/**
 * The tests that are asked of a source file: the one of its name, the folder of its name, and those which say that they
 * prove it too (`Proves src/record/x.ts.`). Where none is of its name, those that import it.
 */
export function ownTestsOf(file: string): readonly string[] {
  known ??= globSync('test/**/*.test.ts', { cwd: ROOT })
    .filter((test) => !test.endsWith('.browser.test.ts'))
    .sort()
    .map(read);
  const mirrored = join('test', dirname(file).replace(/^src\//, ''), basename(file, '.ts'));
  const named = known.filter((test) => test.file === `${mirrored}.test.ts` || test.file.startsWith(`${mirrored}/`));
  const beside = named.length > 0 ? named : known.filter(({ imports }) => imports.includes(file));
  const proving = known.filter(({ proves }) => proves.includes(file));
  return [...new Set([...beside, ...proving].map((test) => test.file))];
}

function read(file: string): TestFile {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return {
    file,
    imports: [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path]) => join(dirname(file), path ?? '')),
    proves: [...text.matchAll(/\bProves ([^\n]+)/g)].flatMap(([, files]) => files?.match(/src\/[\w/-]+\.ts/g) ?? []),
  };
}
