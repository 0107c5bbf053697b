import Provider from 'oidc-provider';
import type { OidcContext } from 'oidc-provider';
import type { ActingVerifier } from '../../launcher/trust/verify/index.ts';
import { TokenFacts } from './bearer.ts';
import type { Bearer } from './bearer.ts';
import { addLaunchContext, audienceCheck, grantChart, launchCheck } from './launch-context.ts';
import { openLaunchTokens } from './launch-tokens.ts';
import type { LaunchTokens } from './launch-tokens.ts';
import { providerSettings } from './provider-settings.ts';
import type { AuthorisationOptions } from './provider-settings.ts';
import { registerTokenExchange } from './token-exchange.ts';
import { openTokenStore } from './token-store.ts';

export type AuthorisationServer = {
  readonly launches: LaunchTokens;
  readonly handle: ReturnType<Provider['callback']>;
  readonly bearer: (token: string) => Promise<Bearer | undefined>;
  signOut(): void;
};

/** oidc-provider made into the authorisation server of one EPR: SMART App Launch 2.2 and Backend Services. */
export function openAuthorisation(options: AuthorisationOptions, subjectTokens?: ActingVerifier): AuthorisationServer {
  const now = options.now ?? Date.now;
  const launches = openLaunchTokens(now);
  const facts = new TokenFacts();
  const store = openTokenStore(now);
  const provider: Provider = new Provider(options.issuer, {
    ...providerSettings(options),
    adapter: store,
    // In this order: a launch is used up only by a request that names the right server.
    extraParams: { aud: audienceCheck(options.fhirBase), launch: launchCheck(launches) },
    loadExistingGrant: (context: OidcContext) => grantChart(provider, context, facts),
  });
  if (subjectTokens) registerTokenExchange(provider, subjectTokens, facts, options.fhirBase);
  provider.use(withoutCookies);
  provider.use(async (context, next) => {
    await next();
    addLaunchContext(context, facts);
    facts.rememberActing(context);
  });
  return {
    launches,
    handle: provider.callback(),
    bearer: (token) => facts.find(provider, token),
    signOut: () => store.signOut(),
  };
}

async function withoutCookies(context: OidcContext, next: () => Promise<void>): Promise<void> {
  delete context.req.headers.cookie;
  await next();
  context.response.remove('set-cookie');
}
