import { randomUUID } from 'node:crypto';
import type { KnownEndpoints, LaunchUnderCheck } from './launch-questions.ts';
import { must, type Question, Unasked } from './run-checks.ts';

/** A client assertion (RFC 7523) by our key, or by one that nobody registered; `undefined`: we have no key for it. */
export type SignAssertion = (claims: object, by: 'our key' | 'another key') => string | undefined;

const LIFE_S = 120;

type Answer = { readonly status: number; readonly granted: boolean };

/** What a token endpoint must refuse: codes it never gave, and proofs of the client that prove nothing. */
export function tokenQuestions({ launch, sign }: LaunchUnderCheck, known: KnownEndpoints): readonly Question[] {
  const ask = async (form: { readonly [name: string]: string }, signal: AbortSignal): Promise<Answer> => {
    const body = new URLSearchParams(form);
    const answer = await fetch(known.token ?? '', { method: 'POST', body, signal, redirect: 'manual' });
    return { status: answer.status, granted: (await answer.text()).includes('access_token') };
  };
  const assertion = (claims: object = {}, by: 'our key' | 'another key' = 'our key'): string | undefined => {
    const iat = Math.floor(Date.now() / 1_000);
    const { clientId: iss } = launch;
    return sign({ iss, sub: iss, aud: known.token, jti: randomUUID(), iat, exp: iat + LIFE_S, ...claims }, by);
  };
  const askWith = (proof: string, signal: AbortSignal): Promise<Answer> =>
    ask(
      {
        grant_type: 'client_credentials',
        scope: 'system/*.rs',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: proof,
      },
      signal,
    );
  const refuses = (id: string, title: string, run: (signal: AbortSignal) => Promise<Answer | Unasked>): Question => ({
    id: `token.${id}`,
    title: `Sign-in: gives no token ${title}`,
    ask: async (signal) => {
      if (known.token === undefined) return Unasked.couldNot('the sign-in did not say where it gives tokens');
      const answer = await run(signal);
      if (answer instanceof Unasked) return answer;
      must(answer.status >= 400 && answer.status < 500 && !answer.granted, `status ${String(answer.status)}`);
      return `status ${String(answer.status)}`;
    },
  });
  const proves = (id: string, title: string, make: () => string | undefined): Question =>
    refuses(id, title, async (signal) => {
      if (launch.clientAuthentication !== 'private_key_jwt') return provesOtherwise;
      const proof = make();
      return proof === undefined ? noKey : askWith(proof, signal);
    });
  const provesOtherwise = Unasked.doesNotApply('the launcher proves itself to it by no key (clientAuthentication)');
  const noKey = Unasked.couldNot('the launcher has no key for it');
  const longAgo = { iat: 1_700_000_000, exp: 1_700_000_000 + LIFE_S };
  return [
    refuses('code', 'for a code it never gave', (signal) =>
      ask(
        {
          grant_type: 'authorization_code',
          code: 'never-given',
          redirect_uri: 'https://elsewhere.invalid/',
          client_id: launch.clientId,
        },
        signal,
      ),
    ),
    proves('key', 'to a client that signs with another key', () => assertion({}, 'another key')),
    proves('expired', 'for a proof that has run out', () => assertion(longAgo)),
    proves('aud', 'for a proof meant for another server', () => assertion({ aud: 'https://elsewhere.invalid/token' })),
    refuses('replay', 'for a proof that was used before', async (signal) => {
      if (launch.clientAuthentication !== 'private_key_jwt') return provesOtherwise;
      const proof = assertion();
      if (proof === undefined) return noKey;
      const { granted } = await askWith(proof, signal);
      return granted ? askWith(proof, signal) : Unasked.couldNot('only a proof that was good once can be used again');
    }),
  ];
}
