import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { cdsHooks } from '../../../plugins/cds-hooks/plugin.ts';
import type { PluginAnswer, RouterTools } from '../../../plugins/router-face.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { pluginTools, type PretendTools } from '../../support/plugin-tools.ts';

const NOW_S = Date.parse('2026-06-01T12:00:00Z') / 1_000;
const ISS = 'https://epr.example/fhir';
const SERVICE = 'https://corridor.example/plugins/cds-hooks/cds-services/shared-record';
const NUMBER = '9990000018';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const SETTINGS = {
  clients: [
    { iss: ISS, keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }], origins: ['https://epr.example'] },
  ],
  counts: 'number',
  hooks: ['patient-view', 'encounter-start'],
  view: 'allergies',
};

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NUMBER }],
};
const CALL = {
  hook: 'patient-view',
  hookInstance: randomUUID(),
  fhirServer: ISS,
  context: { userId: 'Practitioner/1', patientId: 'p1' },
  prefetch: { patient: PATIENT },
};

type Signing = { readonly key?: KeyObject | string; readonly options?: jsonwebtoken.SignOptions };

function sign(changes: object = {}, { key = privateKey, options = {} }: Signing = {}): string {
  const claims = { iss: ISS, aud: SERVICE, iat: NOW_S - 5, exp: NOW_S + 55, jti: randomUUID(), ...changes };
  return jsonwebtoken.sign(JSON.parse(JSON.stringify(claims)) as object, key as never, {
    algorithm: 'ES384',
    keyid: 'a',
    ...options,
  });
}

type Asked = PretendTools & { readonly answer: Promise<PluginAnswer> };

function ask(
  token: string | undefined,
  body: unknown = CALL,
  more: Partial<RouterTools> = {},
  settings: object = {},
): Asked {
  const bench = pluginTools(cdsHooks, { ...SETTINGS, ...settings }, more);
  const [member] = bench.tools.members;
  if (!member) throw new Error('no member');
  const tools = { ...bench.tools, members: more.members ?? [{ ...member, iss: ISS }] };
  return {
    ...bench,
    tools,
    // Only a test that looks at it asks.
    get answer() {
      return call('/cds-services/:service', token, body, tools);
    },
  };
}

function call(path: string, token: string | undefined, body: unknown, tools: RouterTools, service = 'shared-record') {
  const route = cdsHooks.router?.routes.find((one) => one.path === path && one.method === 'POST');
  if (!route) throw new Error('no route');
  const header = (name: string): string | undefined =>
    name === 'authorization' && token !== undefined ? `Bearer ${token}` : undefined;
  return route.handle(request(body, { parameters: { service }, header }), tools);
}

const holders = (count: number | undefined) => ({ countHolders: () => Promise.resolve(count) });

