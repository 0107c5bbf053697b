import { beforeEach, describe, expect, it } from 'vitest';
import { createSourceTokens, type SourceTokens } from '../../../launcher/trust/backend-services.ts';
import type { Community, CommunitySource } from '../../../launcher/trust/community.ts';
import { makeKeys, type LauncherKeys } from '../../../launcher/trust/keys.ts';
import type { LaunchContext } from '../../../launcher/smart/launch-context.ts';
import { answersAfter } from '../../support/quiet.ts';

const ENDPOINT = 'https://acute.example/auth/token';
const source = {
  id: 'acute',
  ods: 'XB101',
  plugin: 'fhir-r4',
  settings: { base: 'https://acute.example/fhir' },
  authorisation: {
    profile: 'smart-b2b',
    tokenEndpoint: ENDPOINT,
    clientId: 'corridor',
    scopes: 'system/*.rs',
    allowLoopbackHttp: false,
  },
  deadlineMs: 8000,
} as unknown as CommunitySource;
const context = {
  launchId: 'l1',
  home: { ods: 'XB001', iss: 'https://gp.example' },
  user: { key: 'https://gp.example|u1', name: 'Dr Test', sdsUserId: '555000000001' },
  role: 'gp',
  patient: { nhsNumber: '9990000018' },
} as unknown as LaunchContext;
const community = {
  roles: [{ id: 'gp', name: 'General practitioner', sections: [], clearance: 'N' }],
  member: () => ({ ods: 'XB001', name: 'Northcliffe Surgery' }),
} as unknown as Community;

let keys: LauncherKeys;
let asked: { url: string; form: URLSearchParams; claims: Record<string, unknown>; header: Record<string, unknown> }[];
let answer: () => Response | Promise<Response>;
let clock: number;
let tokens: SourceTokens;
const signal = new AbortController().signal;
const good = (more: object = {}) =>
  Response.json({ access_token: `t${String(asked.length)}`, token_type: 'Bearer', expires_in: 300, ...more });

beforeEach(async () => {
  keys ??= await makeKeys();
  [asked, clock, answer] = [[], 1_000_000, () => good()];
  const decode = (part: string | undefined) =>
    JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
  tokens = createSourceTokens({
    community,
    keys,
    limits: { tokenMs: 300, tokens: 3 },
    now: () => clock,
    send: async ({ url, body }) => {
      const form = new URLSearchParams(body);
      const [header, claims] = (form.get('client_assertion') ?? '').split('.');
      asked.push({ url, form, header: decode(header), claims: decode(claims) });
      return answer();
    },
  });
});

const get = (who: LaunchContext = context, purpose = 'direct-care') => tokens.token(source, who, purpose, signal);
const other = (changes: object) => ({ ...context, ...changes }) as unknown as LaunchContext;

describe('no token is used', () => {
  it.each([
    [
      'when the source refuses the launcher',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      'source.auth',
    ],
    ['when it is of another type', () => good({ token_type: 'mac' }), 'source.auth'],
    ['80 when it is for more than was asked', () => good({ scope: 'system/Patient.cruds' }), 'source.auth'],
    ['when it is no JSON', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'source.auth'],
    ['when the source can’t be reached', () => Promise.reject(new TypeError('fetch failed')), 'source.unavailable'],
  ])('%s', async (_title, given, code) => {
    answer = given;
    const narrow = {
      ...source,
      authorisation: { ...source.authorisation, scopes: 'system/Patient.rs' },
    } as CommunitySource;
    await expect(tokens.token(narrow, context, 'direct-care', signal)).rejects.toMatchObject({ code });
  });

  it('when a source’s token endpoint stays silent past its deadline', async () => {
    answer = async () => {
      await answersAfter(400);
      throw new DOMException('late', 'TimeoutError');
    };
    await expect(get()).rejects.toMatchObject({ code: 'source.timeout' });
  });

  it('81 of another user, organisation, role, purpose or patient: each has its own assertion', async () => {
    await get();
    await get(other({ user: { key: 'u2', name: 'B' } }));
    await get(other({ home: { ods: 'XB002' } }));
    await get(other({ role: 'nurse' }));
    await get(other({ patient: { nhsNumber: '9990000026' } }));
    await expect(get(context, 'research')).rejects.toThrow();
    expect(asked).toHaveLength(5);
    expect(new Set(asked.map(({ claims }) => claims['jti'])).size).toBe(5);
  });

  it('a failure is not kept', async () => {
    answer = () => Response.json({ error: 'server_error' }, { status: 500 });
    await expect(get()).rejects.toMatchObject({ code: 'source.auth' });
    answer = () => good();
    expect(await get()).toBe('t2');
  });
});

