import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import {
  findThreadsChanged,
  findThreadsEver,
  isRestricted,
  placeOfRow,
  type ThreadsSought,
} from '../../launcher/storage/tables/message-search.ts';
import { saveAct, saveThread, type ThreadRow } from '../../launcher/storage/tables/messages.ts';

const PATIENT = 'handle';

const BARE: Partial<ThreadRow> = {
  version: 1,
  patient_handle: PATIENT,
  restricted: 0,
  sealed_key: null,
  sealed: null,
  from_address: 'XH001/pharmacy',
  to_address: 'XB001/duty-doctor',
  urgency: 'routine',
  waits: 1,
  due_at: null,
  closed_at: null,
  check_at: null,
  created_at: '2026-11-22T09:00:00.000Z',
  changed_at: '2026-11-22T09:00:00.000Z',
};

const rowOf = (id: string, more: Partial<ThreadRow> = {}): ThreadRow => ({ ...BARE, id, ...more }) as ThreadRow;

/** Looking for conversations on a store, whichever engine it is. `open` gives a new and empty one. */
export function messageSearchContract(open: () => Promise<Database>): void {
  let database: Database;

  beforeEach(async () => {
    database = await open();
    await migrate(database);
  });
  afterEach(() => database.close());

  const save = async (...rows: readonly ThreadRow[]): Promise<void> => {
    for (const row of rows) await saveThread(database.queries, row);
  };

  describe('conversations looked for', () => {
    it('are those that an organisation began or was ever given, not what others have of the resident', async () => {
      const elsewhere = { from_address: 'XC001/reablement', to_address: 'XH001/ward' };
      await save(
        rowOf('had', elsewhere),
        rowOf('began', { from_address: 'XB001/partners', to_address: 'XC001/reablement' }),
        rowOf('person', { to_address: 'XB001/duty-doctor/key' }),
        rowOf('others', elsewhere),
        rowOf('alike', { from_address: 'XB0019/partners', to_address: 'XC001/reablement' }),
        rowOf('of-another', { patient_handle: 'other' }),
      );
      const act = {
        thread_id: 'had',
        version: 1,
        sender: 'XC001',
        id: 'a',
        kind: 'reassign',
        due_at: null,
        rule: null,
      };
      const said = { at: '2026-11-22T09:00:00.000Z', from_address: 'XC001/reablement', sealed: null, chain: '' };
      await saveAct(database.queries, { ...act, ...said, to_address: 'XB001/partners' });
      const sought = { patientHandle: PATIENT, ods: 'XB001' };
      const found = await findThreadsEver(database.queries, sought, undefined, 10);
      expect(found.map(({ id }) => id).sort()).toEqual(['began', 'had', 'person']);
      expect(await findThreadsEver(database.queries, { addresses: [] }, undefined, 10)).toEqual([]);
      expect(await findThreadsEver(database.queries, { ids: [] }, undefined, 10)).toEqual([]);
    });

    it.each<[string, ThreadsSought]>([
      ['by a resident', { patientHandle: PATIENT, ods: 'XB001' }],
      ['by a team', { addresses: ['XB001/duty-doctor'] }],
      ['by their ids', { ids: ['a', 'b', 'c', 'd', 'e', 'f'] }],
    ])('go on from any of them in the one order there is, %s', async (_what, sought) => {
      const closed_at = '2026-11-22T10:00:00.000Z';
      const later = '2026-11-22T11:00:00.000Z';
      await save(
        rowOf('a', { closed_at, waits: 0, changed_at: later }),
        rowOf('b', { waits: 0, changed_at: later }),
        rowOf('c', { changed_at: later }),
        rowOf('d'),
        rowOf('e'),
        rowOf('f', { closed_at, waits: 1 }),
      );
      const all = await findThreadsEver(database.queries, sought, undefined, 10);
      const order = ['c', 'd', 'e', 'b', 'f', 'a'];
      expect(all.map(({ id }) => id)).toEqual(order);
      for (const [at, row] of all.entries()) {
        const rest = await findThreadsEver(database.queries, sought, placeOfRow(row), 10);
        expect(rest.map(({ id }) => id)).toEqual(order.slice(at));
      }
      const changed = await findThreadsChanged(database.queries, sought, { changedAt: later, id: 'b' }, 10);
      expect(changed.map(({ id }) => id)).toEqual(['b', 'c']);
    });

    it('know of a mark that anybody ever made, however many conversations there are without it', async () => {
      await save(rowOf('a'), rowOf('b', { patient_handle: 'other', restricted: 1 }));
      expect(await isRestricted(database.queries, PATIENT)).toBe(false);
      await save(rowOf('c', { restricted: 1 }));
      expect(await isRestricted(database.queries, PATIENT)).toBe(true);
    });
  });
}
