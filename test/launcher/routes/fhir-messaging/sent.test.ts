import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressed, communication, fhirWorldOfEach, task } from '../../../support/fhir-messaging.ts';
import { doctor, draftOf, pharmacist, readerOf, signal } from '../../../support/messaging.ts';

const epr = fhirWorldOfEach();
const { ask } = epr;

describe('messages as FHIR, sent and answered', () => {
  it('begin with a Task of an EPR, once however often it is sent, and are read as what they are', async () => {
    const { id, resource } = task();
    const first = await ask('Task', { body: resource });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      resourceType: 'Task',
      meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Task'] },
      identifier: [{ value: `urn:uuid:${id}` }],
      status: 'requested',
      intent: 'order',
      priority: 'urgent',
      description: 'Visit after a fall',
      note: [{ authorString: 'Dr Owen Ellis', text: 'Two falls this week.\n\nKey safe at the back door.' }],
      restriction: { period: { end: '2026-11-23T17:00:00.000Z' } },
    });
    const again = await ask('Task', { body: resource });
    expect([again.status, again.body['id']]).toEqual([200, first.body['id']]);
    const { threads } = await epr.world.messages.list(doctor());
    expect(threads).toHaveLength(1);
    expect(threads[0]).toMatchObject({ id: first.body['id'], to: { address: 'XC001/reablement' }, urgency: 'urgent' });
    expect((await ask(`Task/${String(first.body['id'])}`)).body).toMatchObject({ id: first.body['id'] });
    expect((await ask(`Communication/${id}`)).body).toMatchObject({ sender: { display: 'Dr Owen Ellis' } });
  });

  it('answer the one that came to them, where others gave the same id to one of theirs', async () => {
    const draft = draftOf();
    const council = readerOf('XC001', 'social-worker', 'Sam Reed');
    await epr.world.messages.send(council, { ...draft, to: 'XH001/pharmacy' }, signal);
    await epr.world.messages.send(pharmacist(), draft, signal);
    const { resource } = communication({
      recipient: [addressed('XH001/pharmacy')],
      inResponseTo: [{ reference: `Communication/${draft.id}` }],
    });
    expect((await ask('Communication', { body: resource })).status).toBe(201);
    expect((await epr.world.messages.list(doctor())).threads[0]?.state).toBe('answered');
  });

  it('are answered as the type they were created as, a CommunicationRequest too', async () => {
    const { resource } = communication({ resourceType: 'CommunicationRequest', status: 'active' });
    const made = await ask('CommunicationRequest', { body: resource });
    expect([made.status, made.body['resourceType']]).toEqual([201, 'CommunicationRequest']);
    expect((await ask(`CommunicationRequest/${String(made.body['id'])}`)).status).toBe(200);
  });

  it('are sent once, however often an EPR sends them', async () => {
    const { id, resource } = communication();
    const first = await ask('Communication', { body: resource });
    expect([first.status, first.body['id'], first.body['status']]).toEqual([201, id, 'in-progress']);
    await ask('Communication', { body: resource });
    const { threads } = await epr.world.messages.list(doctor());
    expect(threads).toHaveLength(1);
    expect(threads[0]).toMatchObject({ subject: 'Falls at home', to: { address: 'XC001/reablement' } });
    expect(threads[0]?.messages[0]?.from.person).toBe('Dr Owen Ellis');
  });

  it('answer what was asked, through $process-message too', async () => {
    const draft = draftOf();
    await epr.world.messages.send(pharmacist(), draft, signal);
    const { id, resource } = communication({
      recipient: [addressed('XH001/pharmacy')],
      inResponseTo: [{ reference: `Communication/${draft.id}` }],
    });
    const header = {
      resourceType: 'MessageHeader',
      id: randomUUID(),
      eventCoding: { system: 'urn:corridor:event', code: 'message' },
      source: { endpoint: 'https://epr.example' },
      focus: [{ reference: `urn:uuid:${id}` }],
    };
    const entry = [{ resource: header }, { fullUrl: `urn:uuid:${id}`, resource }];
    for (let times = 0; times < 2; times += 1) {
      const answer = await ask('$process-message', { body: { resourceType: 'Bundle', type: 'message', entry } });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ entry: [{ resource: { response: { identifier: header.id, code: 'ok' } } }] });
    }
    const [thread] = (await epr.world.messages.list(pharmacist())).threads;
    expect(thread).toMatchObject({ state: 'answered', version: 2 });
  });
});
