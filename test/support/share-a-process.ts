import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What they prove is pure: values in, values out, without a page, a port, a store or a clock. */
const PURE = ['record', 'words', 'stream', 'app', 'components'];

/** Changes what the file after it would find in the same process: a module, a function, the clock, the environment. */
const LEAVES_TRACES = /\bvi\.|process\.(env\b.*[^=!]=[^=]|on\b|chdir)|globalThis|customElements/;

/**
 * The unit tests that may run one file after another in one process: it has read and compiled the record's own code
 * once, not two hundred times, which is two thirds of what they cost. A file that replaces anything has a process of
 * its own, by its own words, without a list to be kept; in whichever order the others run, they prove the same
 * (`npx vitest run --project pure --sequence.shuffle`).
 */
export function shareAProcess(): readonly string[] {
  return PURE.flatMap((folder) =>
    readdirSync(join(ROOT, 'test', folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `test/${folder}/${file.replaceAll('\\', '/')}`,
    ),
  )
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.browser.test.ts'))
    .filter((file) => !LEAVES_TRACES.test(readFileSync(join(ROOT, file), 'utf8')))
    .sort();
}
