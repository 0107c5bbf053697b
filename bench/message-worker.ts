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
 * nothing before it is told to ("go"), so that the next stands by when this one is killed: as the second launcher of a
 * community does, it has served before, here a few conversations in a store of its own. Each line asks for one message.
 */
type Options = {
  readonly storageUrl: string;
  readonly keysFile: string;
  readonly sealKey: string;
  /** Where the teams' systems take FHIR messages: `/surgery-0`, `/ward-0` and so on below it. */
  readonly epr: string;
  readonly name: string;
  /** Conversations it has before it stands by, in memory and with this other system. */
  readonly practice: { readonly threads: number; readonly places: number; readonly epr: string };
};

type Serving = {
  /** Gives the conversation's own id. */
  readonly write: (thread: number, place: number, threadId: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const options = JSON.parse(process.argv[2] ?? '{}') as Options;
const { storage, source, message: limits } = readConfig({ CORRIDOR_STORAGE_URL: options.storageUrl });
const keys = await loadKeys(options.keysFile);
const sealing = createSealing([{ id: 'bench', key: new Uint8Array(Buffer.from(options.sealKey, 'base64')) }]);
const lines = createInterface({ input: process.stdin });
const said: string[] = [];
let serving: Serving | undefined;
lines.on('line', (line) => {
  if (line === 'go')
    void open(storage, options.epr).then((opened) => {
      serving = opened;
      say('open');
    });
  else if (line === 'stop')
    void (serving?.stop() ?? Promise.resolve()).then(flushCompileCache).then(() => say('stopped'));
  else if (serving) answer(line, serving);
});
// Its parent is gone: so is whatever it was for.
lines.on('close', () => process.exit(0));
await practise();
say('ready');

/** What is said in one turn goes out in one piece. */
function say(line: string): void {
  if (said.push(line) === 1) setImmediate(() => process.stdout.write(`${said.splice(0).join('\n')}\n`));
}

function answer(line: string, { write }: Serving): void {
  const [thread = '', place = '', threadId = ''] = line.split(' ');
  write(Number(thread), Number(place), threadId).then(
    (found) => say(`ok ${thread} ${place} ${found}`),
    (error: unknown) => {
      const busy = error instanceof CorridorError && error.code === 'message.busy';
      if (!busy) console.error(error);
      say(`${busy ? 'busy' : 'failed'} ${thread} ${place}`);
    },
  );
}

async function practise(): Promise<void> {
  const { threads, places, epr } = options.practice;
  if (threads === 0) return;
  let left = threads * places;
  let over = (): void => undefined;
  const delivered = new Promise<void>((resolve) => (over = resolve));
  const { write, stop } = await open({ ...storage, url: 'sqlite::memory:' }, epr, () => {
    if ((left -= 1) === 0) over();
  });
  const converse = async (thread: number): Promise<void> => {
    let id = '';
    for (let place = 0; place < places; place += 1) id = await write(thread, place, id);
  };
  await Promise.all(Array.from({ length: threads }, (_, thread) => converse(thread)));
  await delivered;
  await stop();
}

async function open(at: typeof storage, epr: string, onDelivered: () => void = () => undefined): Promise<Serving> {
  const database = await openDatabase(at, () => undefined);
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
    deliver: createDeliver(epr, onDelivered),
    limits: { ...limits, attemptMs: 35_000 },
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
  const stop = async (): Promise<void> => {
    await worker.stop();
    await database.close();
  };
  return { write, stop };
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
function createDeliver(epr: string, onDelivered: () => void): DeliverMessage {
  const agents = createSourceAgents({ connections: source.connections, connectMs: 2_000 });
  let asked = 0;
  return async (to, message, signal) => {
    const base = `${epr}/${to.inbox ?? ''}`;
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
    const delivered = await fhirMessaging.inbox?.deliver({ message, to, settings } as InboxOrder, tools, signal);
    if (delivered?.outcome === 'delivered') onDelivered();
    return delivered ?? { outcome: 'refused', code: 'inbox.recipient_unknown' };
  };
}
