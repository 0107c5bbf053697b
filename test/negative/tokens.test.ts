import jsonwebtoken from 'jsonwebtoken';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LaunchContext } from '../../launcher/smart/launch-context.ts';
import { createSourceTokens, type SourceTokens } from '../../launcher/trust/backend-services.ts';
import type { Community, CommunitySource } from '../../launcher/trust/community.ts';
import { makeKeys, type LauncherKeys } from '../../launcher/trust/keys.ts';
import { createKeySource } from '../../launcher/trust/verify/key-source.ts';
import { createReplayGuard } from '../../launcher/trust/verify/replay-guard.ts';
import { ACTING_CONTEXT_TYPE, createActingVerifier } from '../../launcher/trust/verify/verifier.ts';
import { allergy, type Script } from '../support/fhir-server.ts';
import { useSourceViews } from '../support/source-views.ts';

const sources = useSourceViews();
const ALLERGIES = 'AllergyIntolerance';
const ENDPOINT = 'https://acute.example/auth/token';
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
beforeAll(async () => {
  keys = await makeKeys();
});

const sourceOf = (profile: object): CommunitySource =>
  ({
    id: 'acute',
    settings: { base: 'https://acute.example/fhir' },
    authorisation: {
      tokenEndpoint: ENDPOINT,
      clientId: 'corridor',
      scopes: 'system/Patient.rs',
      allowLoopbackHttp: false,
      ...profile,
    },
  }) as unknown as CommunitySource;
const P1 = sourceOf({ profile: 'smart-b2b' });

/** Tokens from a service that answers like this, and the forms it was sent. */
function tokensFrom(answer: (nth: number) => object): {
  readonly tokens: SourceTokens;
  readonly forms: URLSearchParams[];
} {
  const forms: URLSearchParams[] = [];
  const tokens = createSourceTokens({
    community,
    keys,
    issuer: 'http://127.0.0.1:8400',
    limits: { tokenMs: 1_000, tokens: 10 },
    now: () => Date.now(),
    send: ({ body }) => {
      forms.push(new URLSearchParams(body));
      return Promise.resolve(Response.json(answer(forms.length)));
    },
  });
  return { tokens, forms };
}
const get = (tokens: SourceTokens, who = context, purpose = 'direct-care', source = P1) =>
  tokens.token(source, who, purpose, new AbortController().signal);
const claimsOf = (form: URLSearchParams | undefined): Record<string, unknown> =>
  jsonwebtoken.decode(form?.get('client_assertion') ?? '') as Record<string, unknown>;
const good = (nth = 1): object => ({ access_token: `t${String(nth)}`, token_type: 'Bearer', expires_in: 300 });

describe('a source that refuses', () => {
  async function endOf(script: Script, more: Parameters<typeof sources.view>[1] = {}) {
    const server = await sources.serve([allergy('a1', 'p1')]);
    server.script(ALLERGIES, script);
    const seen = await sources.view(server, more);
    return { seen, asked: server.seen.filter(({ path }) => path.includes(ALLERGIES)) };
  }
  const once = (status: number, headers: Record<string, string> = {}): Script => {
    let refused = false;
    return (_seen, response, usual) => {
      if (refused) return usual();
      refused = true;
      response.writeHead(status, headers).end();
    };
  };
  const always = (status: number, headers: Record<string, string> = {}): Script => {
    return (_seen, response) => void response.writeHead(status, headers).end();
  };

  it.each<[string, Script, string, number]>([
    ['79 a token once, is asked again with a new one', once(401), 'answered', 2],
    ['79 every token, is asked no third time', always(401), 'failed source.auth', 2],
    ['79 with 403, withholds', always(403), 'withheld', 1],
    ['79 with 429 and a short wait, is waited for', once(429, { 'retry-after': '0' }), 'answered', 2],
    [
      '79 with 429 and a wait beyond ours, is left',
      always(429, { 'retry-after': '60' }),
      'unavailable source.unavailable',
      1,
    ],
    ['79 with 503 for good, is asked twice more', always(503), 'unavailable source.unavailable', 3],
  ])('%s', async (_title, script, ended, times) => {
    const { seen, asked } = await endOf(script);
    expect([seen.ended, asked.length]).toEqual([ended, times]);
  });

  it('79 a 401 does not bring the same refused assertion twice', async () => {
    const { tokens, forms } = tokensFrom(good);
    await get(tokens);
    await tokens.token(P1, context, 'direct-care', new AbortController().signal, { fresh: true });
    expect(claimsOf(forms[0])['jti']).toBeTypeOf('string');
    expect(claimsOf(forms[0])['jti']).not.toBe(claimsOf(forms[1])['jti']);
  });
});

