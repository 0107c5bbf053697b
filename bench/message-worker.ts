import { createInterface } from 'node:readline';
import { createStoreAudit } from '../launcher/audit/store-audit.ts';
import { readConfig } from '../launcher/config.ts';
import { CorridorError } from '../launcher/errors.ts';
import { startDeliveryWorker } from '../launcher/messaging/delivery-worker.ts';
import { createMessages } from '../launcher/messaging/messages.ts';
import { keepSigners, openVault } from '../launcher/messaging/open-vault.ts';
import type { PatientReader } from '../launcher/messaging/reader.ts';
import { createSigning } from '../launcher/messaging/signing.ts';
import { createTeams } from '../launcher/messaging/teams.ts';
import { createSealing } from '../launcher/session/seal.ts';
import { migrate } from '../launcher/storage/migrate.ts';
import { openDatabase } from '../launcher/storage/open-database.ts';
import { loadKeys } from '../launcher/trust/keys.ts';
import { doctor, draftOf, messagingCommunity, pharmacist, signal, WARD } from '../test/support/messaging.ts';
import { messageIdOf } from './message-names.ts';

/**
 * A launcher's messaging as it runs, without the rest of it: store, audit, signing, sealing, outbox and worker. It opens
 * nothing before it is told to ("go"), so that the next is warm when this one is killed. Each line asks for one message.
 */
type Options = { readonly storageUrl: string; readonly keysFile: string; readonly sealKey: string };

const options = JSON.parse(process.argv[2] ?? '{}') as Options;
const { storage, message: limits } = readConfig({ CORRIDOR_STORAGE_URL: options.storageUrl });
const keys = await loadKeys(options.keysFile);
const sealing = createSealing([{ id: 'bench', key: new Uint8Array(Buffer.from(options.sealKey, 'base64')) }]);
const lines = createInterface({ input: process.stdin });
let work: ((line: string) => void) | undefined;
lines.on('line', (line) => {
  if (line === 'go') void open();
  else work?.(line);
});
// Its parent is gone: so is whatever it was for.
lines.on('close', () => process.exit(0));
console.log('ready');

async function open(): Promise<void> {
  const database = await openDatabase(storage, () => undefined);
  await migrate(database);
  const vault = await openVault({
    database,
    seal: (...given) => sealing.seal(...given),
    open: (...given) => sealing.open(...given),
  });
  const signers = await keepSigners(database, vault, keys.jwks.keys);
  const signing = createSigning({
    signJwt: (...given) => keys.signJwt(...given),
    keys: signers,
    issuer: 'https://corridor.example',
  });
  const teams = createTeams(messagingCommunity());
  const now = (): number => Date.now();
  const base = { dialect: database.dialect, vault, signing, teams, now };
  const audit = createStoreAudit(database);
  const worker = startDeliveryWorker({
    ...base,
    database,
    audit,
    deliver: () => Promise.resolve({ outcome: 'delivered' }),
    limits: { ...limits, attemptMs: 5_000 },
    random: () => 0.5,
    onFailure: (error) => console.error(error),
  });
  const allowed = { allowed: true } as const;
  const messages = createMessages({
    ...base,
    database,
    audit,
    judge: { see: () => Promise.resolve(allowed), open: () => Promise.resolve(allowed) },
    ownerOf: () => undefined,
    addressBook: () =>
      Promise.resolve(
        teams.listed.map(({ correspondent }) => ({ ...correspondent, why: 'directory', origin: 'community' }) as const),
      ),
    limits,
    kick: () => worker.kick(),
  });
  const write = async (thread: number, place: number, threadId: string): Promise<string> => {
    const id = messageIdOf(thread, place);
    const reader: PatientReader = place % 2 === 0 ? pharmacist() : doctor();
    if (place === 0) {
      const draft = draftOf({ id, urgency: 'routine', body: `Message ${String(place)} of ${WARD}` });
      return (await messages.send(reader, draft, signal)).thread.id;
    }
    const body = `Message ${String(place)} in ${threadId}`;
    return (await messages.act(reader, threadId, { id, version: place, kind: 'reply', body })).id;
  };
  work = (line) => {
    if (line === 'stop') {
      void worker
        .stop()
        .then(() => database.close())
        .then(() => console.log('stopped'));
      return;
    }
    const [thread = '', place = '', threadId = ''] = line.split(' ');
    write(Number(thread), Number(place), threadId).then(
      (found) => console.log(`ok ${thread} ${place} ${found}`),
      (error: unknown) => {
        const busy = error instanceof CorridorError && error.code === 'message.busy';
        if (!busy) console.error(error);
        console.log(`${busy ? 'busy' : 'failed'} ${thread} ${place}`);
      },
    );
  };
  console.log('open');
}
