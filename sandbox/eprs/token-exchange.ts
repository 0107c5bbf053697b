import { errors } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { OidcContext } from 'oidc-provider';
import type { ActingVerifier } from '../../launcher/trust/verify/index.ts';
import { asString } from '../../src/record/resource.ts';
import type { TokenFacts } from './bearer.ts';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const PARAMETERS = ['subject_token', 'subject_token_type', 'requested_token_type', 'resource', 'scope'];

/** RFC 8693 at one EPR: the launcher's signed word for its user becomes a token of this EPR's own, for that user alone. */
export function registerTokenExchange(
  provider: Provider,
  verifier: ActingVerifier,
  facts: TokenFacts,
  fhirBase: string,
): void {
  provider.registerGrantType(TOKEN_EXCHANGE, exchange, PARAMETERS);

  async function exchange(context: OidcContext): Promise<void> {
    const { oidc } = context;
    const parameter = (name: string): string | undefined => asString(oidc?.params?.[name]);
    if (!oidc || parameter('subject_token_type') !== 'urn:ietf:params:oauth:token-type:jwt')
      throw new errors.InvalidRequest('subject_token_type');
    if (parameter('resource') !== fhirBase) throw new errors.InvalidRequest('resource does not name this FHIR server');
    const verified = await verifier.subjectToken(parameter('subject_token'));
    if (!verified.ok) throw new errors.InvalidGrant(`subject_token: ${verified.reason}`);
    const scope = parameter('scope') ?? '';
    const token = new provider.ClientCredentials({ client: oidc.client, scope });
    context.body = {
      access_token: await token.save(),
      issued_token_type: ACCESS_TOKEN,
      token_type: 'Bearer',
      expires_in: token.expiration,
      scope,
    };
    facts.rememberContext(token.jti, verified.acting);
  }
}
