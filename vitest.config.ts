import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.browser.test.ts', 'test/journeys/**', 'test/openmrs/**', '**/node_modules/**'],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // One second, as it comes, is not what a busy machine needs: what is awaited is that it comes.
    expect: { poll: { timeout: 30_000 } },
    // In CI other work shares the cores: what fails is tried once more, and the run says that it was.
    retry: process.env['CI'] ? 1 : 0,
    maxWorkers: 2,
  },
});
