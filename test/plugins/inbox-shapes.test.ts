import { describe, expect, it } from 'vitest';
import { buildDocumentMessage } from '../../plugins/document-filing/document-message.ts';
import { documentFiling } from '../../plugins/document-filing/plugin.ts';
import { buildMessage } from '../../plugins/fhir-messaging/message.ts';
import { fhirMessaging } from '../../plugins/fhir-messaging/plugin.ts';
import type { InboxSettings, OutgoingMessage } from '../../plugins/inbox-face.ts';
import type { SourceId } from '../../src/record/source.ts';
import { asObject, asObjects, type Json } from '../../src/record/resource.ts';
import { orderOf } from '../support/inbox-bench.ts';

const ID = '3a1f6c52-7d1e-4b7a-9c55-0a1b2c3d4e5f';
const SENDER = { mailbox: 'XB101OT001', telephone: '01632 960101' };
const LAUNCHER = { launcherUrl: 'https://corridor.example' };

const settingsOf = (plugin: typeof fhirMessaging, more: object): InboxSettings =>
  plugin.inbox?.readSettings({ base: 'https://fhir.example/r4', ...more }) as InboxSettings;
const order = (settings: InboxSettings, more: Partial<OutgoingMessage> = {}) => orderOf(settings, { id: ID, ...more });
const resources = (bundle: Json): readonly Json[] =>
  asObjects(bundle['entry']).map((entry) => asObject(entry['resource']) ?? {});
const fullUrls = (bundle: Json): readonly unknown[] => asObjects(bundle['entry']).map(({ fullUrl }) => fullUrl);

/** Every reference by `urn:uuid:` inside, found in this very bundle or in the one around it. */
function dangling(bundle: Json, known: readonly unknown[] = []): readonly string[] {
  const here = [...known, ...fullUrls(bundle)];
  return resources(bundle).flatMap((resource) => {
    if (resource['resourceType'] === 'Bundle') return dangling(resource, here);
    const named = JSON.stringify(resource).match(/"reference":"(urn:uuid:[^"]+)"/g) ?? [];
    return named.map((text) => text.slice(13, -1)).filter((url) => !here.includes(url));
  });
}

describe('a FHIR message', () => {
  const build = (more: Partial<OutgoingMessage> = {}): Json =>
    buildMessage(order(settingsOf(fhirMessaging, {}), more), LAUNCHER);

  it('begins with a header whose id is the message’s own, the same each time, in an envelope that is new each time', () => {
    const [first, second] = [build(), build()];
    for (const bundle of [first, second]) {
      expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'message' });
      expect(resources(bundle)[0]).toMatchObject({ resourceType: 'MessageHeader', id: ID });
      expect(fullUrls(bundle)[0]).toBe(`urn:uuid:${ID}`);
    }
    expect(first['identifier']).not.toEqual(second['identifier']);
  });

  it('names everything it refers to, once', () => {
    const bundle = build();
    expect(dangling(bundle)).toEqual([]);
    expect(new Set(fullUrls(bundle)).size).toBe(fullUrls(bundle).length);
  });

  it('says what it hangs on by where it is, and brings nothing of it', () => {
    const about = { source: 'eastfield-epr' as SourceId, resource: 'MedicationRequest/m1' };
    const communication = resources(build({ about })).find((one) => one['resourceType'] === 'Communication');
    expect(communication?.['about']).toEqual([
      {
        type: 'MedicationRequest',
        identifier: { system: 'urn:corridor:source:eastfield-epr', value: 'MedicationRequest/m1' },
      },
    ]);
  });

  it('carries its thread, its place in it, until when an answer is asked for, and its signature', () => {
    const text = JSON.stringify(build({ place: 3, dueAt: '2026-06-02T09:00:00.000Z' }));
    for (const part of ['"valuePositiveInt":3', '"valueDateTime":"2026-06-02T09:00:00.000Z"', '"valueString":"a.b.c"'])
      expect(text).toContain(part);
    expect(text).toContain('5f3a2c1e-0000-4000-8000-000000000001');
  });
});

describe('a Send Document message', () => {
  const build = (more: Partial<OutgoingMessage> = {}): Json =>
    buildDocumentMessage(order(settingsOf(documentFiling, { senders: { XB101: SENDER } }), more), SENDER);
  const [header = {}, organisation = {}, document = {}] = resources(build());
  const [composition = {}, patient = {}, sender = {}, writer = {}, letter = {}] = resources(document);

  it('is the same message and the same document at every attempt', () => {
    expect(build()).toEqual(build());
  });

  it('asks for both acknowledgements, for action, by its definition (GPCM-SD-039 to -043)', () => {
    const [handling] = asObjects(header['extension']);
    const parts = Object.fromEntries(
      asObjects(handling?.['extension']).map(({ url, ...value }) => [String(url), value]),
    );
    expect(parts).toMatchObject({
      BusAckRequested: { valueBoolean: true },
      InfAckRequested: { valueBoolean: true },
      RecipientType: { valueCoding: { code: 'FA' } },
      SenderReference: { valueString: '5f3a2c1e-0000-4000-8000-000000000001' },
    });
    expect(JSON.stringify(parts)).toContain('ITK-GPConnectSendDocument-MessageDefinition-Instance-1');
  });

  it('names event, sender’s mailbox and time, and no receiver (GPCM-SD-046 to -049)', () => {
    expect(header).toMatchObject({
      event: { code: 'ITK007C' },
      source: { endpoint: 'XB101OT001' },
      timestamp: '2026-06-01T09:00:00.000Z',
    });
    expect(header).not.toHaveProperty('receiver');
    expect(JSON.stringify(organisation)).toContain('"value":"XB101"');
  });

  it('holds one document: whom it is about, who sends it, and one attachment (GPCM-SD-028 to -037, -103 to -111)', () => {
    expect(document).toMatchObject({ type: 'document' });
    expect(composition).toMatchObject({ resourceType: 'Composition', status: 'final', title: 'Dose of amlodipine' });
    expect(patient).toMatchObject({ name: [{ use: 'official', text: 'Wren ASHDOWN' }], birthDate: '1948-03-07' });
    expect(sender).toMatchObject({ name: 'Eastfield Hospital', telecom: [{ system: 'phone', value: '01632 960101' }] });
    expect(writer).toMatchObject({ resourceType: 'Practitioner', name: [{ use: 'official', text: 'Robin Vale' }] });
    expect(letter).toMatchObject({ resourceType: 'Binary', contentType: 'text/plain; charset=utf-8' });
    expect(dangling(build())).toEqual([]);
  });

  it('is a letter that stands alone: for whom, from whom, about whom, and where it can be answered', () => {
    const about = { source: 'eastfield-epr' as SourceId, resource: 'MedicationRequest/m1' };
    const made = resources(resources(build({ about, urgency: 'urgent' }))[2] ?? {})[4];
    const text = Buffer.from(String(made?.['content']), 'base64').toString('utf8');
    for (const line of [
      'URGENT: Dose of amlodipine',
      'Patient: Wren ASHDOWN, born 1948-03-07, NHS number 999 000 0018',
      'From: Robin Vale, Ward pharmacy, Eastfield Hospital (XB101)',
      'About: MedicationRequest/m1 at eastfield-epr',
      'Answer in the shared record',
    ])
      expect(text).toContain(line);
  });
});