describe('a call of a hook', () => {
  it.each<[string, () => string | undefined]>([
    ['has no token', () => undefined],
    ['has a token that is none', () => 'x'],
    ['has the algorithm none (row 86)', () => sign({}, { key: '', options: { algorithm: 'none' } })],
    ['is signed by a stranger', () => sign({}, { key: stranger.privateKey })],
    [
      'is signed with the public key as a secret',
      () =>
        sign(
          {},
          {
            key: String(publicKey.export({ type: 'spki', format: 'pem' })),
            options: { algorithm: 'HS256', allowInvalidAsymmetricKeyTypes: true },
          },
        ),
    ],
    ['is of an issuer that is not registered', () => sign({ iss: 'https://evil.example' })],
    ['is for another service', () => sign({ aud: `${SERVICE}-encounter` })],
    ['is for the whole launcher', () => sign({ aud: 'https://corridor.example' })],
    ['has run out', () => sign({ iat: NOW_S - 300, exp: NOW_S - 61 })],
    ['lives for an hour', () => sign({ exp: NOW_S + 3_600 })],
    ['has no end', () => sign({ exp: undefined })],
    ['comes from the future', () => sign({ iat: NOW_S + 90, exp: NOW_S + 120 })],
    ['has no jti', () => sign({ jti: undefined })],
    [
      'names a key set of its own',
      () => sign({}, { options: { header: { alg: 'ES384', jku: 'https://evil.example' } } }),
    ],
  ])('is refused, with nothing said of the patient, when it %s (row 97)', async (_name, make) => {
    const { answer, events } = ask(make(), CALL, holders(3));
    await expect(answer).rejects.toMatchObject({ code: 'cds.unauthorised' });
    expect(events).toMatchObject([{ outcome: 'refused', what: 'hook-refused', code: 'cds.unauthorised' }]);
    expect(JSON.stringify(events)).not.toContain(NUMBER);
  });

  it('is refused the second time', async () => {
    const token = sign();
    const { answer, tools } = ask(token);
    await answer;
    await expect(call('/cds-services/:service', token, CALL, tools)).rejects.toMatchObject({
      code: 'cds.unauthorised',
    });
  });

  it.each<[string, unknown, string]>([
    ['no body', null, 'cds.request_invalid'],
    ['another hook', { ...CALL, hook: 'order-sign' }, 'cds.request_invalid'],
    ['no patient', { ...CALL, context: { userId: 'u' } }, 'cds.request_invalid'],
    ['a patient with a path in it', { ...CALL, context: { userId: 'u', patientId: '../x' } }, 'cds.request_invalid'],
    ['a foreign FHIR server', { ...CALL, fhirServer: 'https://evil.example' }, 'cds.unauthorised'],
    ['no prefetch', { ...CALL, prefetch: undefined }, 'cds.prefetch_missing'],
    [
      'a prefetch of something else',
      { ...CALL, prefetch: { patient: { resourceType: 'Bundle' } } },
      'cds.prefetch_missing',
    ],
    [
      'another Patient than it is about',
      { ...CALL, prefetch: { patient: { ...PATIENT, id: 'p2' } } },
      'cds.request_invalid',
    ],
  ])('is refused with %s', async (_name, body, code) => {
    await expect(ask(sign(), body, holders(3)).answer).rejects.toMatchObject({ code });
  });

  it('is refused when two members could be meant, and taken when the tenant tells them apart', async () => {
    const member = (ods: string, tenant?: string) => ({
      ods,
      name: ods,
      iss: ISS,
      frameAncestors: [],
      settings: { ...SETTINGS, clients: [{ ...SETTINGS.clients[0], tenant }], countMs: 100 },
    });
    const unclear = ask(sign(), CALL, { members: [member('XB001'), member('XB002')] });
    await expect(unclear.answer).rejects.toMatchObject({ code: 'cds.unauthorised' });
    const clear = ask(sign({ tenant: 'b' }), CALL, { members: [member('XB001', 'a'), member('XB002', 'b')] });
    await clear.answer;
    expect(clear.events).toMatchObject([{ outcome: 'success', ods: 'XB002' }]);
  });

  it('takes keys from the pinned address only, and asks there once for a key it does not know', async () => {
    const asked: string[] = [];
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'new' }];
    const fetch: RouterTools['fetch'] = (_member, { url }) => {
      asked.push(url);
      return Promise.resolve({ status: 200, text: JSON.stringify({ keys: asked.length < 2 ? [] : keys }) });
    };
    const clients = [{ iss: ISS, jku: 'https://epr.example/jwks' }];
    let nowMs = NOW_S * 1_000;
    const { answer, tools } = ask(
      sign({}, { options: { keyid: 'new' } }),
      CALL,
      { fetch, now: () => nowMs },
      { clients },
    );
    await expect(answer).rejects.toMatchObject({ code: 'cds.unauthorised' });
    nowMs += 61_000;
    const later = { iat: NOW_S + 60, exp: NOW_S + 120 };
    await call('/cds-services/:service', sign(later, { options: { keyid: 'new' } }), CALL, tools);
    expect(asked).toEqual(['https://epr.example/jwks', 'https://epr.example/jwks']);
  });
});

