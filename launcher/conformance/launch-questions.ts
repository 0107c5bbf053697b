import type { LaunchSettings } from '../trust/community.ts';
import { must, type Question } from './run-checks.ts';

/** What a sign-in service and a FHIR server must refuse: asked of the organisation's own, changing nothing there. */
export function launchQuestions(launch: LaunchSettings): readonly Question[] {
  const base = launch.iss.replace(/\/$/, '');
  const known: { authorise?: string; token?: string } = {};
  return [
    {
      id: 'launch.discovery',
      title: 'Sign-in: says where its endpoints are, at registered origins',
      ask: async (signal) => {
        const answer = await fetch(`${base}/.well-known/smart-configuration`, { signal, redirect: 'manual' });
        const found = (await answer.json()) as {
          readonly authorization_endpoint?: unknown;
          readonly token_endpoint?: unknown;
        };
        for (const address of [found.authorization_endpoint, found.token_endpoint])
          must(
            typeof address === 'string' && launch.allowedOrigins.includes(new URL(address, `${base}/`).origin),
            'an endpoint is missing or elsewhere',
          );
        known.authorise = String(found.authorization_endpoint);
        known.token = String(found.token_endpoint);
        return 'both';
      },
    },
    {
      id: 'launch.redirect',
      title: 'Sign-in: sends nobody to an address that is not registered',
      ask: async (signal) => {
        if (known.authorise === undefined) return undefined;
        const address = new URL(known.authorise);
        const asked = {
          response_type: 'code',
          client_id: launch.clientId,
          redirect_uri: 'https://elsewhere.invalid/',
          scope: 'openid',
          state: 'check',
          aud: launch.iss,
        };
        for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
        const answer = await fetch(address, { signal, redirect: 'manual' });
        must(!(answer.headers.get('location') ?? '').includes('elsewhere.invalid'), 'it does');
        return `status ${String(answer.status)}`;
      },
    },
    {
      id: 'launch.code',
      title: 'Sign-in: gives no token for a code it never gave',
      ask: async (signal) => {
        if (known.token === undefined) return undefined;
        const body = new URLSearchParams({
          grant_type: 'authorization_code',
          code: 'never-given',
          redirect_uri: 'https://elsewhere.invalid/',
          client_id: launch.clientId,
        });
        const answer = await fetch(known.token, { method: 'POST', body, signal, redirect: 'manual' });
        const said = await answer.text();
        must(
          answer.status >= 400 && answer.status < 500 && !said.includes('access_token'),
          `status ${String(answer.status)}`,
        );
        return `status ${String(answer.status)}`;
      },
    },
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
