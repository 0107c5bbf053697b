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

/** The second results in place of the first, for the files that were run again. */
export function runAgain(first: readonly Result[], second: readonly Result[]): readonly Result[] {
  const again = new Set(second.map((result) => result.file));
  return [...first.filter((result) => !again.has(result.file)), ...second];
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
