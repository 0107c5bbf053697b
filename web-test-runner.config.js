import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { writeFileSync } from 'node:fs';
import { findBrowser } from './test/support/browser.ts';

const browser = await findBrowser();

/** Counts tests for `test/run.ts`; a file that fails to load counts as one failure. */
const counter = {
  stop({ sessions }) {
    const results = process.env.CORRIDOR_TEST_RESULTS;
    if (!results) return;
    const list = [...sessions];
    const tests = list.flatMap((session) => (session.testResults ? testsOf(session.testResults) : []));
    const unloaded = list.filter((session) => !session.passed && session.errors.length > 0).length;
    const passed = tests.filter((test) => test.passed).length;
    writeFileSync(
      results,
      JSON.stringify({ passed, failed: tests.filter((test) => !test.passed && !test.skipped).length + unloaded }),
    );
  },
};

function testsOf(suite) {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

export default {
  reporters: [defaultReporter(), counter],
  files: ['test/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.browser.json' })],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: browser.executablePath,
        args: [...browser.args],
        // Under a bare C locale the browser calls its language something that Intl refuses.
        env: { ...browser.env, LANGUAGE: 'en_GB', LANG: 'en_GB.UTF-8' },
      },
      concurrency: 1,
    }),
  ],
  concurrency: 1,
  testFramework: { config: { timeout: 15_000, retries: 1 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
};
