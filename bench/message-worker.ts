import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { createStoreAudit } from '../launcher/audit/store-audit.ts';
import { readConfig } from '../launcher/config.ts';
import { CorridorError } from '../launcher/errors.ts';
import { createSourceAgents, createSourceFetch } from '../launcher/federation/source-fetch.ts';
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
import { fhirMessaging } from '../plugins/fhir-messaging/plugin.ts';
import type { InboxOrder } from '../plugins/inbox-face.ts';
import type { DeliverMessage } from '../src/messages/delivery.ts';
import type { OdsCode, SourceId } from '../src/record/source.ts';
import { draftOf, messagingCommunity, readerOf, signal } from '../test/support/messaging.ts';
import { addressAt, messageIdOf, PAIRS, placesOf } from './message-names.ts';

/**
 * A launcher's messaging as it runs, without the rest of it: store, audit, signing, sealing, outbox and worker. It opens
 * nothing before it is told to ("go"), so that the next is warm when this one is killed. Each line asks for one message.
 */
type Options = {
  readonly storageUrl: string;
  readonly keysFile: string;
  readonly sealKey: string;
  /** Where the teams' systems take FHIR messages: `/surgery-0`, `/ward-0` and so on below it. */
  readonly epr: string;
  readonly name: string;
};

const options = JSON.parse(process.argv[2] ?? '{}') as Options;
const { storage, source, message: limits } = readConfig({ CORRIDOR_STORAGE_URL: options.storageUrl });
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
  const teams = createTeams(communityOfPairs());
  const now = (): number => Date.now();
  const base = { dialect: database.dialect, vault, signing, teams, now };
  const audit = createStoreAudit(database);
  const allowed = { allowed: true } as const;
  const judge = { see: () => Promise.resolve(allowed), open: () => Promise.resolve(allowed) };
  const worker = startDeliveryWorker({
    ...base,
    database,
    audit,
    judge,
    deliver: createDeliver(),
    limits: { ...limits, attemptMs: 5_000 },
    random: () => 0.5,
    onFailure: (error) => console.error(error),
  });
  const messages = createMessages({
    ...base,
    database,
    audit,
    judge,
    ownerOf: () => undefined,
    lookAt: (_session, item) => Promise.resolve(item),
    addressBook: () =>
      Promise.resolve({
        entries: teams.listed.map(
          ({ correspondent }) => ({ ...correspondent, why: 'directory', origin: 'community' }) as const,
        ),
        unheard: [],
      }),
    limits,
    kick: () => worker.kick(),
  });
  const write = async (thread: number, place: number, threadId: string): Promise<string> => {
    const id = messageIdOf(thread, place);
    const { ward, surgery } = placesOf(thread);
    const reader: PatientReader =
      place % 2 === 0 ? readerOf(ward, 'pharmacist', 'Priya Nair') : readerOf(surgery, 'gp', 'Dr Owen Ellis');
    if (place === 0) {
      const draft = draftOf({
        id,
        to: addressAt(thread, place),
        urgency: 'routine',
        body: `Message ${String(place)} of ${ward}`,
      });
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
        .then(() => flushCompileCache())
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

/** Each pair's team and the other's have a system that takes messages in. */
function communityOfPairs(): ReturnType<typeof messagingCommunity> {
  const plain = messagingCommunity();
  const [hospital, practice] = plain.members;
  if (!hospital || !practice) throw new Error('the community of the tests has no hospital or no practice');
  const withInbox = (of: typeof hospital, ods: string, inbox: string): typeof hospital => ({
    ...of,
    ods: ods as OdsCode,
    teams: (of.teams ?? []).slice(0, 1).map(({ escalatesTo: _, ...team }) => ({ ...team, inbox: inbox as SourceId })),
  });
  const members = Array.from({ length: PAIRS }, (_, pair) => [
    withInbox(hospital, placesOf(pair).ward, `ward-${String(pair)}`),
    withInbox(practice, placesOf(pair).surgery, `surgery-${String(pair)}`),
  ]).flat();
  return { ...plain, members, member: (ods) => members.find((one) => one.ods === ods) };
}

/** By the launcher's own way out and the plugin an EPR with FHIR messaging has. */
function createDeliver(): DeliverMessage {
  const agents = createSourceAgents({ connections: source.connections, connectMs: 2_000 });
  let asked = 0;
  return async (to, message, signal) => {
    const base = `${options.epr}/${to.inbox ?? ''}`;
    const settings = fhirMessaging.inbox?.readSettings({ base });
    if (!settings || 'problems' in settings) throw new Error('the settings of the inbox are refused');
    const fetch = createSourceFetch({
      base,
      allowLoopbackHttp: true,
      dispatcher: agents.loopback,
      limits: source,
      token: () => Promise.resolve('bench'),
      requestId: () => `${options.name}-${String((asked += 1))}`,
      correlationId: message.id,
    });
    const tools = { fetch, launcherUrl: `https://corridor.example/${options.name}` };
    const delivered = fhirMessaging.inbox?.deliver({ message, to, settings } as InboxOrder, tools, signal);
    return delivered ?? { outcome: 'refused', code: 'inbox.recipient_unknown' };
  };
}
