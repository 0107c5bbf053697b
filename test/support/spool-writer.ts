import { openSpool } from '../../launcher/audit/spool.ts';
import { createSealing } from '../../launcher/session/seal.ts';

// Run as a process of its own: writes to the spool until it is killed, and says how many are acknowledged.
const sealing = createSealing([{ id: 'k', key: new Uint8Array(32).fill(7) }]);
const spool = await openSpool({
  file: process.argv[2] ?? '',
  seal: (purpose, value) => sealing.seal(purpose, value),
  open: (purpose, sealed) => sealing.open(purpose, sealed),
});
for (let count = spool.waiting(); ; count += 1) {
  await spool.append([{ count }]);
  process.stdout.write(`${String(count + 1)}\n`);
}
