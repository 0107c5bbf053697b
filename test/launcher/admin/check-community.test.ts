import { type RequestHandler, Router } from 'express';
import { describe, expect, it } from 'vitest';
import { checkCommunity, type Finding } from '../../../launcher/admin/check-community.ts';
import type { Community, Member } from '../../../launcher/trust/community.ts';
import { serveRouter } from '../../support/serve-router.ts';

const LIMITS = { deadlineMs: 300, maxBytes: 10_000, atOnce: 2 };

type Answers = { readonly smart?: unknown; readonly metadata?: unknown; readonly token?: RequestHandler };

const REFUSE: RequestHandler = (_request, response) => void response.status(401).json({ error: 'invalid_client' });
const METADATA = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' };
const smart = (origin: string): object => ({
  issuer: `${origin}/auth`,
  authorization_endpoint: `${origin}/auth/authorize`,
  token_endpoint: `${origin}/auth/token`,
  jwks_uri: `${origin}/auth/jwks`,
  code_challenge_methods_supported: ['S256'],
});

/** Asks one pretend EPR; each answer is a JSON body, or a handler. */
async function check(answers: (origin: string) => Answers): Promise<readonly Finding[]> {
  const given: { now: Answers } = { now: {} };
  const say =
    (pick: () => unknown): RequestHandler =>
    (request, response, next) => {
      const answer = pick();
      if (typeof answer === 'function') (answer as RequestHandler)(request, response, next);
      else response.json(answer);
    };
  const router = Router()
    .get(
      '/fhir/.well-known/smart-configuration',
      say(() => given.now.smart),
    )
    .get(
      '/fhir/metadata',
      say(() => given.now.metadata),
    )
    .post(
      '/auth/token',
      say(() => given.now.token),
    );
  await using server = await serveRouter(router);
  given.now = { smart: smart(server.url), metadata: METADATA, token: REFUSE, ...answers(server.url) };
  return await checkCommunity(communityAt(server.url), LIMITS);
}

function communityAt(origin: string): Community {
  const base = `${origin}/fhir`;
  const member = {
    ods: 'XT001',
    name: 'Test Surgery',
    kind: 'gp',
    launch: { iss: base, issuers: [`${origin}/auth`], allowedOrigins: [origin] },
    sources: [
      {
        id: 'test-epr',
        settings: { base },
        authorisation: { profile: 'smart-b2b', tokenEndpoint: `${origin}/auth/token`, scopes: 'system/*.rs' },
      },
    ],
  } as unknown as Member;
  return { name: 'Test', members: [member], sources: member.sources } as unknown as Community;
}

const problems = (findings: readonly Finding[]): readonly string[] =>
  findings.filter((finding) => !finding.ok).map((finding) => `${finding.endpoint}: ${finding.words}`);

describe('a community check complains of', () => {
  it.each<[string, string, (origin: string) => Answers]>([
    [
      'no PKCE',
      'launch smart-configuration: does not say that it supports PKCE S256',
      (origin) => ({ smart: { ...smart(origin), code_challenge_methods_supported: ['plain'] } }),
    ],
    [
      'an endpoint at a strange origin',
      'launch smart-configuration: token_endpoint is at https://evil.example, which is not in allowedOrigins',
      (origin) => ({ smart: { ...smart(origin), token_endpoint: 'https://evil.example/token' } }),
    ],
    [
      'a missing endpoint',
      'launch smart-configuration: has no usable authorization_endpoint',
      (origin) => ({ smart: { ...smart(origin), authorization_endpoint: undefined } }),
    ],
    [
      'another issuer',
      'launch smart-configuration: its issuer https://other.example is not in issuers',
      (origin) => ({ smart: { ...smart(origin), issuer: 'https://other.example' } }),
    ],
    [
      'a page instead of JSON',
      'launch smart-configuration: does not answer with a JSON object',
      () => ({ smart: ((_q, response) => void response.send('<html>')) satisfies RequestHandler }),
    ],
    [
      'a redirect, which is not followed',
      'test-epr metadata: answers 302',
      (origin) => ({
        metadata: ((_q, response) =>
          response.redirect(`${origin}/fhir/.well-known/smart-configuration`)) satisfies RequestHandler,
      }),
    ],
    [
      'another FHIR version',
      'test-epr metadata: speaks FHIR 3.0.2, not R4',
      () => ({ metadata: { ...METADATA, fhirVersion: '3.0.2' } }),
    ],
    [
      'something else at metadata',
      'test-epr metadata: does not answer with a CapabilityStatement',
      () => ({ metadata: { resourceType: 'OperationOutcome' } }),
    ],
    [
      'silence',
      'test-epr metadata: did not answer within 300 ms',
      () => ({ metadata: (() => undefined) satisfies RequestHandler }),
    ],
    [
      'an endless answer',
      'test-epr metadata: sends more than 10000 bytes',
      () => ({ metadata: { ...METADATA, text: 'x'.repeat(20_000) } }),
    ],
    [
      'a token for nothing',
      'test-epr token: gives a token to a caller that proves nothing',
      () => ({ token: ((_q, response) => void response.json({ access_token: 'x' })) satisfies RequestHandler }),
    ],
    [
      'a token endpoint that is none',
      'test-epr token: answers 404 instead of refusing',
      () => ({ token: ((_q, response) => void response.status(404).send('no')) satisfies RequestHandler }),
    ],
    [
      'a refusal that is not OAuth’s',
      'test-epr token: refuses, but not as OAuth does',
      () => ({ token: ((_q, response) => void response.status(401).send('no')) satisfies RequestHandler }),
    ],
  ])('%s', async (_what, problem, answers) => {
    expect(problems(await check(answers))).toEqual([problem]);
  });

  it('an EPR that isn’t there', async () => {
    const findings = await checkCommunity(communityAt('http://127.0.0.1:1'), LIMITS);
    expect(problems(findings)).toHaveLength(3);
    expect(problems(findings)[0]).toContain('can’t be reached (ECONNREFUSED)');
  });
});

describe('a community check', () => {
  it('is content with an EPR that answers as it should, in file order', async () => {
    const findings = await check(() => ({}));
    expect(problems(findings)).toEqual([]);
    expect(findings.map((finding) => finding.endpoint)).toEqual([
      'launch smart-configuration',
      'test-epr metadata',
      'test-epr token',
    ]);
  });
});
