import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

/**
 * An EPR that does as it is told: well-behaved until a test replaces one of its answers. It records what reached it,
 * so that a test can say "nothing was asked".
 */
export type PretendEpr = {
  readonly origin: string;
  readonly iss: string;
  readonly issuer: string;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly body: string;
    readonly authorization: string | undefined;
  }[];
  /** Replaces the answer of one path. */
  answer(path: string, answer: Answer): void;
  /** The parts of well-behaved answers, to be changed by a test. */
  readonly smart: Record<string, unknown>;
  readonly token: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
  readonly header: Record<string, unknown>;
  readonly patient: Record<string, unknown>;
  readonly practitioner: Record<string, unknown>;
  readonly roles: Record<string, unknown>[];
  readonly keys: JsonWebKey[];
  /** Signs the id_token; a test may put another key or a whole text here. */
  signer: { key: KeyObject | string; algorithm: jwt.Algorithm };
  idToken: string | undefined | null;
  close(): Promise<void>;
};

export type Answer =
  { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string } | 'silence';

export function makeRsa(bits = 2048): { key: KeyObject; jwk: JsonWebKey } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { key: privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}

/** Making a key takes longer than a test: each EPR opened takes the next of these, so that two open at once never share one. */
const pool: ReturnType<typeof makeRsa>[] = [];
let taken = 0;

function nextOfPool(): ReturnType<typeof makeRsa> {
  const place = taken++ % 4;
  return (pool[place] ??= makeRsa());
}

export async function openPretendEpr(): Promise<PretendEpr> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const [iss, issuer] = [`${origin}/fhir`, `${origin}/auth`];
  const { key, jwk } = nextOfPool();
  const answers = new Map<string, Answer>();
  const epr: PretendEpr = {
    origin,
    iss,
    issuer,
    requests: [],
    answer: (path, answer) => void answers.set(path, answer),
    smart: {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-ehr', 'sso-openid-connect'],
    },
    token: {
      access_token: 'user-token',
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'launch openid fhirUser patient/Patient.r',
      patient: 'p1',
    },
    claims: { iss: issuer, sub: 'user-1', aud: 'corridor', fhirUser: `${iss}/Practitioner/u1`, role_code: 'R8000' },
    header: { kid: 'k1' },
    patient: {
      resourceType: 'Patient',
      id: 'p1',
      active: true,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
      name: [{ use: 'official', family: 'Example', given: ['Edna'] }],
      birthDate: '1941-03-02',
    },
    practitioner: {
      resourceType: 'Practitioner',
      id: 'u1',
      name: [{ text: 'Dr Test' }],
      identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '555000000001' }],
    },
    roles: [],
    keys: [{ ...jwk, kid: 'k1', use: 'sig', alg: 'RS256' }],
    signer: { key, algorithm: 'RS256' },
    idToken: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return epr;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = (request.url ?? '').split('?')[0] ?? '';
    epr.requests.push({ method: request.method ?? '', path, body, authorization: request.headers.authorization });
    const answer = answers.get(path) ?? wellBehaved(path);
    if (answer === 'silence') return;
    response
      .writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
      .end(answer.body ?? '');
  }

  function wellBehaved(path: string): Exclude<Answer, 'silence'> {
    const known: { readonly [path: string]: () => unknown } = {
      '/fhir/.well-known/smart-configuration': () => epr.smart,
      '/auth/jwks': () => ({ keys: epr.keys }),
      '/auth/token': () => ({ ...epr.token, ...idTokenOf() }),
      '/fhir/Patient/p1': () => epr.patient,
      '/fhir/Practitioner/u1': () => epr.practitioner,
      '/fhir/PractitionerRole': () => ({
        resourceType: 'Bundle',
        type: 'searchset',
        entry: epr.roles.map((resource) => ({ resource })),
      }),
    };
    const make = known[path];
    return make ? { body: JSON.stringify(make()) } : { status: 404, body: '{}' };
  }

  function idTokenOf(): { id_token?: string } {
    if (epr.idToken === undefined) return {};
    if (epr.idToken !== null) return { id_token: epr.idToken };
    const now = Math.floor(Date.now() / 1000);
    const claims = { iat: now, exp: now + 300, ...epr.claims };
    const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    return {
      id_token: jwt.sign(present, epr.signer.key, {
        algorithm: epr.signer.algorithm,
        header: { alg: epr.signer.algorithm, ...epr.header },
        allowInsecureKeySizes: true,
      }),
    };
  }
}
