import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { writeFileSync } from 'node:fs';
import { findBrowser } from './test/support/browser.ts';

const browser = await findBrowser();

/** Tells `test/run.ts` what ran, as `test/results.ts` reads it; a file that fails to load is one failure. */
const teller = {
  stop({ sessions }) {
    const path = process.env.CORRIDOR_TEST_RESULTS;
    if (!path) return;
    const results = [...sessions].flatMap(({ testFile: file, testResults, passed, errors }) => [
      ...(testResults ? testsOf(testResults) : []).map((test) => ({ file, ...test })),
      ...(!passed && errors.length > 0 ? [{ file, title: 'could not be run', passed: false }] : []),
    ]);
    writeFileSync(path, JSON.stringify(results));
  },
};

function testsOf(suite, above = '') {
  const within = `${above}${suite.name ? `${suite.name} ` : ''}`;
  return [
    ...suite.tests.filter((test) => !test.skipped).map(({ name, passed }) => ({ title: `${within}${name}`, passed })),
    ...suite.suites.flatMap((inner) => testsOf(inner, within)),
  ];
}

export default {
  reporters: [defaultReporter(), teller],
  files: ['test/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.browser.json' })],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: browser.executablePath,
        // A colour is measured as it stays, not on its way in.
        args: [...browser.args, '--force-prefers-reduced-motion'],
        // Under a bare C locale the browser calls its language something that Intl refuses.
        env: { ...browser.env, LANGUAGE: 'en_GB', LANG: 'en_GB.UTF-8' },
      },
      concurrency: 1,
    }),
  ],
  concurrency: 1,
  // No second try in silence: `test/run.ts` has one in CI, and names what needed it.
  testFramework: { config: { timeout: 60_000, retries: 0 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 600_000,
};
