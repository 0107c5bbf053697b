import { readConfig } from '../launcher/config.ts';
import type { Database } from '../launcher/storage/database.ts';
import { openDatabase } from '../launcher/storage/open-database.ts';
import { enter, type Ledger, newLedger } from './message-inbox.ts';
import { addressAt, placeOfMessage } from './message-names.ts';

/** Beside the launcher that writes. */
export async function lookInto<T>(storageUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const { storage } = readConfig({ CORRIDOR_STORAGE_URL: storageUrl });
  const database = await openDatabase(storage, () => undefined, true);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

type Found = { readonly lost: number; readonly doubled: number; readonly reordered: number };

/** What the EPR has, every row of the launcher's inbox in the order of its arrival, and every receipt. */
export async function checkStore(storageUrl: string, ledger: Ledger, begun: number, places: number): Promise<Found> {
  const inbox = newLedger(begun);
  const receipts = newLedger(begun);
  await lookInto(storageUrl, async ({ queries }) => {
    const rowsOf = queries
      .selectFrom('message_inbox')
      .select(['arrival', 'address', 'message_id', 'thread_id', 'version']);
    for (let from = 0; ;) {
      const rows = await rowsOf.where('arrival', '>', from).orderBy('arrival').limit(20_000).execute();
      if (rows.length === 0) break;
      from = rows.at(-1)?.arrival ?? from;
      const delivered = await queries
        .selectFrom('message_receipts')
        .select(['thread_id', 'version'])
        .where('kind', '=', 'delivered')
        .where('thread_id', 'in', [...new Set(rows.map(({ thread_id }) => thread_id))])
        .execute();
      const proven = new Set(delivered.map(({ thread_id, version }) => `${thread_id} ${String(version)}`));
      for (const row of rows) {
        const { thread, place } = placeOfMessage(row.message_id);
        const there = row.address === addressAt(thread, place);
        if (!there || !enter(inbox, thread, place)) inbox.doubled += 1;
        if (proven.has(`${row.thread_id} ${String(row.version)}`)) enter(receipts, thread, place);
      }
    }
  });
  const all = (1 << places) - 1;
  let lost = 0;
  for (const { bits } of [ledger, inbox, receipts])
    for (let thread = 0; thread < begun; thread += 1) lost += countBits(all & ~(bits[thread] ?? 0));
  return {
    lost,
    doubled: ledger.doubled + inbox.doubled,
    reordered: ledger.reordered + inbox.reordered,
  };
}

function countBits(value: number): number {
  let left = value;
  let count = 0;
  for (; left !== 0; left &= left - 1) count += 1;
  return count;
}