describe('the assertion', () => {
  it('is for this token endpoint, lives two minutes, and is signed with our current key', async () => {
    await get();
    const [{ claims, header, form, url } = asked[0]!] = asked;
    expect(url).toBe(ENDPOINT);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(form.get('scope')).toBe('system/*.rs');
    expect(header).toMatchObject({ alg: 'ES384', typ: 'JWT', kid: keys.jwks.keys[0]?.['kid'] });
    expect(claims).toMatchObject({ iss: 'corridor', sub: 'corridor', aud: ENDPOINT });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(120);
  });

  it('says who acts, in what role, for whom, about whom and why', async () => {
    await get();
    expect(asked[0]?.claims['extensions']).toEqual({
      'hl7-b2b': {
        version: '1',
        subject_name: 'Dr Test',
        subject_id: 'https://fhir.nhs.uk/Id/sds-user-id#555000000001',
        subject_role: 'gp',
        organization_id: 'https://fhir.nhs.uk/Id/ods-organization-code#XB001',
        organization_name: 'Northcliffe Surgery',
        purpose_of_use: ['http://terminology.hl7.org/CodeSystem/v3-ActReason#TREAT'],
      },
      ihe_iua: {
        subject_name: 'Dr Test',
        subject_organization: 'Northcliffe Surgery',
        subject_organization_id: 'https://fhir.nhs.uk/Id/ods-organization-code#XB001',
        subject_role: [{ code: 'gp', display: 'General practitioner' }],
        purpose_of_use: [
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT', display: 'treatment' },
        ],
        person_id: 'https://fhir.nhs.uk/Id/nhs-number#9990000018',
      },
    });
  });
});

describe('a token', () => {
  it('is asked for once while it is young, also by many at once', async () => {
    expect(await Promise.all([get(), get(), get()])).toEqual(['t1', 't1', 't1']);
    clock += 239_000;
    expect(await get()).toBe('t1');
    clock += 2_000;
    expect(await get()).toBe('t2');
  });

  it('79 is asked for afresh, with a new assertion, when the source has just refused the one before', async () => {
    await get();
    expect(await tokens.token(source, context, 'direct-care', signal, { fresh: true })).toBe('t2');
    expect(await get()).toBe('t2');
    expect(asked[0]?.claims['jti']).not.toBe(asked[1]?.claims['jti']);
  });

  it('is forgotten when told to, and when too many are kept', async () => {
    await get();
    tokens.forget(source, context, 'direct-care');
    expect(await get()).toBe('t2');
    for (const nhsNumber of ['a', 'b', 'c']) await get(other({ patient: { nhsNumber } }));
    await get();
    expect(asked).toHaveLength(6);
  });

  it('is not needed where the community file says none', async () => {
    const open = { ...source, authorisation: { profile: 'none' } } as CommunitySource;
    expect(await tokens.token(open, context, 'direct-care', signal)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is still fetched for one reader when the reader who asked first has gone', async () => {
    const first = new AbortController();
    const leave = new Promise<Response>((_resolve, reject) => {
      first.signal.addEventListener('abort', () => reject(first.signal.reason as Error));
    });
    leave.catch(() => undefined);
    answer = () => (asked.length === 1 ? leave : good());
    const gone = tokens.token(source, context, 'direct-care', first.signal);
    const stays = get();
    first.abort();
    await expect(gone).rejects.toThrow();
    expect(await stays).toBe('t2');
  });
});

describe('a token in nobody’s name', () => {
  it('is not asked for where a source answers only in somebody’s', async () => {
    const exchange = { ...source, authorisation: { ...source.authorisation, profile: 'token-exchange' } };
    const refused = tokens.own(exchange as CommunitySource, 'system/HealthcareService.rs', signal);
    await expect(refused).rejects.toMatchObject({ code: 'source.auth' });
    expect(asked).toEqual([]);
  });

  it('is not used when it is for more than was asked', async () => {
    answer = () => good({ scope: 'system/*.rs' });
    await expect(tokens.own(source, 'system/HealthcareService.rs', signal)).rejects.toMatchObject({
      code: 'source.auth',
    });
  });

  it('names no user and no patient, asks for one scope, and serves nobody who acts', async () => {
    expect(await tokens.own(source, 'system/HealthcareService.rs', signal)).toBe('t1');
    expect(await tokens.own(source, 'system/HealthcareService.rs', signal)).toBe('t1');
    expect(asked[0]?.form.get('scope')).toBe('system/HealthcareService.rs');
    expect(asked[0]?.claims).not.toHaveProperty('extensions');
    expect(JSON.stringify(asked[0]?.claims)).not.toContain('9990000018');
    expect(await get()).toBe('t2');
  });
});
