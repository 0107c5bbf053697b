import { randomUUID } from 'node:crypto';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentFiling } from '../../plugins/document-filing/plugin.ts';
import { buildDocumentMessage } from '../../plugins/document-filing/document-message.ts';
import type { InboxSettings } from '../../plugins/inbox-face.ts';
import { openFhirStore } from '../../sandbox/eprs/fhir-store.ts';
import { openInbox, type EprInbox } from '../../sandbox/eprs/inbox/open-inbox.ts';
import { asObject, asObjects, type Json } from '../../src/record/resource.ts';
import { orderOf, PATIENT, RECEIVER, serve, type Served } from '../support/inbox-bench.ts';
import { quiet } from '../support/quiet.ts';
import { until } from '../support/until.ts';

let inbox: EprInbox;
let epr: Served;
let launcher: Served;
let said: Json[];

beforeEach(async () => {
  said = [];
  launcher = await serve(
    express()
      .use(express.json({ type: 'application/fhir+json' }))
      .post('/inbox/s/acknowledge', (request, response) => {
        said.push(request.body as Json);
        response.sendStatus(202);
      }),
  );
  const patient = {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: PATIENT.nhsNumber }],
    birthDate: PATIENT.birthDate,
  };
  inbox = openInbox({
    ods: RECEIVER,
    origin: 'http://localhost',
    store: openFhirStore([patient]),
    sourceId: 's',
    launcherUrl: launcher.origin,
    admit: () => Promise.resolve(undefined),
  });
  epr = await serve(express().use('/itk', inbox.documents).use('/fhir', inbox.messages));
});
afterEach(async () => {
  await inbox.close();
  await Promise.all([epr.close(), launcher.close()]);
});

type Bundle = { entry: { resource: Record<string, unknown> }[] };

/** A whole Send Document message, as another system might have spoilt it. */
function message(spoil: (bundle: Bundle, header: Record<string, unknown>) => void = () => undefined): object {
  const settings = documentFiling.inbox?.readSettings({ base: 'https://itk.example', senders: {} }) as InboxSettings;
  const order = orderOf(settings, { id: randomUUID() });
  const sender = { mailbox: 'XB101OT001', telephone: '01632 960101' };
  const bundle = JSON.parse(JSON.stringify(buildDocumentMessage(order, sender))) as Bundle;
  spoil(bundle, bundle.entry[0]?.resource ?? {});
  return bundle;
}

/** What is said of it: at least so many acknowledgements, or whatever is `enough`. */
async function codesFor(
  body: object,
  enough: (codes: readonly string[]) => boolean = (codes) => codes.length > 0,
): Promise<readonly string[]> {
  const before = said.length;
  const answer = await fetch(`${epr.origin}/itk/$process-message`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  const codes = (): readonly string[] => said.slice(before).map(codeOf);
  await until(() => enough(codes()), 'nothing more was said');
  await quiet(50);
  return codes();
}

function codeOf(bundle: Json): string {
  const resources = asObjects(bundle['entry']).map((entry) => asObject(entry['resource']));
  const outcome = resources.find((resource) => resource?.['resourceType'] === 'OperationOutcome');
  const [issue] = asObjects(outcome?.['issue']);
  return String(asObjects(asObject(issue?.['details'])?.['coding'])[0]?.['code']);
}

const part = (header: Record<string, unknown>, name: string): Record<string, unknown> => {
  const [handling] = header['extension'] as { extension: Record<string, unknown>[] }[];
  return handling?.extension.find(({ url }) => url === name) ?? {};
};
const inDocument = (bundle: Bundle, type: string): Record<string, unknown> => {
  const document = bundle.entry[2]?.resource as unknown as Bundle;
  return document.entry.find(({ resource }) => resource['resourceType'] === type)?.resource ?? {};
};

describe('an EPR of the sandbox files nothing', () => {
  it.each<[string, string, (bundle: Bundle, header: Record<string, unknown>) => void]>([
    ['that is no message', '10009', (bundle) => Object.assign(bundle, { type: 'collection' })],
    ['without a header', '20006', (_bundle, header) => Object.assign(header, { resourceType: 'Basic' })],
    ['without a handling specification', '10001', (_bundle, header) => delete header['extension']],
    ['with a flag that is none', '10002', (_b, header) => (part(header, 'InfAckRequested')['valueBoolean'] = 'x')],
    ['with another flag that is none', '10003', (_b, header) => (part(header, 'BusAckRequested')['valueBoolean'] = 1)],
    ['for nobody’s action', '10010', (_b, header) => (part(header, 'RecipientType')['valueCoding'] = { code: 'ZZ' })],
    ['of another definition', '10004', (_b, header) => delete part(header, 'MessageDefinition')['valueReference']],
    ['of another event', '10004', (_bundle, header) => Object.assign(header, { event: { code: 'ITK003D' } })],
    ['without a document', '20009', (_bundle, header) => Object.assign(header, { focus: [{ reference: 'urn:x' }] })],
    ['without its attachment', '20009', (bundle) => delete inDocument(bundle, 'Binary')['content']],
    ['of a kind of file it does not open', '20004', (bundle) => (inDocument(bundle, 'Binary')['contentType'] = 'a/b')],
    ['about nobody', '20009', (bundle) => (inDocument(bundle, 'Patient')['identifier'] = [])],
    ['about somebody else', '30002', (bundle) => (inDocument(bundle, 'Patient')['birthDate'] = '1949-03-07')],
  ])('%s, and says %s', async (_what, code, spoil) => {
    // What is wrong with the patient is found only after the door has let it in.
    const wrong = (codes: readonly string[]): readonly string[] => codes.filter((one) => one !== '20013');
    expect(wrong(await codesFor(message(spoil), (codes) => wrong(codes).length > 0))).toEqual([code]);
    expect(inbox.received()).toEqual([]);
  });

  it('twice, and says that it has it', async () => {
    const same = message();
    const both = (codes: readonly string[]): boolean => codes.length > 1;
    expect(await codesFor(same, both)).toEqual(['20013', '30001']);
    expect((await codesFor(same, both)).toSorted()).toEqual(['20007', '30001']);
    expect(inbox.received()).toHaveLength(1);
  });

  it('says nothing to who asks for no acknowledgement', async () => {
    const unasked = message((_bundle, header) => {
      part(header, 'InfAckRequested')['valueBoolean'] = false;
      part(header, 'BusAckRequested')['valueBoolean'] = false;
    });
    const heard = codesFor(unasked, () => inbox.received().length > 0);
    expect([await heard, inbox.received().length]).toEqual([[], 1]);
    await quiet(200);
    expect(said).toEqual([]);
  });

  it('sends its word to its own launcher alone, whatever a message asks', async () => {
    let elsewhere = 0;
    const other = await serve((_request, response) => void (elsewhere++, response.end()));
    const to = new URLSearchParams({ async: 'true', 'response-url': `${other.origin}/take` }).toString();
    const answer = await fetch(`${epr.origin}/fhir/$process-message?${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: '{}',
    });
    // Not asked later by anybody it knows: it says at once that this is no message.
    expect((await answer.json()) as object).toMatchObject({ resourceType: 'Bundle', type: 'message' });
    expect(elsewhere).toBe(0);
    await other.close();
  });
});
