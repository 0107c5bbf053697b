import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutation` asks of one file (test/mutation.ts), and no others. */
export default defineConfig({
  test: {
    include: (process.env['CORRIDOR_MUTATION_TESTS'] ?? '').split(',').filter((file) => file !== ''),
    testTimeout: 20_000,
  },
});
