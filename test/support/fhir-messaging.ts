import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, beforeEach } from 'vitest';
import { createLog } from '../../launcher/observability/log.ts';
import { createMessages } from '../../launcher/messaging/messages.ts';
import { createSystemMessages } from '../../launcher/messaging/system-messages.ts';
import { answerErrors } from '../../launcher/routes/errors.ts';
import { fhirMessagingRoutes } from '../../launcher/routes/fhir-messaging.ts';
import { createAccess, fhirTokenRoutes } from '../../launcher/routes/fhir-token.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { type MessagingWorld, openMessagingWorld, RESIDENT } from './messaging.ts';
import { serveRouter } from './serve-router.ts';

// The launcher's /fhir as the systems of a practice and of a council see it: Backend Services clients with a key.

export const URL_OF_LAUNCHER = 'https://corridor.example';
export const ALL_SCOPES = 'system/Communication.crs system/CommunicationRequest.crs system/Task.crs';
const CLIENTS: { readonly [id: string]: string } = { 'surgery-epr': 'XB001', 'council-epr': 'XC001' };
const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ours = await makeKeys();

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };
export type ChangedToken = {
  readonly key?: KeyObject;
  readonly claims?: object;
  readonly scope?: string;
  readonly kid?: string;
  readonly client?: string;
};
type Asked = Pick<ChangedToken, 'scope' | 'client'> & { readonly body?: object; readonly form?: object };

export type FhirWorld = {
  readonly world: MessagingWorld;
  readonly url: string;
  askToken(changed?: ChangedToken): Promise<Answer>;
  /** With a token of its own each time: the practice's, or that of the client named. */
  ask(path: string, given?: Asked): Promise<Answer>;
  close(): Promise<void>;
};

/** One for each test of the file that asks for it. */
export function fhirWorldOfEach(): Pick<FhirWorld, 'world' | 'url' | 'askToken' | 'ask'> {
  let opened: FhirWorld | undefined;
  const epr = (): FhirWorld => {
    if (!opened) throw new Error('asked for outside of a test');
    return opened;
  };
  beforeEach(async () => void (opened = await openFhirWorld()));
  afterEach(() => opened?.close());
  return {
    get world() {
      return epr().world;
    },
    get url() {
      return epr().url;
    },
    askToken: (...given) => epr().askToken(...given),
    ask: (...given) => epr().ask(...given),
  };
}

async function openFhirWorld(): Promise<FhirWorld> {
  const world = await openMessagingWorld();
  const shown = new Set<string>();
  const now = (): number => world.clock.nowMs;
  const keys = (kid: string) => Promise.resolve(kid === 'k' ? { key: pair.publicKey, alg: 'ES384' } : undefined);
  const tokens = {
    client: (id: string) => (CLIENTS[id] === undefined ? undefined : { id, ods: CLIENTS[id] as OdsCode, keys }),
    once: (key: string) => Promise.resolve(!shown.has(key) && Boolean(shown.add(key))),
    signJwt: (...given: Parameters<typeof ours.signJwt>) => ours.signJwt(...given),
    jwks: ours.jwks.keys,
    url: URL_OF_LAUNCHER,
    now,
  };
  const system = createSystemMessages({ ...world.deps, messages: createMessages(world.deps) });
  const served = await serveRouter(
    fhirTokenRoutes(tokens),
    fhirMessagingRoutes({ system, access: createAccess(tokens), url: URL_OF_LAUNCHER, bodyBytes: 65_536, now }),
    answerErrors(createLog('silent')),
  );

  async function askToken(changed: ChangedToken = {}): Promise<Answer> {
    const { key = pair.privateKey, claims, scope = ALL_SCOPES, kid = 'k', client = 'surgery-epr' } = changed;
    const iat = Math.floor(now() / 1_000);
    const aud = `${URL_OF_LAUNCHER}/fhir/auth/token`;
    const given = { iss: client, sub: client, aud, jti: randomUUID(), iat, exp: iat + 60, ...claims };
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

  return {
    world,
    url: served.url,
    askToken,
    ask: async (path, { body, form, ...changed } = {}) => {
      const granted = await askToken(changed);
      const answer = await fetch(`${served.url}/fhir/${path}`, {
        headers: {
          authorization: `Bearer ${String(granted.body['access_token'])}`,
          ...(body && { 'content-type': 'application/fhir+json' }),
        },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        ...(form && { method: 'POST', body: new URLSearchParams(form as Record<string, string>) }),
      });
      return { status: answer.status, body: (await answer.json()) as Answer['body'] };
    },
    close: async () => {
      await served[Symbol.asyncDispose]();
      await world.close();
    },
  };
}

export const NUMBER = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: RESIDENT.nhsNumber };

export const addressed = (value: string, display?: string): object => ({
  identifier: { system: 'urn:corridor:address', value },
  ...(display !== undefined && { display }),
});

export const communication = (more: object = {}): { readonly id: string; readonly resource: object } => {
  const id = randomUUID();
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
          identifier: [NUMBER],
          name: [{ family: 'TESTER', given: ['Ann'] }],
          birthDate: '1950-01-01',
        },
      ],
      subject: { reference: '#p', identifier: NUMBER },
      topic: { text: 'Falls at home' },
      priority: 'routine',
      sender: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
      recipient: [addressed('XC001/reablement')],
      payload: [{ contentString: 'Two falls this week.' }],
      ...more,
    },
  };
};

export const task = (more: object = {}): { readonly id: string; readonly resource: object } => {
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
    for: { reference: '#p', identifier: NUMBER },
    requester: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
    owner: addressed('XC001/reablement'),
    note: [{ text: 'Two falls this week.' }, { text: 'Key safe at the back door.' }],
    restriction: { period: { end: '2026-11-23T17:00:00Z' } },
    ...more,
  };
  return { id, resource };
};

export const issueOf = ({ status, body }: Answer) => {
  const [issue] = body['issue'] as { expression?: string[]; details: { coding: [{ code: string }] } }[];
  return [status, issue?.details.coding[0].code, issue?.expression?.[0]];
};
