import { dirname, join } from 'node:path';

const MOCK = /^vi\.mock\('([^']+)', (.*|.*(?:\n .*|\n)*\n\S.*)\);$/gm;

/**
 * What a test file puts in the place of other modules (`vi.mock`), by their paths, each as the text of a module. vitest lets
 * such a function use nothing of the file around it, so it may stand alone.
 */
export function standInsOf(path: string, text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(MOCK)].map(([, module = '', made = '']) => [
      join(dirname(path), module),
      `module.exports = (${made})();`,
    ]),
  );
}
