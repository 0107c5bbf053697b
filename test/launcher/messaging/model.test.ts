import { describe, it } from 'vitest';
import { expectModelHolds } from '../../support/hold-to-model.ts';

describe('conversations against their model', () => {
  it('lose, double, reorder and hide nothing, whatever is written, ended, fails and is killed in between', async () => {
    await expectModelHolds(25);
  }, 120_000);
});
