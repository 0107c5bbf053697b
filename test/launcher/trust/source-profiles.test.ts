import { execFileSync } from 'node:child_process';
import jsonwebtoken from 'jsonwebtoken';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildActingContext } from '../../../launcher/trust/acting-context.ts';
import { createSourceTokens, type SourceTokens } from '../../../launcher/trust/backend-services.ts';
import type { Community, CommunitySource, SourceAuthorisation } from '../../../launcher/trust/community.ts';
import { makeKeys, type LauncherKeys } from '../../../launcher/trust/keys.ts';
import { createSourceHeaders } from '../../../launcher/trust/source-headers.ts';
import { createActingVerifier, createKeySource, createReplayGuard } from '../../../launcher/trust/verify/index.ts';
import type { LaunchContext } from '../../../launcher/smart/launch-context.ts';

const BASE = 'https://acute.example/fhir';
const ENDPOINT = 'https://acute.example/auth/token';
const ISSUER = 'https://launcher.example';
const context = {
  launchId: 'launch-1',
  home: { ods: 'XB001', iss: 'https://gp.example' },
  user: {
    key: 'https://fhir.nhs.uk/Id/sds-user-id|555000000001',
    name: 'Dr Anil Sharma',
    sdsUserId: '555000000001',
    sdsRoleProfileId: '555000000001-1',
  },
  role: 'gp',
  patient: { nhsNumber: '9990000018' },
  evidence: { 'user.sdsUserId': 'Practitioner' },
} as unknown as LaunchContext;
const community = {
  roles: [{ id: 'gp', name: 'General practitioner', sections: [], clearance: 'N' }],
  member: () => ({ ods: 'XB001', name: 'Northcliffe Surgery' }),
} as unknown as Community;
const sourceWith = (authorisation: SourceAuthorisation): CommunitySource =>
  ({
    id: 'acute',
    ods: 'XB101',
    plugin: 'fhir-r4',
    settings: { base: BASE },
    authorisation,
    deadlineMs: 8_000,
  }) as unknown as CommunitySource;
const token = { tokenEndpoint: ENDPOINT, clientId: 'corridor', allowLoopbackHttp: false } as const;
const request = { method: 'POST', url: `${BASE}/Patient/_search`, requestId: '455a67f0-4924-498f-90e1-7a9c18af0001' };
const signal = new AbortController().signal;

let keys: LauncherKeys;
let forms: URLSearchParams[];
let answer: object;
let tokens: SourceTokens;
const now = (): number => Date.now();
const headersFor = (authorisation: SourceAuthorisation, who = context) =>
  createSourceHeaders({ community, keys, issuer: ISSUER, now })(sourceWith(authorisation), who, 'direct-care', request);
const decoded = (jwt: string | null | undefined) => jsonwebtoken.decode(jwt ?? '', { complete: true });

beforeAll(async () => {
  keys = await makeKeys();
});
beforeEach(() => {
  forms = [];
  answer = { access_token: 't', token_type: 'Bearer', expires_in: 300 };
  tokens = createSourceTokens({
    community,
    keys,
    issuer: ISSUER,
    limits: { tokenMs: 1_000, tokens: 10 },
    now,
    send: ({ body }) => {
      forms.push(new URLSearchParams(body));
      return Promise.resolve(Response.json(answer));
    },
  });
});

describe('the acting context', () => {
  it('85 can’t be changed by anybody who is handed it', () => {
    const acting = buildActingContext(context, 'direct-care', community);
    expect(() => Object.assign(acting.role, { code: 'consultant' })).toThrow(TypeError);
    expect(() => Object.assign(acting.patient, { nhsNumber: '9990000026' })).toThrow(TypeError);
    expect(acting.evidence).toMatchObject({ 'user.sdsUserId': 'Practitioner', organisation: 'configuration' });
  });

  it('says of a broken glass that it is broken', () => {
    expect(buildActingContext(context, 'break-glass', community)).toMatchObject({
      purpose: 'BTG',
      legalBasis: expect.stringContaining('break-glass') as string,
    });
  });

  it('is not made for a purpose that has no code', () => {
    expect(() => buildActingContext(context, 'research', community)).toThrow(/no reason code/);
  });
});

describe('P1 smart-b2b', () => {
  it('signs each request only where the source asks for it, and then under a new id each time', () => {
    expect(headersFor({ profile: 'smart-b2b', ...token, scopes: 'system/*.rs' })).toEqual({});
    const each = (): string =>
      headersFor({ profile: 'smart-b2b', ...token, scopes: 'system/*.rs', actingContextHeader: 'number' })[
        'x-acting-context'
      ] ?? '';
    expect(decoded(each())?.header).toMatchObject({ typ: 'acting-context+jwt', alg: 'ES256' });
    expect(each()).not.toBe(each());
  });
});

