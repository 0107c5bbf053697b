import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { buildAcknowledgementRoutes, buildDeliver } from '../../launcher/build-inbox.ts';
import { readConfig } from '../../launcher/config.ts';
import { createSourceAgents } from '../../launcher/federation/source-fetch.ts';
import { createLog } from '../../launcher/observability/log.ts';
import { answerErrors } from '../../launcher/routes/errors.ts';
import { jwksRoutes } from '../../launcher/routes/jwks.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { openDatabase } from '../../launcher/storage/open-database.ts';
import { createSourceTokens } from '../../launcher/trust/backend-services.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { createTokenRequest } from '../../launcher/trust/token-request.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { sourceIdOf } from '../../sandbox/community-file.ts';
import { closeServer, listen } from '../../sandbox/eprs/epr.ts';
import { openSandbox, type Sandbox } from '../../sandbox/open-sandbox.ts';
import { buildPeople } from '../../sandbox/people/index.ts';
import type { DeliverMessage, DeliveryReceipt, OutgoingMessage } from '../../src/messages/delivery.ts';
import { asObjects, type Json } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { until } from '../support/until.ts';

/** A practice that files documents, a hospital that signs each request, one that exchanges tokens. */
const [PRACTICE, SIGNED, EXCHANGED] = ['XB001', 'XB101', 'XB102'] as const;

let sandbox: Sandbox;
let deliver: DeliverMessage;
const sent = new Map<string, string>();
const receipts: DeliveryReceipt[] = [];
const again: string[] = [];
const audited: AuditEvent[] = [];
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const { stories: _stories, ...people } = buildPeople('2026-06-01');
  const organisations = people.organisations.filter(({ ods }) =>
    [PRACTICE, SIGNED, EXCHANGED].some((one) => one === ods),
  );
  sandbox = await openSandbox({ community: { ...people, organisations }, port: 'free', startLauncher });
});
afterAll(async () => {
  await sandbox.close();
});
afterEach(() => {
  for (const { inbox } of sandbox.eprs) inbox.setFault('none');
});