describe('a source’s token that is not used', () => {
  it.each([
    ['80 for more than was asked', { ...good(), scope: 'system/Patient.cruds' }],
    ['80 of another type', { ...good(), token_type: 'mac' }],
    ['80 without a token', { token_type: 'Bearer' }],
    ['109 bound to a proof that we did not make', { ...good(), token_type: 'DPoP' }],
  ])('%s', async (_title, answer) => {
    const { tokens } = tokensFrom(() => answer);
    await expect(get(tokens)).rejects.toMatchObject({ code: 'source.auth' });
  });

  it('80 that has run out as it comes is not kept: the next request asks again', async () => {
    const { tokens, forms } = tokensFrom((nth) => ({ ...good(nth), expires_in: 0 }));
    await get(tokens);
    await get(tokens);
    expect(forms).toHaveLength(2);
  });

  it('81 of another user, patient or purpose: each has an assertion of its own', async () => {
    const { tokens, forms } = tokensFrom(good);
    const other = (changes: object) => ({ ...context, ...changes }) as unknown as LaunchContext;
    await get(tokens);
    await get(tokens);
    await get(tokens, other({ user: { key: 'u2', name: 'B' } }));
    await get(tokens, other({ patient: { nhsNumber: '9990000026' } }));
    await get(tokens, context, 'emergency').catch(() => undefined);
    expect(new Set(forms.map((form) => claimsOf(form)['jti'])).size).toBe(forms.length);
    expect(forms.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['110 an id_token in place of an access token', { issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' }],
    ['110 a token of another type', { token_type: 'N_A' }],
  ])('%s', async (_title, change) => {
    const exchanged = { ...good(), issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', ...change };
    const { tokens } = tokensFrom(() => exchanged);
    const source = sourceOf({ profile: 'token-exchange' });
    await expect(get(tokens, context, 'direct-care', source)).rejects.toMatchObject({ code: 'source.auth' });
  });

  it('103 an assertion lives two minutes by our own clock, whatever the source’s clock says', async () => {
    const { tokens, forms } = tokensFrom(good);
    await get(tokens);
    const { iat, exp } = claimsOf(forms[0]) as { iat?: number; exp: number };
    expect(exp - (iat ?? Math.floor(Date.now() / 1_000))).toBeLessThanOrEqual(300);
  });
});

describe('an unsigned JWT', () => {
  const verifier = () =>
    createActingVerifier({
      issuer: 'http://127.0.0.1:8400',
      audience: 'https://acute.example/fhir',
      keys: createKeySource({ now: () => Date.now(), load: () => Promise.resolve(keys.jwks) }),
      replay: createReplayGuard(),
    });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const kid = (): string => String((keys.jwks.keys[0] as { kid?: string }).kid);

  it.each(['none', 'None', 'HS256'])('86 with alg %s is refused by the verifier of the acting context', async (alg) => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: 'http://127.0.0.1:8400',
      aud: 'https://acute.example/fhir',
      iat: now,
      exp: now + 60,
      jti: 'j',
    };
    const forged = `${part({ alg, typ: ACTING_CONTEXT_TYPE, kid: kid() })}.${part(claims)}.`;
    expect(await verifier().header(forged, { method: 'GET', url: 'https://acute.example/fhir' })).toMatchObject({
      ok: false,
      reason: 'algorithm',
    });
    expect(await verifier().subjectToken(forged)).toMatchObject({ ok: false });
  });
});
