import { defineConfig } from 'vitest/config';
import { shareAProcess } from './test/support/share-a-process.ts';

const pure = [...shareAProcess()];

export default defineConfig({
  test: {
    testTimeout: 90_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // One second, as it comes, is not what a busy machine needs: what is awaited is that it comes.
    expect: { poll: { timeout: 30_000 } },
    // In CI other work shares the cores: what fails is tried once more, and the run says that it was.
    retry: process.env['CI'] ? 1 : 0,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'each by itself',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/journeys/**', 'test/openmrs/**', '**/node_modules/**', ...pure],
        },
      },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
});