/** Of a launcher, what hands over and what takes acknowledgements; the messages' own part is two maps here. */
async function startLauncher({ port, communityText }: { port: number; communityText: string }) {
  const parsed = parseCommunity(communityText, PLUGINS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { community } = parsed;
  const url = `http://127.0.0.1:${port}`;
  const config = readConfig({}, { 'storage.url': 'sqlite::memory:' });
  const log = createLog('silent');
  const keys = await makeKeys();
  const database = await openDatabase(config.storage, () => undefined);
  await migrate(database);
  const agents = createSourceAgents({ connections: 8, connectMs: 1_000 });
  const send = createTokenRequest(agents, config.source.tokenBytes);
  const tokens = createSourceTokens({ community, keys, issuer: url, send, limits: config.source, now: Date.now });
  const parts = { community, plugins: PLUGINS, keys, agents, config, url, log, database };
  deliver = buildDeliver(parts, tokens, Date.now);
  const audit = {
    record: (event: AuditEvent) => Promise.resolve(void audited.push(event)),
    recordAll: (events: readonly AuditEvent[]) => Promise.resolve(void audited.push(...events)),
  };
  const take = {
    receipt: (receipt: DeliveryReceipt) => {
      const known = sent.get(receipt.messageId) === receipt.by;
      if (known) receipts.push(receipt);
      return Promise.resolve(known);
    },
    again: (messageId: string, by: { readonly ods: string }) => {
      const known = sent.get(messageId) === by.ods;
      if (known) again.push(messageId);
      return Promise.resolve(known);
    },
  };
  const app = express()
    .use(jwksRoutes(keys))
    .use(buildAcknowledgementRoutes({ ...parts, audit }, take, Date.now))
    .use(answerErrors(log));
  const server = createServer(app);
  await listen(server, port);
  closers.push(
    () => closeServer(server),
    () => agents.close(),
    () => database.close(),
  );
  return {
    url,
    close: async () => {
      for (const close of closers) await close();
    },
  };
}

const person = (ods: string) => {
  const patient = sandbox
    .epr(ods)
    .store.all('Patient')
    .find(({ id }) => id === sandbox.resident('hero').patientIds[ods]);
  const number = asObjects(patient?.['identifier']).find(({ system }) => String(system).endsWith('nhs-number'));
  return { nhsNumber: String(number?.['value']), name: 'As written', birthDate: String(patient?.['birthDate']) };
};

const sourceOf = (ods: string) => sourceIdOf(sandbox.epr(ods).organisation);

function send(ods: string, more: Partial<OutgoingMessage> = {}, signal = AbortSignal.timeout(8_000), inboxOf = ods) {
  const from = ods === SIGNED ? EXCHANGED : SIGNED;
  const { name } = sandbox.epr(from).organisation;
  const message: OutgoingMessage = {
    id: randomUUID(),
    threadId: randomUUID(),
    place: 1,
    patient: person(ods),
    subject: 'Dose of amlodipine',
    body: 'Is it 5 mg or 10 mg?',
    urgency: 'routine',
    from: {
      address: `${from}/pharmacy`,
      organisation: { ods: from as OdsCode, name },
      team: 'Hospital pharmacy',
      person: 'Robin Vale',
      role: 'pharmacist',
    },
    sentAt: '2026-06-01T09:00:00.000Z',
    signature: 'a.b.c',
    ...more,
  };
  sent.set(message.id, ods);
  const to = {
    address: `${ods}/team`,
    organisation: { ods: ods as OdsCode, name: sandbox.epr(ods).organisation.name },
    team: 'Team',
    inbox: sourceOf(inboxOf),
  } as Parameters<DeliverMessage>[0];
  return { message, outcome: deliver(to, message, signal) };
}

async function receiptOf(id: string): Promise<DeliveryReceipt> {
  const found = (): DeliveryReceipt | undefined => receipts.find(({ messageId }) => messageId === id);
  await until(found, 'no receipt came');
  return found() as DeliveryReceipt;
}

describe('a message is not handed over', () => {
  it('to the inbox of another organisation than the one it is for', async () => {
    const { outcome } = send(PRACTICE, {}, undefined, SIGNED);
    expect(await outcome).toEqual({ outcome: 'refused', code: 'inbox.recipient_unknown' });
    expect(sandbox.epr(SIGNED).inbox.received()).toEqual([]);
  });

  it.each([PRACTICE, SIGNED, EXCHANGED])('to %s about somebody it does not know', async (ods) => {
    const { message, outcome } = send(ods, { patient: { ...person(ods), nhsNumber: '9990000026' } });
    expect(await outcome).toEqual({ outcome: 'accepted' });
    expect(await receiptOf(message.id)).toMatchObject({ kind: 'refused', code: 'inbox.patient_unknown', by: ods });
    expect(
      sandbox
        .epr(ods)
        .inbox.received()
        .map(({ id }) => id),
    ).not.toContain(message.id);
  });

  it('by an EPR that is down, and is tried again', async () => {
    sandbox.setMode(PRACTICE, 'down');
    const { outcome } = send(PRACTICE);
    expect(await outcome).toMatchObject({ outcome: 'retry', code: 'source.unavailable' });
    sandbox.setMode(PRACTICE, 'normal');
  });

  it('once the worker stops', async () => {
    const stopped = AbortSignal.abort();
    await expect(send(PRACTICE, {}, stopped).outcome).rejects.toThrow();
  });
});

describe('an acknowledgement is not taken', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const address = (ods: string): string => `${sandbox.launcherUrl}/inbox/${sourceOf(ods)}/acknowledge`;
  const said = (id: string, code = 'ok') => ({
    resourceType: 'Bundle',
    type: 'message',
    entry: [{ resource: { resourceType: 'MessageHeader', response: { identifier: id, code } } }],
  });
  const post = (to: string, token: string, body: unknown): Promise<Response> =>
    fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('without a proof, by a strange key, or by nobody', async () => {
    const before = receipts.length;
    const id = sourceOf(SIGNED);
    const forged = jsonwebtoken.sign({ jti: randomUUID() }, pair.privateKey, {
      algorithm: 'ES256',
      keyid: `${SIGNED.toLowerCase()}-inbox`,
      issuer: id,
      subject: id,
      audience: address(SIGNED),
      expiresIn: 60,
    });
    for (const token of [forged, 'x', '']) expect((await post(address(SIGNED), token, said('m1'))).status).toBe(403);
    expect(receipts).toHaveLength(before);
  });

  it('from one EPR about a message that another was handed, and that is written down', async () => {
    const { message, outcome } = send(SIGNED);
    await outcome;
    await receiptOf(message.id);
    const before = receipts.length;
    // The other hospital's own key, at its own address, about a message it never had.
    sent.set(message.id, SIGNED);
    const other = sandbox.epr(EXCHANGED).inbox;
    const heard = other.heard.length;
    other.say(said(message.id));
    await until(() => other.heard.length > heard);
    expect(other.heard.at(-1)).toBe(404);
    expect(receipts).toHaveLength(before);
    expect(audited.at(-1)).toMatchObject({
      type: 'message.refused',
      code: 'message.not_found',
      source: sourceOf(EXCHANGED),
    });
  });

  it('that it could not be kept from another EPR; from its own it is heard, and the message goes again', async () => {
    const { message, outcome } = send(SIGNED);
    await outcome;
    for (const [ods, answer] of [
      [EXCHANGED, 404],
      [SIGNED, 202],
    ] as const) {
      const { inbox } = sandbox.epr(ods);
      const heard = inbox.heard.length;
      inbox.say(said(message.id, 'transient-error'));
      await until(() => inbox.heard.slice(heard).includes(answer));
      expect(again.includes(message.id)).toBe(ods === SIGNED);
    }
  });

  it.each([
    ['what is no response', { resourceType: 'Bundle' }],
    ['a list', []],
  ])('that is %s', async (_what, body) => {
    const { inbox } = sandbox.epr(SIGNED);
    const heard = inbox.heard.length;
    inbox.say(body as Json);
    await until(() => inbox.heard.length > heard);
    expect(inbox.heard.at(-1)).toBe(400);
  });

  it('of any size', async () => {
    const { inbox } = sandbox.epr(SIGNED);
    const heard = inbox.heard.length;
    inbox.say({ ...said('m1'), padding: 'x'.repeat(3_000_000) });
    await until(() => inbox.heard.length > heard);
    expect(inbox.heard.at(-1)).toBe(413);
  });
});

