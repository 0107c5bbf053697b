import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../launcher/observability/log.ts';
import { createMessages } from '../../../launcher/messaging/messages.ts';
import { createSystemMessages } from '../../../launcher/messaging/system-messages.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { fhirMessagingRoutes } from '../../../launcher/routes/fhir-messaging.ts';
import { createAccess, fhirTokenRoutes } from '../../../launcher/routes/fhir-token.ts';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import {
  doctor,
  draftOf,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  readerOf,
  RESIDENT,
  signal,
} from '../../support/messaging.ts';
import { type ServedRouter, serveRouter } from '../../support/serve-router.ts';

const URL = 'https://corridor.example';
const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ours = await makeKeys();
let world: MessagingWorld;
let served: ServedRouter;
let shown: Set<string>;

beforeEach(async () => {
  world = await openMessagingWorld();
  shown = new Set();
  const now = (): number => world.clock.nowMs;
  const tokens = {
    client: (id: string) =>
      id === 'surgery-epr'
        ? {
            id,
            ods: 'XB001' as OdsCode,
            keys: (kid: string) => Promise.resolve(kid === 'k' ? { key: pair.publicKey, alg: 'ES384' } : undefined),
          }
        : undefined,
    once: (key: string) => Promise.resolve(!shown.has(key) && Boolean(shown.add(key))),
    signJwt: (...given: Parameters<typeof ours.signJwt>) => ours.signJwt(...given),
    jwks: ours.jwks.keys,
    url: URL,
    now,
  };
  const system = createSystemMessages({ ...world.deps, messages: createMessages(world.deps) });
  served = await serveRouter(
    fhirTokenRoutes(tokens),
    fhirMessagingRoutes({ system, access: createAccess(tokens), url: URL, bodyBytes: 65_536, now }),
    answerErrors(createLog('silent')),
  );
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await world.close();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Changed = { readonly key?: KeyObject; readonly claims?: object; readonly scope?: string; readonly kid?: string };

const ALL = 'system/Communication.crs system/CommunicationRequest.crs system/Task.crs';

async function askToken({ key = pair.privateKey, claims, scope = ALL, kid = 'k' }: Changed = {}): Promise<Answer> {
  const iat = Math.floor(world.clock.nowMs / 1_000);
  const given = {
    iss: 'surgery-epr',
    sub: 'surgery-epr',
    aud: `${URL}/fhir/auth/token`,
    jti: randomUUID(),
    iat,
    exp: iat + 60,
    ...claims,
  };
  const assertion = jsonwebtoken.sign(given, key, { algorithm: 'ES384', header: { alg: 'ES384', kid } });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope,
  });
  const answer = await fetch(`${served.url}/fhir/auth/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function ask(
  path: string,
  given: { readonly body?: object; readonly form?: object; readonly scope?: string } = {},
): Promise<Answer> {
  const granted = await askToken(given.scope === undefined ? {} : { scope: given.scope });
  const { body, form } = given;
  const answer = await fetch(`${served.url}/fhir/${path}`, {
    headers: {
      authorization: `Bearer ${String(granted.body['access_token'])}`,
      ...(body && { 'content-type': 'application/fhir+json' }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    ...(form && { method: 'POST', body: new URLSearchParams(form as Record<string, string>) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const addressed = (value: string, display?: string): object => ({
  identifier: { system: 'urn:corridor:address', value },
  ...(display !== undefined && { display }),
});

const communication = (more: object = {}): { readonly id: string; readonly resource: object } => {
  const id = randomUUID();
  const number = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: RESIDENT.nhsNumber };
  return {
    id,
    resource: {
      resourceType: 'Communication',
      status: 'in-progress',
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
      contained: [
        {
          resourceType: 'Patient',
          id: 'p',
          identifier: [number],
          name: [{ family: 'TESTER', given: ['Ann'] }],
          birthDate: '1950-01-01',
        },
      ],
      subject: { reference: '#p', identifier: number },
      topic: { text: 'Falls at home' },
      priority: 'routine',
      sender: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
      recipient: [addressed('XC001/reablement')],
      payload: [{ contentString: 'Two falls this week.' }],
      ...more,
    },
  };
};

const number = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: RESIDENT.nhsNumber };

const task = (more: object = {}): { readonly id: string; readonly resource: object } => {
  const id = randomUUID();
  const { contained } = communication().resource as { contained: object };
  const resource = {
    resourceType: 'Task',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
    contained,
    status: 'requested',
    intent: 'order',
    priority: 'urgent',
    description: 'Visit after a fall',
    for: { reference: '#p', identifier: number },
    requester: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
    owner: addressed('XC001/reablement'),
    note: [{ text: 'Two falls this week.' }, { text: 'Key safe at the back door.' }],
    restriction: { period: { end: '2026-11-23T17:00:00Z' } },
    ...more,
  };
  return { id, resource };
};

const issueOf = ({ status, body }: Answer) => {
  const [issue] = body['issue'] as { expression?: string[]; details: { coding: [{ code: string }] } }[];
  return [status, issue?.details.coding[0].code, issue?.expression?.[0]];
};

describe('the token of an EPR', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  it.each<[string, Changed]>([
    ['another key', { key: stranger }],
    ['a key nobody registered', { kid: 'other' }],
    ['a client nobody knows', { claims: { iss: 'who', sub: 'who' } }],
    ['another subject', { claims: { sub: 'ward-epr' } }],
    ['another audience', { claims: { aud: 'https://elsewhere.example/token' } }],
    ['a proof that has run out', { claims: { iat: 1_000, exp: 1_060 } }],
    ['a proof that lives for a day', { claims: { exp: 4_000_000_000 } }],
    ['no id', { claims: { jti: 7 } }],
  ])('is refused with %s', async (_what, changed) => {
    const answer = await askToken(changed);
    expect(answer).toEqual({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is given for a proof once, and for scopes there are', async () => {
    const claims = { jti: 'one' };
    expect((await askToken({ claims })).body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: ALL });
    expect((await askToken({ claims })).status).toBe(401);
    expect((await askToken({ scope: 'system/Patient.rs' })).body).toEqual({ error: 'invalid_scope' });
  });

  it('opens nothing by itself: without it, after its time, or beyond its scope there is nothing', async () => {
    expect((await fetch(`${served.url}/fhir/Task`)).status).toBe(401);
    const { body } = await askToken();
    world.clock.nowMs += 301_000;
    const late = await fetch(`${served.url}/fhir/Task`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    });
    expect(late.status).toBe(401);
    const beyond = await ask('Communication', { body: communication().resource, scope: 'system/Task.rs' });
    expect([beyond.status, beyond.body['resourceType']]).toEqual([403, 'OperationOutcome']);
  });
});

describe('messages as FHIR', () => {
  it('are not there for an EPR whose organisation takes no part in them', async () => {
    const council = { ...doctor(), ods: 'XC001' as OdsCode };
    expect(council.ods).toBe('XC001');
    const { thread } = await world.messages.send(pharmacist(), draftOf({ to: 'XC001/reablement' }), signal);
    expect((await ask(`Task/${thread.id}`)).status).toBe(404);
    expect((await ask(`Communication/${String(thread.messages[0]?.id)}`)).status).toBe(404);
    const form = { 'patient:identifier': `https://fhir.nhs.uk/Id/nhs-number|${RESIDENT.nhsNumber}` };
    expect((await ask('Task/_search', { form })).body).toMatchObject({ total: 0 });
  });

  it('are read and found as UK Core has them, and the audit says whose and by whom', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
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
    expect(world.audit.at(-1)).toMatchObject({
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
    expect((await world.messages.list(doctor())).threads).toEqual([]);
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
    expect((await world.messages.list(doctor())).threads).toEqual([]);
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
    expect((await world.messages.list(doctor())).threads).toEqual([]);
  });

  it('are refused as a Task for another person, from another organisation’s team, or without the right to create', async () => {
    const other = { identifier: { ...number, value: '9990000026' } };
    expect(issueOf(await ask('Task', { body: task({ for: other }).resource }))).toEqual([
      409,
      'message.other_patient',
      'Task.for',
    ]);
    const strange = { requester: addressed('XH001/pharmacy', 'Somebody') };
    expect(issueOf(await ask('Task', { body: task(strange).resource }))[1]).toBe('message.refused');
    const beyond = await ask('Task', { body: task().resource, scope: 'system/Task.rs system/Communication.crs' });
    expect(beyond.status).toBe(403);
    expect((await world.messages.list(doctor())).threads).toEqual([]);
  });

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
    const { threads } = await world.messages.list(doctor());
    expect(threads).toHaveLength(1);
    expect(threads[0]).toMatchObject({ id: first.body['id'], to: { address: 'XC001/reablement' }, urgency: 'urgent' });
    expect((await ask(`Task/${String(first.body['id'])}`)).body).toMatchObject({ id: first.body['id'] });
    expect((await ask(`Communication/${id}`)).body).toMatchObject({ sender: { display: 'Dr Owen Ellis' } });
  });

  it('are about somebody whose whereabouts are restricted once anybody has said so, though an EPR leaves the mark out', async () => {
    await world.messages.send(pharmacist({ ...RESIDENT, restricted: true }), draftOf(), signal);
    const words = 'Restricted.';
    world.judged.open = ({ context }) =>
      Promise.resolve(
        context.patient.restricted ? { allowed: false, rule: 'message.restricted', words } : { allowed: true },
      );
    const answer = await ask('Task', { body: task().resource });
    expect(issueOf(answer)[1]).toBe('message.refused');
    expect(world.audit.at(-1)).toMatchObject({ type: 'message.refused', code: 'message.restricted' });
  });

  it('answer the one that came to them, where others gave the same id to one of theirs', async () => {
    const draft = draftOf();
    const council = readerOf('XC001', 'social-worker', 'Sam Reed');
    await world.messages.send(council, { ...draft, to: 'XH001/pharmacy' }, signal);
    await world.messages.send(pharmacist(), draft, signal);
    const { resource } = communication({
      recipient: [addressed('XH001/pharmacy')],
      inResponseTo: [{ reference: `Communication/${draft.id}` }],
    });
    expect((await ask('Communication', { body: resource })).status).toBe(201);
    expect((await world.messages.list(doctor())).threads[0]?.state).toBe('answered');
  });

  it('are a list that says so and counts nothing where it was cut', async () => {
    const granted = { client: { id: 'surgery-epr', ods: 'XB001' as OdsCode }, scopes: [ALL.split(' ')[2] ?? ''] };
    const found = { resources: [{ resourceType: 'Task', id: 't' }], more: true };
    const system = { find: () => Promise.resolve(found), send: () => Promise.reject(new Error('nothing is sent')) };
    const now = (): number => world.clock.nowMs;
    await using cut = await serveRouter(
      fhirMessagingRoutes({ system, access: () => granted, url: URL, bodyBytes: 1_000, now }),
    );
    const bundle = (await (await fetch(`${cut.url}/fhir/Task`)).json()) as { total?: number; entry: object[] };
    expect(bundle.total).toBeUndefined();
    expect(bundle.entry.at(-1)).toMatchObject({
      search: { mode: 'outcome' },
      resource: { issue: [{ code: 'incomplete' }] },
    });
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
    const { threads } = await world.messages.list(doctor());
    expect(threads).toHaveLength(1);
    expect(threads[0]).toMatchObject({ subject: 'Falls at home', to: { address: 'XC001/reablement' } });
    expect(threads[0]?.messages[0]?.from.person).toBe('Dr Owen Ellis');
  });

  it('answer what was asked, through $process-message too', async () => {
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
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
    const [thread] = (await world.messages.list(pharmacist())).threads;
    expect(thread).toMatchObject({ state: 'answered', version: 2 });
  });

  it.each<[string, object, string]>([
    ['names another recipient than whom it goes to', { recipient: [addressed('XC001/reablement')] }, 'recipient'],
    ['has a time of its own', { occurrenceDateTime: '2026-11-23T10:00:00Z' }, 'occurrenceDateTime'],
    ['is urgent where the question was not', { priority: 'urgent' }, 'priority'],
  ])('are refused as an answer that %s', async (_what, more, element) => {
    const draft = draftOf({ urgency: 'routine' });
    await world.messages.send(pharmacist(), draft, signal);
    const inResponseTo = [{ reference: `Communication/${draft.id}` }];
    const { resource } = communication({ recipient: [addressed('XH001/pharmacy')], inResponseTo, ...more });
    expect(issueOf(await ask('Communication', { body: resource }))).toEqual([
      400,
      'request.invalid',
      `Communication.${element}`,
    ]);
    const [thread] = (await world.messages.list(pharmacist())).threads;
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
            identifier: [{ ...number, value: '9990000026' }],
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
    const { threads } = await world.messages.list(doctor());
    expect(threads.flatMap(({ messages }) => messages.map(({ body }) => body))).toEqual(['Two falls this week.']);
  });

  describe('looked for', () => {
    const OTHER = '9990000026';
    let thread: string;
    let other: string;

    beforeEach(async () => {
      const about = { ...RESIDENT, nhsNumber: OTHER as typeof RESIDENT.nhsNumber, family: 'OTHER' };
      const council = readerOf('XC001', 'social-worker', 'Sam Reed', about);
      thread = (await world.messages.send(pharmacist(), draftOf(), signal)).thread.id;
      other = (await world.messages.send(council, draftOf({ patient: OTHER, to: 'XB001/partners' }), signal)).thread.id;
      await world.deliverAll();
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
      const { body: granted } = await askToken();
      const answer = await fetch(`${served.url}/fhir/Task/_search${query}`, {
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

    it('are there when they are closed, after those that wait', async () => {
      world.clock.nowMs += 1_000;
      await world.messages.act(pharmacist(), thread, { id: randomUUID(), version: 1, kind: 'close' });
      expect(await found('Task?owner:identifier=XB001/duty-doctor')).toEqual([200, [thread]]);
      expect(await found('Task')).toEqual([200, [other, thread]]);
    });
  });

  it('are said to be masked where a rule holds them back', async () => {
    const words = 'This person has objected to this being shared.';
    await world.messages.send(pharmacist(), draftOf(), signal);
    world.judged.see = ({ ods }, _resident, { giver }) =>
      Promise.resolve(ods === giver ? { allowed: true } : { allowed: false, rule: 'consent.objection', words });
    const found = await ask('Communication?recipient:identifier=urn:corridor:address|XB001/duty-doctor');
    const text = JSON.stringify(found.body);
    expect(text).toContain('"valueCode":"masked"');
    expect(text).not.toContain('2.5 mg');
  });

  it('say what they can in a CapabilityStatement, to anybody', async () => {
    const answer = await fetch(`${served.url}/fhir/metadata`);
    expect(await answer.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });
});
