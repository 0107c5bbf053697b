import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../../launcher/verifier/verify-log.ts';
import { imageOf, logOver, testLogKeys } from '../../support/log-image.ts';
import { openTampering, signedLog } from '../../tamper/tamperings.ts';

const SIZE = 300;
/** `npm run tamper` runs 100,000 of them. */
const RUNS = 2_000;
const keys = testLogKeys();
const good = signedLog(SIZE, keys);

describe('the verifier', () => {
  it('finds every one of many random tamperings, and names the first bad leaf or where it must be', async () => {
    const tampered = openTampering(keys);
    const missed: string[] = [];
    for (let seed = 0; seed < RUNS; seed += 1) {
      const problem = await tampered(seed);
      if (problem !== undefined) missed.push(problem);
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it('refuses a witnessed head that no trusted witness signed', async () => {
    const stranger = { ...good, witnessed: [good.checkpoints[3]?.note ?? ''] };
    expect((await verifyLog(imageOf(stranger), keys.trust)).ok).toBe(false);
  });

  it('refuses heads signed by another key of the same name', async () => {
    const other = { ...testLogKeys().trust };
    expect((await verifyLog(imageOf({ ...good, witnessed: [] }), other)).ok).toBe(false);
  });

  it('finds nothing wrong with the log as it was written, and says how far each witness has seen it', async () => {
    const verdict = await verifyLog(imageOf(good), keys.trust);
    expect(verdict).toEqual({
      ok: true,
      size: SIZE,
      problems: [],
      unsigned: 0,
      witnesses: { 'north.example/witness': SIZE, 'south.example/witness': SIZE },
    });
  });

  it('tells how many of the newest leaves no head covers yet', async () => {
    const log = logOver(good.leaves, [1, 200], keys);
    expect(await verifyLog(imageOf({ ...log, witnessed: [] }), keys.trust)).toMatchObject({ ok: true, unsigned: 100 });
  });
});