describe('a message is handed over', () => {
  it.each([PRACTICE, SIGNED, EXCHANGED])(
    'to %s, under its own profile, and is delivered when it says so',
    async (ods) => {
      const { message, outcome } = send(ods);
      expect(await outcome).toEqual({ outcome: 'accepted' });
      expect(await receiptOf(message.id)).toMatchObject({ kind: 'delivered', by: ods });
      expect(sandbox.epr(ods).inbox.received()[0]).toMatchObject({ id: message.id, title: 'Dose of amlodipine' });
    },
  );

  it('to a practice as a document in the patient’s own record, where others find it', async () => {
    const { message, outcome } = send(PRACTICE, { urgency: 'urgent' });
    await outcome;
    await receiptOf(message.id);
    const { store } = sandbox.epr(PRACTICE);
    const patientId = sandbox.resident('hero').patientIds[PRACTICE] ?? '';
    const filed = store.ofPatient('DocumentReference', patientId).at(-1);
    expect(filed).toMatchObject({ status: 'current', description: 'Dose of amlodipine' });
    const url = (filed?.['content'] as readonly { attachment: { url: string } }[])[0]?.attachment.url ?? '';
    const binary = store.read('Binary', url.replace('Binary/', ''));
    const letter = Buffer.from(String(binary?.['data']), 'base64').toString('utf8');
    expect(letter).toContain('URGENT: Dose of amlodipine');
    expect(letter).toContain('Is it 5 mg or 10 mg?');
    expect(store.patientsOfBinary(String(binary?.id)).has(patientId)).toBe(true);
  });

  it('again after a lost answer, and is there once', async () => {
    const epr = sandbox.epr(PRACTICE);
    epr.inbox.setFault('silent');
    const { message, outcome } = send(PRACTICE);
    await outcome;
    epr.inbox.setFault('none');
    const documents = epr.store.all('DocumentReference').length;
    await send(PRACTICE, { id: message.id, threadId: message.threadId }).outcome;
    expect(await receiptOf(message.id)).toMatchObject({ kind: 'delivered' });
    expect(epr.store.all('DocumentReference')).toHaveLength(documents);
  });
});
