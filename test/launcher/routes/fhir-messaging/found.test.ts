import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fhirMessagingRoutes } from '../../../../launcher/routes/fhir-messaging.ts';
import type { OdsCode } from '../../../../src/record/source.ts';
import { ALL_SCOPES, fhirWorldOfEach, URL_OF_LAUNCHER } from '../../../support/fhir-messaging.ts';
import { doctor, draftOf, pharmacist, readerOf, RESIDENT, signal } from '../../../support/messaging.ts';
import { serveRouter } from '../../../support/serve-router.ts';

const epr = fhirWorldOfEach();
const { ask } = epr;

describe('messages as FHIR, read and found', () => {
  it('are not there for an EPR whose organisation takes no part in them', async () => {
    const { thread } = await epr.world.messages.send(pharmacist(), draftOf({ to: 'XC001/reablement' }), signal);
    expect((await ask(`Task/${thread.id}`)).status).toBe(404);
    expect((await ask(`Communication/${String(thread.messages[0]?.id)}`)).status).toBe(404);
    const form = { 'patient:identifier': `https://fhir.nhs.uk/Id/nhs-number|${RESIDENT.nhsNumber}` };
    expect((await ask('Task/_search', { form })).body).toMatchObject({ total: 0 });
  });

  it('are read and found as UK Core has them, and the audit says whose and by whom', async () => {
    const draft = draftOf();
    const { thread } = await epr.world.messages.send(pharmacist(), draft, signal);
    await epr.world.deliverAll();
    const read = await ask(`Communication/${draft.id}`);
    expect(read.body).toMatchObject({
      meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Communication'] },
      status: 'completed',
      priority: 'urgent',
      subject: { identifier: { value: RESIDENT.nhsNumber } },
      sender: { identifier: { value: 'XH001/pharmacy' }, display: 'Priya Nair' },
      payload: [{ contentString: draft.body }],
    });
    const form = { 'patient:identifier': `https://fhir.nhs.uk/Id/nhs-number|${RESIDENT.nhsNumber}` };
    const found = await ask('Communication/_search', { form });
    expect(found.body).toMatchObject({ type: 'searchset', total: 1 });
    const tasks = await ask('Task?recipient:identifier=urn:corridor:address|XB001/duty-doctor');
    expect(tasks.body).toMatchObject({
      entry: [{ resource: { id: thread.id, status: 'received', businessStatus: { coding: [{ code: 'delivered' }] } } }],
    });
    expect((await ask(`CommunicationRequest/${thread.id}`)).body).toMatchObject({ status: 'active' });
    expect(epr.world.audit.at(-1)).toMatchObject({
      type: 'message.listed',
      user: 'urn:corridor:client|surgery-epr',
      nhsNumber: RESIDENT.nhsNumber,
    });
  });

  it('are never looked for by a number in an address, nor by what is not understood', async () => {
    const inAddress = await ask(`Communication?subject:identifier=${RESIDENT.nhsNumber}`);
    expect([inAddress.status, inAddress.body['resourceType']]).toEqual([400, 'OperationOutcome']);
    expect((await ask('Communication/_search', { form: { status: 'completed' } })).status).toBe(400);
  });

  it('are a list that says so and counts nothing where it was cut', async () => {
    const granted = {
      client: { id: 'surgery-epr', ods: 'XB001' as OdsCode },
      scopes: [ALL_SCOPES.split(' ')[2] ?? ''],
    };
    const found = { resources: [{ resourceType: 'Task', id: 't' }], self: 'first', next: 'sealed', whole: false };
    const system = { find: () => Promise.resolve(found), send: () => Promise.reject(new Error('nothing is sent')) };
    const now = (): number => epr.world.clock.nowMs;
    await using cut = await serveRouter(
      fhirMessagingRoutes({ system, access: () => granted, url: URL_OF_LAUNCHER, bodyBytes: 1_000, now }),
    );
    const bundle = (await (await fetch(`${cut.url}/fhir/Task`)).json()) as { total?: number; entry: object[] };
    expect(bundle.total).toBeUndefined();
    expect(bundle.entry.at(-1)).toMatchObject({
      search: { mode: 'outcome' },
      resource: { issue: [{ code: 'incomplete' }] },
    });
  });

  describe('looked for', () => {
    const OTHER = '9990000026';
    let thread: string;
    let other: string;

    beforeEach(async () => {
      const about = { ...RESIDENT, nhsNumber: OTHER as typeof RESIDENT.nhsNumber, family: 'OTHER' };
      const council = readerOf('XC001', 'social-worker', 'Sam Reed', about);
      thread = (await epr.world.messages.send(pharmacist(), draftOf(), signal)).thread.id;
      other = (await epr.world.messages.send(council, draftOf({ patient: OTHER, to: 'XB001/partners' }), signal)).thread
        .id;
      await epr.world.deliverAll();
    });

    const found = async (given: object | string): Promise<readonly [number, readonly string[]]> => {
      const { status, body } = await (typeof given === 'string' ? ask(given) : ask('Task/_search', { form: given }));
      const entries = (body['entry'] ?? []) as { resource: { id: string } }[];
      return [status, entries.map(({ resource }) => resource.id)];
    };

    it.each<[string, string, string]>([
      ['with a number in the address', `?patient:identifier=${OTHER}`, ''],
      ['with anything in the address', '?_count=50', ''],
      ['by two numbers', '', `patient:identifier=${RESIDENT.nhsNumber}&patient:identifier=${OTHER}`],
      ['by a number under two names', '', `patient:identifier=${OTHER}&subject:identifier=${OTHER}`],
      ['by two teams', '', 'owner:identifier=XB001/partners&owner:identifier=XB001/duty-doctor'],
      ['by one team or another', '', 'owner:identifier=XB001/partners,XB001/duty-doctor'],
      ['by a team of no name', '', 'owner:identifier='],
      ['by a team of another system', '', 'owner:identifier=urn:x|XB001/partners'],
      ['by two ids', '', '_id=a&_id=b'],
    ])('are refused %s', async (_what, query, body) => {
      const { body: granted } = await epr.askToken();
      const answer = await fetch(`${epr.url}/fhir/Task/_search${query}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${String(granted['access_token'])}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      });
      expect(answer.status).toBe(400);
    });

    it('are those for which all holds that is asked for', async () => {
      const patient = { 'patient:identifier': RESIDENT.nhsNumber };
      expect(await found({ ...patient, 'recipient:identifier': 'XB001/partners' })).toEqual([200, []]);
      expect(await found({ _id: thread, 'patient:identifier': OTHER })).toEqual([200, []]);
      expect(await found({ _id: thread, 'owner:identifier': 'XB001/partners' })).toEqual([200, []]);
      expect(await found({ _id: thread, ...patient, 'owner.identifier': 'XB001/duty-doctor' })).toEqual([
        200,
        [thread],
      ]);
      expect(await found({ 'owner.identifier': 'urn:corridor:address|XB001/partners' })).toEqual([200, [other]]);
      expect(await found({ 'patient:identifier': OTHER })).toEqual([200, [other]]);
    });

    it('are those too of which an answer went on to the team, since nobody who asked took it up', async () => {
      const asked = draftOf({ to: 'XC001/reablement' });
      const { thread: ours } = await epr.world.messages.send(doctor(), asked, signal);
      const council = readerOf('XC001', 'social-worker', 'Sam Reed');
      await epr.world.deliverAll();
      const answer = { id: randomUUID(), version: 1, kind: 'reply', body: 'She fell.' } as const;
      await epr.world.messages.act(council, ours.id, answer);
      await epr.world.deliverAll();
      epr.world.clock.nowMs += 24 * 3_600_000;
      expect(await epr.world.escalate()).toBeGreaterThan(0);
      await epr.world.deliverAll();
      const [status, ids] = await found('Task?owner:identifier=XB001/partners');
      expect([status, ids.includes(ours.id)]).toEqual([200, true]);
    });

    it('are there when they are closed, after those that wait', async () => {
      epr.world.clock.nowMs += 1_000;
      await epr.world.messages.act(pharmacist(), thread, { id: randomUUID(), version: 1, kind: 'close' });
      expect(await found('Task?owner:identifier=XB001/duty-doctor')).toEqual([200, [thread]]);
      expect(await found('Task')).toEqual([200, [other, thread]]);
    });
  });

  it('are said to be masked where a rule holds them back', async () => {
    const words = 'This person has objected to this being shared.';
    await epr.world.messages.send(pharmacist(), draftOf(), signal);
    epr.world.judged.see = ({ ods }, _resident, { giver }) =>
      Promise.resolve(ods === giver ? { allowed: true } : { allowed: false, rule: 'consent.objection', words });
    const found = await ask('Communication?recipient:identifier=urn:corridor:address|XB001/duty-doctor');
    const text = JSON.stringify(found.body);
    expect(text).toContain('"valueCode":"masked"');
    expect(text).not.toContain('2.5 mg');
  });

  it('say what they can in a CapabilityStatement, to anybody', async () => {
    const answer = await fetch(`${epr.url}/fhir/metadata`);
    expect(await answer.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });
});
