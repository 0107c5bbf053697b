import { describe, expect, it } from 'vitest';
import { community } from '../support/sandbox/people.ts';
import { goldenText } from './golden-text.ts';
import { mergedRecordOf } from './merged.ts';

/** The hero's record is long: the counts and the first facts of each section say enough. */
const LINES: { readonly [story: string]: number } = { hero: 14 };

/**
 * Read these files as a clinician would before accepting a change of them:
 * `npx vitest run test/golden -u` writes them anew.
 */
describe('the merged record of each resident', () => {
  it.each(community.residents.map((resident) => [resident.story, resident] as const))('%s', async (story, resident) => {
    const text = goldenText(resident, mergedRecordOf(resident), LINES[story] ?? 12);
    await expect(text).toMatchFileSnapshot(`./residents/${story}.txt`);
  });
});
