import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { openSqlite } from '../../launcher/storage/sqlite.ts';

// Run as a process of its own: writes audit events until it is killed, and says how many are acknowledged.
const database = openSqlite({ file: process.argv[2] ?? '', busyMs: 1_000 });
await migrate(database);
const audit = createStoreAudit(database);
for (let count = 1; ; count += 1) {
  await audit.record({ type: 'record.viewed', at: new Date().toISOString(), outcome: 'success' });
  process.stdout.write(`${String(count)}\n`);
}
