import { defineConfig } from 'vitest/config';

/** Journeys share one machine with a browser and a sandbox each: one file at a time, with time for both to start. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // One second, as it comes, is not what a busy machine needs: what is awaited is that it comes.
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    // A browser, a sandbox and their sources share two cores: what fails is tried once more, and the run says that it was.
    retry: 1,
  },
});
