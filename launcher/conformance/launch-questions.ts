import type { LaunchSettings } from '../trust/community.ts';
import { must, type Question, Unasked } from './run-checks.ts';
import { tokenQuestions, type SignAssertion } from './token-questions.ts';

/** Where the sign-in is, once it has said so. */
export type KnownEndpoints = { authorise?: string; token?: string };

export type LaunchUnderCheck = {
  readonly launch: LaunchSettings;
  /** Where the launcher's users come back to at this organisation. */
  readonly callback: string;
  readonly sign: SignAssertion;
};

const ELSEWHERE = 'https://elsewhere.invalid';

/** One thing wrong with each; `undefined` takes a parameter away. */
const WRONG_ASKS: readonly (readonly [
  id: string,
  title: string,
  changes: { readonly [name: string]: string | null },
])[] = [
  ['redirect', 'sends nobody to an address that is not registered', { redirect_uri: `${ELSEWHERE}/` }],
  ['client', 'knows no app that is not registered', { client_id: 'no-such-app' }],
  ['aud', 'gives no code for another organisation’s server', { aud: `${ELSEWHERE}/fhir` }],
  ['made-up', 'gives no code for a launch it never made', {}],
  ['pkce', 'gives no code without PKCE', { code_challenge: null, code_challenge_method: null }],
  ['implicit', 'gives no token in an address', { response_type: 'token' }],
];

/** What a sign-in service and a FHIR server must refuse: asked of the organisation's own, changing nothing there. */
export function launchQuestions(check: LaunchUnderCheck): readonly Question[] {
  const { launch } = check;
  const base = launch.iss.replace(/\/$/, '');
  const known: KnownEndpoints = {};
  return [
    {
      id: 'launch.discovery',
      title: 'Sign-in: says where its endpoints are, at registered origins',
      ask: (signal) => discover(base, launch, known, signal),
    },
    ...WRONG_ASKS.map(([id, title, changes]): Question => ({
      id: `launch.${id}`,
      title: `Sign-in: ${title}`,
      ask: async (signal) => {
        if (known.authorise === undefined) return Unasked.couldNot('the sign-in did not say where it is');
        const answer = await fetch(askFor(known.authorise, check, changes), { signal, redirect: 'manual' });
        const led = answer.headers.get('location') ?? '';
        must(!led.startsWith(ELSEWHERE), 'it does');
        must(!/[?&#](?:code|access_token)=/.test(led), 'it does');
        return `status ${String(answer.status)}`;
      },
    })),
    ...tokenQuestions(check, known),
    ...(['', 'Bearer made-up'] as const).map((authorization): Question => ({
      id: `fhir.${authorization === '' ? 'open' : 'made-up'}`,
      title: `FHIR: refuses a Patient search ${authorization === '' ? 'without a token' : 'with a made-up token'}`,
      ask: async (signal) => {
        const headers = { accept: 'application/fhir+json', ...(authorization !== '' && { authorization }) };
        const answer = await fetch(`${base}/Patient?_count=1`, { headers, signal, redirect: 'manual' });
        must(answer.status === 401 || answer.status === 403, `status ${String(answer.status)}`);
        return `status ${String(answer.status)}`;
      },
    })),
  ];
}

async function discover(
  base: string,
  { allowedOrigins }: LaunchSettings,
  known: KnownEndpoints,
  signal: AbortSignal,
): Promise<string> {
  const answer = await fetch(`${base}/.well-known/smart-configuration`, { signal, redirect: 'manual' });
  const found = (await answer.json()) as {
    readonly authorization_endpoint?: unknown;
    readonly token_endpoint?: unknown;
  };
  for (const address of [found.authorization_endpoint, found.token_endpoint])
    must(
      typeof address === 'string' && allowedOrigins.includes(new URL(address, `${base}/`).origin),
      'an endpoint is missing or elsewhere',
    );
  known.authorise = new URL(String(found.authorization_endpoint), `${base}/`).href;
  known.token = new URL(String(found.token_endpoint), `${base}/`).href;
  return 'both';
}

/** As the launcher asks, for a launch that nobody made, and with the one thing wrong. */
function askFor(
  authorise: string,
  { launch, callback }: LaunchUnderCheck,
  changes: { readonly [name: string]: string | null },
): URL {
  const address = new URL(authorise);
  const asked = {
    response_type: 'code',
    client_id: launch.clientId,
    redirect_uri: callback,
    scope: 'launch openid fhirUser',
    state: 'check',
    aud: launch.iss,
    launch: 'never-made',
    // RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...changes,
  };
  for (const [name, value] of Object.entries(asked)) if (value !== null) address.searchParams.set(name, value);
  return address;
}
