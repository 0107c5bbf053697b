import { defineConfig } from 'vitest/config';

/** The real OpenMRS shell is another download: `npm run openmrs` fetches it into a folder of its own, and `npm test` does without. */
export default defineConfig({
  test: {
    include: ['test/openmrs/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // One second, as it comes, is not what a busy machine needs: what is awaited is that it comes.
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    retry: 1,
  },
});