describe('P2 token-exchange', () => {
  const profile = { profile: 'token-exchange', ...token, scopes: 'system/*.rs' } as const;

  it('110 refuses an answer that is no access token', async () => {
    answer = { ...answer, issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' };
    await expect(tokens.token(sourceWith(profile), context, 'direct-care', signal)).rejects.toMatchObject({
      code: 'source.auth',
    });
  });

  it('sends our own signed word for the user, never the EPR’s id_token, for this source’s base', async () => {
    answer = { ...answer, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
    expect(await tokens.token(sourceWith(profile), context, 'direct-care', signal)).toBe('t');
    const [form] = forms;
    expect(form?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:token-exchange');
    expect(form?.get('resource')).toBe(BASE);
    const source = createKeySource({ now, load: () => Promise.resolve(keys.jwks) });
    const verifier = createActingVerifier({
      issuer: ISSUER,
      audience: ENDPOINT,
      keys: source,
      replay: createReplayGuard(),
    });
    expect(await verifier.subjectToken(form?.get('subject_token') ?? '')).toMatchObject({
      ok: true,
      acting: { user: { sdsUserId: '555000000001' }, patient: { nhsNumber: '9990000018' }, purpose: 'TREAT' },
    });
  });
});

describe('P3 gpconnect', () => {
  const profile = {
    profile: 'gpconnect',
    fromAsid: '200000000115',
    toAsid: '918999198738',
    allowUnsignedJwt: true,
    allowLoopbackHttp: false,
  } as const;

  it('asks for no token, and refuses for a user without an SDS id', async () => {
    expect(await tokens.token(sourceWith(profile), context, 'direct-care', signal)).toBeUndefined();
    const nameless = { ...context, user: { key: 'a|b', name: 'Dr Test' } } as unknown as LaunchContext;
    expect(() => headersFor(profile, nameless)).toThrow('SDS id');
  });

  it('writes no unsigned JWT where the community file does not allow it in so many letters', () => {
    const silent = { ...profile, allowUnsignedJwt: undefined } as unknown as typeof profile;
    expect(() => headersFor(silent)).toThrow('not allowed');
  });

  it('mints an unsigned JWT for each request, with the claims the spine checks, and says where it goes', () => {
    const headers = headersFor(profile);
    expect(headers).toMatchObject({
      'ssp-from': '200000000115',
      'ssp-to': '918999198738',
      'ssp-traceid': request.requestId,
      'ssp-interactionid': 'urn:nhs:names:services:gpconnect:fhir:rest:search:patient-1',
    });
    const bearer = headers['authorization']?.replace(/^Bearer /, '') ?? '';
    expect(bearer.endsWith('.')).toBe(true);
    const claims = decoded(`${bearer}x`)?.payload as Record<string, unknown>;
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
    expect(claims).toMatchObject({
      iss: ISSUER,
      aud: BASE,
      sub: '555000000001',
      reason_for_request: 'directcare',
      requested_scope: 'patient/*.read',
      requesting_organization: { identifier: [{ value: 'XB001' }], name: 'Northcliffe Surgery' },
      requesting_practitioner: { id: '555000000001', name: [{ family: 'Sharma', given: ['Dr', 'Anil'] }] },
    });
  });

  it('86 is the only place that writes alg none', () => {
    const files = execFileSync('grep', ['-rlE', 'unsigned-jwt|alg: .none', 'launcher', 'plugins', 'src'], {
      encoding: 'utf8',
    });
    expect(files.trim().split('\n').sort()).toEqual(['launcher/trust/gp-connect.ts', 'launcher/trust/unsigned-jwt.ts']);
  });
});

describe('P4 nhsd-headers', () => {
  const profile = { profile: 'nhsd-headers', ...token } as const;

  it('proves the application with RS512 and says for which organisation and role it asks', async () => {
    answer = { access_token: 't', token_type: 'Bearer', expires_in: '599' };
    expect(await tokens.token(sourceWith(profile), context, 'direct-care', signal)).toBe('t');
    const assertion = decoded(forms[0]?.get('client_assertion'));
    expect(assertion?.header).toMatchObject({ alg: 'RS512', typ: 'JWT' });
    expect(assertion?.payload).toMatchObject({ iss: 'corridor', sub: 'corridor', aud: ENDPOINT });
    expect(JSON.stringify(assertion?.payload)).not.toContain('9990000018');
    expect(headersFor(profile)).toEqual({
      'nhsd-end-user-organisation-ods': 'XB001',
      'nhsd-session-urid': '555000000001-1',
    });
  });
});
