import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../../src/record/resource.ts';
import { asObject } from '../../../src/record/resource.ts';
import { makeSigningKey } from '../doors/signing-key.ts';
import type { FhirStore } from '../fhir-store.ts';
import { openAcknowledger } from './acknowledger.ts';
import type { FaultSwitch, InboxFault } from './faults.ts';
import { fhirResponse, messageIdOf, readFhirMessage, type ResponseCode } from './fhir-messages.ts';
import { acknowledgementsWanted, filedResources, itkResponse, readItkDocument } from './itk-documents.ts';
import { patientMeant } from './patient.ts';
import { ReceivedMessages, Refusal, type Received } from './received.ts';

/** Where messages from other organisations come into one EPR, and what it says of them. */
export type EprInbox = {
  /** POST /$process-message: FHIR R4 messages, below the FHIR base. */
  readonly messages: Router;
  /** POST /$process-message: ITK3 documents, at an address of its own. */
  readonly documents: Router;
  /** The key set with which its acknowledgements are proven. */
  readonly keySet: RequestHandler;
  /** Newest first. */
  received(): readonly Received[];
  readonly fault: InboxFault;
  setFault(fault: InboxFault, lateMs?: number): void;
  /** Tells the launcher this, under this EPR's own proof; what is said by itself is said so too. */
  say(response: Json): void;
  /** What the launcher said to acknowledgements. */
  readonly heard: readonly (number | undefined)[];
  close(): Promise<void>;
};

export type InboxOptions = {
  readonly ods: string;
  readonly origin: string;
  readonly store: FhirStore;
  /** Its name in the community file, as which it signs. */
  readonly sourceId: string;
  /** The only place acknowledgements are sent to, whatever a message says. */
  readonly launcherUrl: string;
  /** May this caller hand in, with this scope? Answers with the status of its refusal. */
  readonly admit: (request: Request, scope: string, about: Json | undefined) => Promise<number | undefined>;
};

const BODY = '2mb';
const LATE_MS = 1_500;

export function openInbox(options: InboxOptions): EprInbox {
  const { ods, origin, store, sourceId, launcherUrl } = options;
  const key = makeSigningKey(`${ods.toLowerCase()}-inbox`);
  const acknowledger = openAcknowledger(sourceId, key);
  const received = new ReceivedMessages();
  const documentIds = new Set<string>();
  const poisoned = new Set<string>();
  const state: FaultSwitch = { fault: 'none', lateMs: LATE_MS };
  const acknowledgeTo = `${launcherUrl}/inbox/${sourceId}/acknowledge`;
  const parse = express.json({ limit: BODY, type: ['application/fhir+json', 'application/json'] });

  /** Fails as a program does that can't cope with it: the same each time it comes. */
  const chokesOn = (id: string | undefined): boolean => {
    if (id !== undefined && state.fault === 'poison') poisoned.add(id);
    return id !== undefined && poisoned.has(id);
  };
  const named = (id: string): string => (state.fault === 'answers-for-another' ? randomUUID() : id);
  const say = (response: Json): void => {
    if (state.fault === 'silent') return;
    const afterMs = state.fault === 'late' ? state.lateMs : 0;
    acknowledger.send(acknowledgeTo, response, afterMs);
    if (state.fault === 'duplicate-ack') acknowledger.send(acknowledgeTo, response, afterMs);
  };

  const takeMessage = (body: unknown): void => {
    const { patient, ...message } = readFhirMessage(body, ods);
    if (state.fault === 'refuses') throw new Refusal('business-rule', '', 'not taken here');
    const patientId = patientMeant(patient, store);
    if (!received.has(message.id)) received.keep({ ...message, kind: 'message', patientId, at: now() });
  };

  const messages = routerOf(parse, 'system/Communication.c', options, (request, response) => {
    const body: unknown = request.body;
    const id = messageIdOf(body);
    if (chokesOn(id)) return void response.sendStatus(500);
    if (state.fault === 'busy') return void response.set('retry-after', '1').sendStatus(503);
    const answer = (code: ResponseCode, why?: Refusal): Json =>
      fhirResponse({ id: randomUUID(), answers: named(id ?? ''), code, origin, at: now(), ...(why && { why }) });
    const verdict = judge(() => takeMessage(body), answer);
    const later = request.query['async'] === 'true' && request.query['response-url'] === acknowledgeTo;
    if (later) {
      say(verdict);
      response.sendStatus(202);
    } else response.type('application/fhir+json').send(JSON.stringify(verdict));
  });

  const documents = routerOf(parse, 'system/DocumentReference.c', options, (request, response) => {
    const body: unknown = request.body;
    const id = messageIdOf(body);
    if (chokesOn(id)) return void response.sendStatus(500);
    if (state.fault === 'busy') return void response.set('retry-after', '1').sendStatus(503);
    const wants = acknowledgementsWanted(body);
    const answer = (itk: string, code: ResponseCode, why?: Refusal): Json =>
      itkResponse({ id: randomUUID(), answers: named(id ?? ''), code, itk, ods, at: now(), ...(why && { why }) });
    response.sendStatus(202);
    try {
      const document = readItkDocument(body);
      const twice = received.has(document.id) ? '20007' : documentIds.has(document.documentId) ? '20008' : undefined;
      if (twice !== undefined) throw new Refusal('duplicate', twice, 'already received');
      if (wants.infrastructure) say(answer('20013', 'ok'));
      if (state.fault === 'refuses') throw new Refusal('business-rule', '30003', 'no longer at this clinical setting');
      const patientId = patientMeant(document.patient, store);
      for (const resource of filedResources(document, patientId, now())) store.put(resource);
      documentIds.add(document.documentId);
      const { title, author, custodian } = document;
      const [letter] = document.attachments;
      const text = letter?.contentType.startsWith('text/plain') ? Buffer.from(letter.content, 'base64').toString() : '';
      const urgent = text.startsWith('URGENT');
      const from = `${author}, ${custodian}`;
      received.keep({ id: document.id, kind: 'document', patientId, title, text, from, to: '', urgent, at: now() });
      if (wants.business) say(answer('30001', 'ok'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const business = error.itk.startsWith('3');
      if (business ? wants.business : wants.infrastructure) say(answer(error.itk, 'fatal-error', error));
      // The first answer to it may have been lost on the way.
      if (error.itk === '20007' && wants.business) say(answer('30001', 'ok'));
    }
  });

  return {
    messages,
    documents,
    keySet: (_request, response) => void response.json({ keys: [key.publicJwk] }),
    received: () => received.list(),
    get fault() {
      return state.fault;
    },
    setFault: (fault, lateMs) => {
      state.fault = fault;
      state.lateMs = lateMs ?? LATE_MS;
    },
    say: (response) => acknowledger.send(acknowledgeTo, response),
    heard: acknowledger.heard,
    close: () => acknowledger.close(),
  };
}

/** Who hands in is judged before what: by scope and, where a header says for whom, by that. */
function routerOf(
  parse: RequestHandler,
  scope: string,
  { admit }: InboxOptions,
  take: (request: Request, response: Response) => void,
): Router {
  const router = express.Router();
  router.post('/\\$process-message', parse, async (request, response) => {
    const refused = await admit(request, scope, asObject(request.body));
    if (refused === undefined) take(request, response);
    else response.sendStatus(refused);
  });
  return router;
}

function judge(take: () => void, answer: (code: ResponseCode, why?: Refusal) => Json): Json {
  try {
    take();
    return answer('ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return answer('fatal-error', error);
  }
}

function now(): string {
  return new Date().toISOString();
}