describe('a card', () => {
  const cardOf = async (asked: Asked): Promise<Record<string, unknown>> => {
    const answer = (await asked.answer) as { readonly json: { readonly cards: readonly Record<string, unknown>[] } };
    const [card] = answer.json.cards;
    if (!card) throw new Error('no card');
    return card;
  };
  const withoutId = ({ uuid: _uuid, ...card }: Record<string, unknown>): unknown => card;

  it('is the same for nobody known, not agreed, too late, no number, and a protected person', async () => {
    const restricted = { ...PATIENT, meta: { security: [{ code: 'R' }] } };
    const two = { ...PATIENT, identifier: [...PATIENT.identifier, { ...PATIENT.identifier[0], value: '9990000026' }] };
    const cards = await Promise.all(
      [
        ask(sign(), CALL, holders(0)),
        ask(sign(), CALL, holders(undefined)),
        ask(sign(), CALL, holders(4), { counts: 'never' }),
        ask(sign(), CALL, { countHolders: () => new Promise(() => undefined) }, { countMs: 20 }),
        ask(sign(), CALL, { countHolders: () => Promise.reject(new Error('down')) }),
        ask(sign(), { ...CALL, prefetch: { patient: { ...PATIENT, identifier: [] } } }, holders(4)),
        ask(sign(), { ...CALL, prefetch: { patient: two } }, holders(4)),
        ask(sign(), { ...CALL, prefetch: { patient: restricted } }, holders(4)),
      ].map(cardOf),
    );
    for (const card of cards) expect(withoutId(card)).toEqual(withoutId(cards[0] ?? {}));
    expect(JSON.stringify(cards)).not.toMatch(/\b4\b|protected|none|no other/i);
  });

  it('says how many hold a record, and no more, where that is agreed', async () => {
    const card = await cardOf(ask(sign(), CALL, holders(3)));
    expect(card).toMatchObject({
      summary: '3 other organisations hold records of this patient',
      indicator: 'info',
      links: [{ url: 'https://corridor.example/launch', type: 'smart', appContext: '{"view":"allergies"}' }],
    });
    expect(String(card['summary']).length).toBeLessThan(140);
    expect(JSON.stringify(card)).not.toMatch(/999000|p1|XB001/);
    const whether = await cardOf(ask(sign(), CALL, holders(3), { counts: 'whether' }));
    expect(whether['summary']).toBe('Other organisations hold records of this patient');
  });

  it('is answered when its time for counting is over, however long the count takes', async () => {
    const before = performance.now();
    await ask(sign(), CALL, { countHolders: () => new Promise(() => undefined) }, { countMs: 400 }).answer;
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('is not shown for a hook that is not set up, nor by a member that has no SMART launch to open', async () => {
    const appointment = { ...CALL, hook: 'appointment-book' };
    const { tools } = ask(undefined);
    const token = sign({ aud: `${SERVICE}-appointment` });
    const answer = await call('/cds-services/:service', token, appointment, tools, 'shared-record-appointment');
    expect(answer).toEqual({ json: { cards: [] } });
    const bench = pluginTools(cdsHooks, SETTINGS);
    expect(await call('/cds-services/:service', sign(), CALL, bench.tools)).toEqual({ json: { cards: [] } });
  });

  it('may be accepted or overridden, and what the user wrote goes nowhere', async () => {
    const { tools, events } = ask(undefined);
    const said = { card: randomUUID(), outcome: 'overridden', overrideReason: { userComment: 'canary of a patient' } };
    await expect(call('/cds-services/:service/feedback', undefined, { feedback: [said] }, tools)).rejects.toMatchObject(
      {
        code: 'cds.unauthorised',
      },
    );
    await expect(call('/cds-services/:service/feedback', sign(), { feedback: [] }, tools)).rejects.toMatchObject({
      code: 'cds.request_invalid',
    });
    const token = sign({ aud: `${SERVICE}/feedback` });
    expect(await call('/cds-services/:service/feedback', token, { feedback: [said] }, tools)).toEqual({ json: {} });
    expect(events.at(-1)).toMatchObject({ what: 'card-feedback', detail: { accepted: 0, overridden: 1 } });
    expect(JSON.stringify(events)).not.toContain('canary');
  });
});
