import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../../launcher/verifier/verify-log.ts';
import { AUDIT_TYPES, auditEvent } from '../../support/audit-events.ts';
import { imageOf, leafOf, logOver, testLogKeys } from '../../support/log-image.ts';
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
  });

  it.each(AUDIT_TYPES)('finds every column of %s that was changed beside a body that was not', async (type) => {
    const event = auditEvent(type, { code: 'a.code', detail: { policy: '1', reference: 'Binary/1' } });
    const row = leafOf(event, 0);
    const names = [
      'outcome',
      'launch_id',
      'view_id',
      'user_key',
      'role',
      'organisation',
      'purpose',
      'nhs_number',
    ] as const;
    const otherOutcome = event.outcome === 'success' ? 'refused' : 'success';
    const found: string[] = [];
    const told = names.filter((name) => name !== 'organisation' || row.body.includes('"PROV"'));
    const where = [...told, 'code', 'detail'] as const;
    for (const name of where)
      for (const value of name === 'outcome' ? [otherOutcome] : ['another', null]) {
        const log = { ...logOver([{ ...row, [name]: value }], [1], keys), witnessed: [] };
        if (!(await verifyLog(imageOf(log), keys.trust)).ok) found.push(`${name} ${String(value)}`);
      }
    expect(found).toEqual(
      where.flatMap((name) => (name === 'outcome' ? [`${name} ${otherOutcome}`] : [`${name} another`, `${name} null`])),
    );
    const whole = { ...logOver([row], [1], keys), witnessed: [] };
    expect(await verifyLog(imageOf(whole), keys.trust)).toMatchObject({ ok: true });
  });

  it('finds rows that were put beside the tree, and says how many are older than it', async () => {
    const image = imageOf({ ...good, witnessed: [] });
    expect(await verifyLog({ ...image, outside: { before: 0, added: 1 } }, keys.trust)).toMatchObject({ ok: false });
    const older = await verifyLog({ ...image, outside: { before: 3, added: 0 } }, keys.trust);
    expect(older).toMatchObject({ ok: true, untold: 3 });
  });

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
