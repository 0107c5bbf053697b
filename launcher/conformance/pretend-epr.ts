import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { Json } from '../../src/record/resource.ts';
import type { LaunchSettings } from '../trust/community.ts';

/** What is put into the answers of an EPR that else says what the organisation's entry says of its own. */
export type EprLie = {
  /** Members of its discovery document, its token answer, its id_token and its Patient that are other, or missing. */
  readonly smart?: Json;
  readonly token?: Json;
  readonly claims?: Json;
  readonly patient?: Json;
  readonly signature?: 'another-key' | 'none';
  readonly withoutIdToken?: true;
  readonly refusesCode?: true;
};

export type PretendAnswer = { readonly status: number; readonly json: Json };

/** An EPR in memory, at the addresses of the entry: nothing of it goes over a network. */
export type PretendEpr = {
  readonly issuer: string;
  answer(url: string, nonce: string, nowMs: number): PretendAnswer;
};

/** A number of the range set apart for tests. */
const NHS_NUMBER = '9990000018';
const LIFE_S = 300;

type Keys = { readonly privateKey: KeyObject; readonly jwk: object };
let keys: { readonly own: Keys; readonly another: Keys } | undefined;

export function pretendEpr(launch: LaunchSettings, lie: EprLie): PretendEpr {
  const base = launch.iss.replace(/\/$/, '');
  const [issuer = base] = launch.issuers;
  const place = `${new URL(base).origin}/rehearsal`;
  keys ??= { own: makeKeys(), another: makeKeys() };
  const { own, another } = keys;
  const smart = {
    issuer,
    jwks_uri: `${place}/jwks`,
    authorization_endpoint: `${place}/authorize`,
    token_endpoint: `${place}/token`,
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    capabilities: ['launch-ehr', 'sso-openid-connect'],
    ...lie.smart,
  };
  const tokenAnswer = (nonce: string, nowMs: number): PretendAnswer => {
    if (lie.refusesCode) return { status: 400, json: { error: 'invalid_grant' } };
    const iat = Math.floor(nowMs / 1_000);
    const claims = {
      ...{ iss: issuer, aud: launch.clientId, sub: 'rehearsal', nonce, iat, exp: iat + LIFE_S },
      fhirUser: `${base}/Practitioner/u1`,
      role_code: Object.keys(launch.roleMap)[0] ?? '',
      ...lie.claims,
    };
    const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    const idToken =
      lie.signature === 'none'
        ? jsonwebtoken.sign(present, '', { algorithm: 'none' })
        : jsonwebtoken.sign(present, (lie.signature === 'another-key' ? another : own).privateKey, {
            algorithm: 'ES256',
            keyid: 'rehearsal',
          });
    const json = {
      ...{ access_token: 'rehearsal', token_type: 'Bearer', expires_in: LIFE_S, patient: 'p1' },
      ...{ scope: 'launch openid fhirUser patient/Patient.r' },
      ...(!lie.withoutIdToken && { id_token: idToken }),
      ...lie.token,
    };
    return { status: 200, json };
  };
  const documents: { readonly [url: string]: Json } = {
    [`${base}/.well-known/smart-configuration`]: smart,
    [smart.jwks_uri]: { keys: [own.jwk] },
    [`${base}/Patient/p1`]: {
      ...{ resourceType: 'Patient', id: 'p1', active: true, birthDate: '1941-03-02' },
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NHS_NUMBER }],
      name: [{ use: 'official', family: 'Rehearsal', given: ['Edna'] }],
      ...lie.patient,
    },
    [`${base}/Practitioner/u1`]: { resourceType: 'Practitioner', id: 'u1', name: [{ text: 'Dr Rehearsal' }] },
  };
  const nothing: PretendAnswer = { status: 200, json: { resourceType: 'Bundle', type: 'searchset', entry: [] } };
  return {
    issuer,
    answer: (url, nonce, nowMs) => {
      // Wherever it says its token endpoint is: a launcher that goes there is answered.
      if (url === smart.token_endpoint) return tokenAnswer(nonce, nowMs);
      const json = Object.hasOwn(documents, url) ? documents[url] : undefined;
      return json ? { status: 200, json } : nothing;
    },
  };
}

function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'rehearsal', alg: 'ES256', use: 'sig' };
  return { privateKey, jwk };
}
