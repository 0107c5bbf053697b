import type { LaunchSettings } from '../trust/community.ts';
import type { EprLie } from './pretend-epr.ts';
import { must, type Question, Unasked } from './run-checks.ts';

/** What comes back to the launcher's callback, and may be other than what the EPR sent. */
export type CallbackLie = {
  readonly ods?: string;
  readonly state?: string;
  readonly binding?: string;
  readonly iss?: string;
};

export type Lie = {
  readonly epr?: EprLie;
  readonly callback?: CallbackLie;
  /** The `iss` of the link that begins the launch. */
  readonly iss?: string;
  /** The same callback comes again after one that opened. */
  readonly twice?: true;
  /** The user takes so long. */
  readonly waitMs?: number;
};

/** A launch of this organisation's entry with a lie in it; `opened`, or the code of the refusal. */
export type Rehearse = (lie: Lie, signal: AbortSignal) => Promise<string>;

const ELSEWHERE = 'https://elsewhere.invalid';
const LONG_MS = 3_600_000;

const LIES: readonly (readonly [id: string, what: string, lie: Lie])[] = [
  ['iss', 'from an address that is no member’s', { iss: `${ELSEWHERE}/fhir` }],
  ['issuer', 'whose sign-in server is not the registered one', { epr: { smart: { issuer: ELSEWHERE } } }],
  [
    'token-endpoint',
    'whose token endpoint is at another origin',
    { epr: { smart: { token_endpoint: `${ELSEWHERE}/token` } } },
  ],
  ['pkce', 'whose server does not do PKCE', { epr: { smart: { code_challenge_methods_supported: ['plain'] } } }],
  ['state', 'with a state that was never given', { callback: { state: 'never-given' } }],
  ['state-again', 'whose state was used before', { twice: true }],
  ['state-late', 'that was begun an hour ago', { waitMs: LONG_MS }],
  ['window', 'that comes back to another window', { callback: { binding: 'another-window' } }],
  ['organisation', 'that comes back at another organisation’s address', { callback: { ods: 'ELSEWHERE' } }],
  ['answer-iss', 'answered by another server', { callback: { iss: ELSEWHERE } }],
  ['code', 'whose code the server does not take, or takes no more', { epr: { refusesCode: true } }],
  ['no-identity', 'without an id_token', { epr: { withoutIdToken: true } }],
  ['key', 'whose id_token is signed by another key', { epr: { signature: 'another-key' } }],
  ['unsigned', 'whose id_token is not signed', { epr: { signature: 'none' } }],
  ['token-iss', 'whose id_token names another issuer', { epr: { claims: { iss: ELSEWHERE } } }],
  ['aud', 'whose id_token is for another app', { epr: { claims: { aud: 'another-app' } } }],
  ['nonce', 'whose id_token is of another launch', { epr: { claims: { nonce: 'another-launch' } } }],
  ['expired', 'whose id_token has run out', { epr: { claims: { iat: 1_700_000_000, exp: 1_700_000_300 } } }],
  ['future', 'whose id_token is of next year', { epr: { claims: { iat: 4_000_000_000, exp: 4_000_000_300 } } }],
  ['user', 'whose user is at another address', { epr: { claims: { fhirUser: `${ELSEWHERE}/fhir/Practitioner/u1` } } }],
  ['role', 'whose user has a role that is in no list', { epr: { claims: { role_code: 'no-such-role' } } }],
  ['no-patient', 'that names no patient', { epr: { token: { patient: undefined } } }],
  ['other-patient', 'that names one patient and brings another', { epr: { patient: { id: 'p2' } } }],
  ['number', 'of a patient whose NHS number is none', { epr: { patient: { identifier: [{ value: '1234567890' }] } } }],
];

/**
 * The launcher's half of a launch, with this organisation's own settings: against an EPR in memory that tells the truth,
 * and then one lie at a time. A setting that lets a lie through is seen here before a user can be harmed by it.
 */
export function negativeLaunches({ nonce }: LaunchSettings, rehearse: Rehearse): readonly Question[] {
  const refuses = (id: string, what: string, lie: Lie): Question => ({
    id: `refuses.${id}`,
    title: `Launcher: opens nothing for a launch ${what}`,
    ask: async (signal) => {
      const ended = await rehearse(lie, signal);
      must(ended !== 'opened', 'it opens');
      must(!ended.startsWith('server.'), `ended in ${ended}`);
      return ended;
    },
  });
  return [
    {
      id: 'opens.rehearsal',
      title: 'Launcher: opens for a launch as this entry describes it',
      ask: async (signal) => {
        const ended = await rehearse({}, signal);
        must(ended === 'opened', ended);
        return ended;
      },
    },
    ...LIES.map(([id, what, lie]) => refuses(id, what, lie)),
    nonce === 'if-present'
      ? {
          id: 'refuses.no-nonce',
          title: 'Launcher: opens nothing without a nonce',
          ask: () => Unasked.doesNotApply('its entry says that none need come'),
        }
      : refuses('no-nonce', 'whose id_token has no nonce', { epr: { claims: { nonce: undefined } } }),
  ];
}
