import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { type AlertRow, moveAlert, saveAlert } from '../../launcher/storage/tables/alerts.ts';
import { endConsent, saveConsent } from '../../launcher/storage/tables/consents.ts';
import { savePatientKey, saveSeenView } from '../../launcher/storage/tables/seen-views.ts';
import { reconcile } from '../../launcher/verifier/reconcile.ts';
import { auditEvent, TEST_NUMBER } from '../support/audit-events.ts';
import { sql } from 'kysely';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const AT = '2026-11-20T12:00:00.000Z';
const LONG_AGO = '2026-10-22T12:00:00.000Z';

/** What the verifier asks of the tables beside the tree, on whichever engine. `open` gives a new and empty store. */
export function reconcileContract(open: () => Database | Promise<Database>): void {
  /** A store in which everything the events say was done was done, and then `change`. */
  async function found(change: string): Promise<readonly string[]> {
    const database = await open();
    try {
      await migrate(database);
      await fill(database);
      for (const one of change.split(';').filter((text) => text.trim() !== ''))
        await sql.raw(one).execute(database.queries);
      const ask = async <T>(text: string): Promise<readonly T[]> =>
        (await sql.raw<T>(text).execute(database.queries)).rows;
      return (await reconcile(ask, 30, NOW)).map(({ what, count }) => `${String(count)} ${what}`);
    } finally {
      await database.close();
    }
  }

  describe('what the events say was done and the tables hold', () => {
    it.each([
      [`delete from consents where id = 'stands'`, '1 objections that were recorded and never ended'],
      [`update consents set ended_at = '${AT}' where id = 'stands'`, '1 objections that were ended in the table'],
      [`update consents set ended_at = null where id = 'ended'`, '1 objections that the audit says were ended'],
      [`update alerts set state = 'closed' where id in ('glass', 'taken')`, '2 alerts that stand as taken or closed'],
      [`update alerts set state = 'open' where id = 'closed'`, '1 alerts that stand as not yet closed'],
      [`delete from alerts where id <> 'glass'`, '2 alerts that somebody took or closed, and that are gone'],
      [`delete from alerts where kind = 'break-glass'`, '1 broken glasses whose alert'],
      [`delete from seen_views`, '3 views of which something was kept, gone before their day'],
      [`update seen_views set payload = null`, '2 views whose copy was kept'],
      [`delete from patient_keys`, '3 views kept under a key that is not there'],
    ])('disagree after: %s', async (change, what) => {
      const said = await found(change);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain(what);
    });

    it('agree in a whole store, where rows from before the events and copies past their day are not missed', async () => {
      expect(await found('')).toEqual([]);
      expect(await found(`update patient_keys set sealed = null, destroyed_at = '${AT}'`)).toEqual([]);
    });
  });
}

async function fill(database: Database): Promise<void> {
  const { queries } = database;
  const told: readonly (readonly [AuditEvent['type'], Partial<AuditEvent>])[] = [
    ['objection.recorded', { detail: { objection: 'stands' } }],
    ['objection.recorded', { detail: { objection: 'ended' } }],
    ['objection.ended', { detail: { objection: 'ended' } }],
    ['alert.moved', { detail: { alert: 'taken', to: 'seen' } }],
    ['alert.moved', { detail: { alert: 'closed', to: 'closed' } }],
    ['access.break_glass', { user: 'u' }],
    ['access.break_glass', { user: 'u', outcome: 'refused' }],
    ['record.seen', { viewId: 'v1', detail: { manifest: 'h', copy: true } }],
    ['record.seen', { viewId: 'v2', detail: { manifest: 'h', copy: false } }],
    ['document.viewed', { viewId: 'd1', detail: { reference: 'Binary/1', manifest: 'h', copy: true } }],
    ['document.viewed', { viewId: 'd2', detail: { reference: 'Binary/2' } }],
    ['record.seen', { viewId: 'old', at: LONG_AGO, detail: { manifest: 'h', copy: true } }],
  ];
  await createStoreAudit(database).recordAll(told.map(([type, more]) => auditEvent(type, { at: AT, ...more })));
  for (const id of ['stands', 'ended', 'from-before'])
    await saveConsent(queries, { id, nhsNumber: TEST_NUMBER, statement: '{}', recordedAt: AT, recordedBy: 'a' });
  for (const id of ['ended', 'from-before']) await endConsent(queries, id, AT);
  const alert: Omit<AlertRow, 'id'> = { at: AT, kind: 'break-glass', user: 'u', organisation: 'X', state: 'open' };
  for (const id of ['glass', 'taken', 'closed'])
    await saveAlert(queries, { id, ...alert, kind: id === 'glass' ? 'break-glass' : 'self-claimed' });
  await moveAlert(queries, 'taken', 'seen');
  await moveAlert(queries, 'closed', 'closed');
  await savePatientKey(queries, { id: 'k', patientHandle: 'p', month: '2026-11', sealed: 's' });
  for (const viewId of ['v1', 'v2', 'd1'])
    await saveSeenView(queries, {
      viewId,
      at: AT,
      keyId: 'k',
      manifest: 'm',
      ...(viewId !== 'v2' && { payload: 'p' }),
    });
}
