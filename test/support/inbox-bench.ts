import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSourceAgents, createSourceFetch } from '../../launcher/federation/source-fetch.ts';
import type { InboxFace, InboxReceipt, InboxSettings, InboxTools, OutgoingMessage } from '../../plugins/inbox-face.ts';
import { openFhirStore, type FhirStore } from '../../sandbox/eprs/fhir-store.ts';
import { openInbox, type EprInbox } from '../../sandbox/eprs/inbox/open-inbox.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { SMALL_LIMITS } from './federation.ts';

export const RECEIVER = 'XB001';
export const SENDER = 'XB101';
const SOURCE = 'northcliffe-epr';
export const PATIENT = { nhsNumber: '9990000018', name: 'Wren ASHDOWN', birthDate: '1948-03-07' };

/** A receiving EPR of the sandbox on its own, and a launcher's address that keeps what it is told. */
export type InboxBench = {
  readonly base: { readonly messages: string; readonly documents: string };
  readonly store: FhirStore;
  readonly inbox: EprInbox;
  /** Receipts in the order in which they were heard, those of unknown messages left out. */
  readonly receipts: readonly InboxReceipt[];
  /** Answered with 404: of messages that were never sent. */
  readonly unknown: readonly string[];
  readonly tools: InboxTools;
  /** Of every request that came to the EPR. */
  readonly urls: readonly string[];
  sent(id: string): void;
  close(): Promise<void>;
};

export async function openInboxBench(face: InboxFace): Promise<InboxBench> {
  const receipts: InboxReceipt[] = [];
  const unknown: string[] = [];
  const known = new Set<string>();
  const launcher = await serve(
    express()
      .use(express.json({ type: 'application/fhir+json' }))
      .post(`/inbox/${SOURCE}/acknowledge`, (request, response) => {
        const read = face.acknowledge(request.body);
        if ('fault' in read) return void response.sendStatus(400);
        receipts.push(...read.filter(({ messageId }) => known.has(messageId)));
        const strange = read.filter(({ messageId }) => !known.has(messageId));
        unknown.push(...strange.map(({ messageId }) => messageId));
        response.sendStatus(strange.length > 0 ? 404 : 202);
      }),
  );
  const store = openFhirStore([
    {
      resourceType: 'Patient',
      id: 'p1',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: PATIENT.nhsNumber }],
      birthDate: PATIENT.birthDate,
    },
  ]);
  const urls: string[] = [];
  const app = express().use((request, _response, next) => {
    urls.push(request.originalUrl);
    next();
  });
  const epr = await serve(app);
  const inbox = openInbox({
    ods: RECEIVER,
    origin: epr.origin,
    store,
    sourceId: SOURCE,
    launcherUrl: launcher.origin,
    admit: (request) => Promise.resolve(request.get('authorization') === 'Bearer t' ? undefined : 401),
  });
  app.use('/fhir', inbox.messages).use('/itk', inbox.documents);
  const tools = toolsFor(epr.origin);
  return {
    base: { messages: `${epr.origin}/fhir`, documents: `${epr.origin}/itk` },
    store,
    inbox,
    receipts,
    unknown,
    urls,
    tools: { ...tools.tools, acknowledgeTo: `${launcher.origin}/inbox/${SOURCE}/acknowledge` },
    sent: (id) => void known.add(id),
    close: async () => {
      await inbox.close();
      await tools.close();
      await Promise.all([epr.close(), launcher.close()]);
    },
  };
}

/** The way out that the launcher lends, with small limits. */
export function toolsFor(
  base: string,
  limits: Partial<typeof SMALL_LIMITS> = {},
): { readonly tools: InboxTools; close(): Promise<void> } {
  const agents = createSourceAgents({ connections: 4, connectMs: 500 });
  const fetch = createSourceFetch({
    base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: { ...SMALL_LIMITS, pageBytes: 20_000, retryAfterMs: 0, ...limits },
    token: () => Promise.resolve('t'),
    requestId: (count) => `00000000-0000-4000-8000-00000000000${count % 10}`,
    correlationId: 'bench',
  });
  return { tools: { fetch, launcherUrl: 'https://corridor.example' }, close: () => agents.close() };
}

export function orderOf(settings: InboxSettings, more: Partial<OutgoingMessage> & { readonly id: string }) {
  const message: OutgoingMessage = {
    threadId: '5f3a2c1e-0000-4000-8000-000000000001',
    place: 1,
    patient: PATIENT,
    subject: 'Dose of amlodipine',
    body: 'Is it 5 mg or 10 mg? Ünïcode, “quotes” and\na second line.',
    urgency: 'routine',
    from: {
      address: `${SENDER}/pharmacy`,
      organisation: { ods: SENDER as OdsCode, name: 'Eastfield Hospital' },
      team: 'Ward pharmacy',
      person: 'Robin Vale',
      role: 'pharmacist',
    },
    sentAt: '2026-06-01T09:00:00.000Z',
    signature: 'a.b.c',
    ...more,
  };
  const to = {
    address: `${RECEIVER}/duty`,
    organisation: { ods: RECEIVER as OdsCode, name: 'Northcliffe Surgery' },
    team: 'Duty doctor',
  };
  return { message, to, settings };
}

export type Served = { readonly origin: string; close(): Promise<void> };

export async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<Served> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
