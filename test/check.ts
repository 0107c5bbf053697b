import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** `compiles`: does what the build does next, and goes with it in one lane of `npm test`. */
type Check = { readonly name: string; readonly command: readonly string[]; readonly compiles?: boolean };

/** What `npm run check` proves without running the product: types in three worlds, lint, form, dead code, the manifest. */
export const CHECKS: readonly Check[] = [
  { name: 'types: the pure model', command: ['tsc', '-p', 'src/record/tsconfig.json'], compiles: true },
  { name: 'types: the browser', command: ['tsc', '-p', 'tsconfig.browser.json'], compiles: true },
  { name: 'types: Node', command: ['tsc', '-p', 'tsconfig.node.json'], compiles: true },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'dead code and unused dependencies', command: ['knip', '--no-progress'] },
  {
    name: 'lockfile: https, the npm registry, sha512',
    command: [
      'lockfile-lint',
      ...['--path', 'package-lock.json', '--type', 'npm'],
      ...['--validate-https', '--allowed-hosts', 'npm', '--validate-integrity'],
    ],
  },
  {
    name: 'lockfile of the OpenMRS shell: the same',
    command: [
      'lockfile-lint',
      ...['--path', 'test/openmrs-shell/package-lock.json', '--type', 'npm'],
      ...['--validate-https', '--allowed-hosts', 'npm', '--validate-integrity'],
    ],
  },
  { name: 'custom elements manifest', command: ['cem', 'analyze', '--quiet'], compiles: true },
];

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failed = CHECKS.filter((check) => {
    const [program = '', ...args] = check.command;
    const { status } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    console.log(`${status === 0 ? '✓' : '✗'} ${check.name}`);
    return status !== 0;
  });
  process.exitCode = failed.length > 0 ? 1 : 0;
}
