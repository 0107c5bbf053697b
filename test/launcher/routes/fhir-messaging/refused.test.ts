import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressed, communication, issueOf, NUMBER, fhirWorldOfEach, task } from '../../../support/fhir-messaging.ts';
import { doctor, draftOf, pharmacist, RESIDENT, signal } from '../../../support/messaging.ts';

const epr = fhirWorldOfEach();
const { ask } = epr;

describe('messages as FHIR, refused', () => {
  it.each([
    ['without a number', { contained: [] }],
    [
      'for two people',
      { subject: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' } } },
    ],
    ['from a team of somebody else', { sender: addressed('XH001/pharmacy', 'Somebody') }],
    ['from nobody', { sender: addressed('XB001/duty-doctor') }],
    ['with something that is not text', { payload: [{ contentAttachment: { url: 'https://elsewhere.example' } }] }],
    ['to nobody there is', { recipient: [addressed('XC001/nobody')] }],
  ])('are refused %s', async (_what, more) => {
    const { status, body } = await ask('Communication', { body: communication(more).resource });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body['resourceType']).toBe('OperationOutcome');
    expect((await epr.world.messages.list(doctor())).threads).toEqual([]);
  });

  it.each<[string, object, string, string | undefined]>([
    [
      'with two teams at once',
      { recipient: [addressed('XC001/reablement'), addressed('XH001/pharmacy')] },
      'request.invalid',
      'Communication.recipient',
    ],
    [
      'hung on an item in nobody’s name',
      { about: [{ identifier: { value: 'x' } }] },
      'request.invalid',
      'Communication.about',
    ],
    [
      'with a word that changes its meaning',
      { modifierExtension: [{ url: 'urn:x' }] },
      'request.invalid',
      'Communication.modifierExtension',
    ],
    ['without an id of their own', { identifier: [] }, 'request.invalid', 'Communication.identifier'],
    ['without a subject', { topic: undefined }, 'request.invalid', 'Communication.topic'],
    ['too long', { payload: [{ contentString: 'x'.repeat(1_001) }] }, 'message.too_long', undefined],
    ['as another type than their address says', { resourceType: 'Task' }, 'request.invalid', undefined],
  ])('are refused %s, with a code that stays and the element at fault', async (_what, more, code, element) => {
    const [status, said, expression] = issueOf(await ask('Communication', { body: communication(more).resource }));
    expect([said, expression]).toEqual([code, element]);
    expect(status).toBe(code === 'message.too_long' ? 413 : 400);
    expect((await epr.world.messages.list(doctor())).threads).toEqual([]);
  });

  it.each<[string, object, string | undefined]>([
    ['that is done already', { status: 'completed' }, 'Task.status'],
    ['that is a proposal', { intent: 'proposal' }, 'Task.intent'],
    ['that hangs on something', { focus: { reference: 'MedicationRequest/1' } }, 'Task.focus'],
    ['that brings something along', { input: [{ valueString: 'x' }] }, 'Task.input'],
    ['that is about nobody', { contained: [] }, 'Task.contained.ofType(Patient)'],
    ['without a word of what is to be done', { note: [] }, 'Task.note'],
    ['without a heading', { description: '  ' }, 'Task.description'],
    ['for no team', { owner: { display: 'Somebody' } }, 'Task.owner'],
    ['from nobody', { requester: addressed('XB001/duty-doctor') }, 'Task.requester'],
    [
      'that was due yesterday',
      { restriction: { period: { end: '2026-11-21T17:00:00Z' } } },
      'Task.restriction.period.end',
    ],
    ['of an urgency nobody promised', { priority: 'stat' }, 'Task.priority'],
  ])('are refused as a Task %s', async (_what, more, element) => {
    expect(issueOf(await ask('Task', { body: task(more).resource }))).toEqual([400, 'request.invalid', element]);
    expect((await epr.world.messages.list(doctor())).threads).toEqual([]);
  });

  it('are refused as a Task for another person, from another organisation’s team, or without the right to create', async () => {
    const other = { identifier: { ...NUMBER, value: '9990000026' } };
    expect(issueOf(await ask('Task', { body: task({ for: other }).resource }))).toEqual([
      409,
      'message.other_patient',
      'Task.for',
    ]);
    const strange = { requester: addressed('XH001/pharmacy', 'Somebody') };
    expect(issueOf(await ask('Task', { body: task(strange).resource }))[1]).toBe('message.refused');
    const beyond = await ask('Task', { body: task().resource, scope: 'system/Task.rs system/Communication.crs' });
    expect(beyond.status).toBe(403);
    expect((await epr.world.messages.list(doctor())).threads).toEqual([]);
  });

  it('are about somebody whose whereabouts are restricted once anybody has said so, though an EPR leaves the mark out', async () => {
    await epr.world.messages.send(pharmacist({ ...RESIDENT, restricted: true }), draftOf(), signal);
    const words = 'Restricted.';
    epr.world.judged.open = ({ context }) =>
      Promise.resolve(
        context.patient.restricted ? { allowed: false, rule: 'message.restricted', words } : { allowed: true },
      );
    const answer = await ask('Task', { body: task().resource });
    expect(issueOf(answer)[1]).toBe('message.refused');
    expect(epr.world.audit.at(-1)).toMatchObject({ type: 'message.refused', code: 'message.restricted' });
  });

  it.each<[string, object, string]>([
    ['names another recipient than whom it goes to', { recipient: [addressed('XC001/reablement')] }, 'recipient'],
    ['has a time of its own', { occurrenceDateTime: '2026-11-23T10:00:00Z' }, 'occurrenceDateTime'],
    ['is urgent where the question was not', { priority: 'urgent' }, 'priority'],
  ])('are refused as an answer that %s', async (_what, more, element) => {
    const draft = draftOf({ urgency: 'routine' });
    await epr.world.messages.send(pharmacist(), draft, signal);
    const inResponseTo = [{ reference: `Communication/${draft.id}` }];
    const { resource } = communication({ recipient: [addressed('XH001/pharmacy')], inResponseTo, ...more });
    expect(issueOf(await ask('Communication', { body: resource }))).toEqual([
      400,
      'request.invalid',
      `Communication.${element}`,
    ]);
    const [thread] = (await epr.world.messages.list(pharmacist())).threads;
    expect(thread?.messages).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['words', { payload: [{ contentString: 'She has died.' }] }],
    ['recipient', { recipient: [addressed('XH001/pharmacy')] }],
    ['heading', { topic: { text: 'Something else' } }],
    ['urgency', { priority: 'urgent' }],
    ['writer', { sender: addressed('XB001/duty-doctor', 'Dr Una Shaw') }],
    ['team', { sender: addressed('XB001/partners', 'Dr Owen Ellis') }],
    ['time', { occurrenceDateTime: '2026-11-24T10:00:00Z' }],
    ['question', { inResponseTo: [{ reference: `Communication/${randomUUID()}` }] }],
    [
      'person',
      {
        subject: { reference: '#p' },
        contained: [
          {
            resourceType: 'Patient',
            id: 'p',
            identifier: [{ ...NUMBER, value: '9990000026' }],
            name: [{ family: 'OTHER' }],
            birthDate: '1950-01-01',
          },
        ],
      },
    ],
  ])('are refused under an id that another was sent by: with another %s', async (_what, more) => {
    const { resource } = communication();
    expect((await ask('Communication', { body: resource })).status).toBe(201);
    const again = await ask('Communication', { body: { ...resource, ...more } });
    expect(issueOf(again).slice(0, 2)).toEqual([409, 'message.other_content']);
    const { threads } = await epr.world.messages.list(doctor());
    expect(threads.flatMap(({ messages }) => messages.map(({ body }) => body))).toEqual(['Two falls this week.']);
  });
});
