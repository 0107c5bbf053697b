import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

/** One test that ran: its file, absolute as the runners give it, its whole title, and whether it held. */
export type Result = { readonly file: string; readonly title: string; readonly passed: boolean };

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

/** What Vitest's JSON reporter wrote. A file that cannot be loaded fails no test of its own; it must not pass for that. */
export function fromVitest(path: string): readonly Result[] | undefined {
  return read<VitestReport>(path)?.testResults.flatMap(({ name: file, status, assertionResults }) => [
    ...assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map((test) => ({ file, title: test.fullName, passed: test.status === 'passed' })),
    ...(status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
      ? [{ file, title: 'could not be run', passed: false }]
      : []),
  ]);
}

/** What `web-test-runner.config.js` wrote. */
export function fromElements(path: string): readonly Result[] | undefined {
  return read<readonly Result[]>(path);
}

/** Tries of the same: all of it, then what had failed, each in a run of its own. */
type Tries = readonly (readonly Result[])[];

const MOST_TRIES = 3;
/** More than these are no accident of a busy machine. */
const MOST_FILES = 10;

/**
 * What may be run once more: the files in which something failed, `everything` where the runner itself broke down and
 * names no file, and nothing where one more run could not change the outcome.
 */
export function toRunAgain(tries: Tries): readonly string[] | 'everything' | undefined {
  const files = [...new Set(failed(tries.at(-1) ?? []).map((result) => result.file))];
  if (files.length === 0 || files.length > MOST_FILES || tries.length >= MOST_TRIES) return undefined;
  if (failedTwice(tries).size > 0) return undefined;
  return files.includes('') ? 'everything' : files;
}

/**
 * The last that is known of each file. What failed in two tries has failed, whatever a third says; what failed in one
 * alone, and in no later run of its file, is an accident that the summary names.
 */
export function outcome(tries: Tries): { readonly results: readonly Result[]; readonly accidents: readonly Result[] } {
  const twice = failedTwice(tries);
  const results = tries
    .reduce((before, now) => {
      const again = new Set(now.map((result) => result.file));
      return [...before.filter((result) => !again.has(result.file) && result.file !== ''), ...now];
    })
    .map((result) => (twice.has(keyOf(result)) ? { ...result, passed: false } : result));
  const standing = new Set(failed(results).map(keyOf));
  const accidents = tries.flatMap(failed).filter((result) => !standing.has(keyOf(result)));
  return { results, accidents };
}

function failed(results: readonly Result[]): readonly Result[] {
  return results.filter((result) => !result.passed);
}

function failedTwice(tries: Tries): ReadonlySet<string> {
  const [seen, twice] = [new Set<string>(), new Set<string>()];
  for (const one of tries) {
    const now = new Set(failed(one).map(keyOf));
    for (const key of now) (seen.has(key) ? twice : seen).add(key);
  }
  return twice;
}

function keyOf({ file, title }: Result): string {
  return `${file} ${title}`;
}

/** A line for each, as a reader of the summary looks for it. */
export function named(mark: string, results: readonly Result[], root: string): readonly string[] {
  return results.map(({ file, title }) => `    ${mark} ${file ? `${relative(root, file)}: ` : ''}${title}`);
}

function read<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  } finally {
    rmSync(path, { force: true });
  }
}
