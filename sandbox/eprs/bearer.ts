import type Provider from 'oidc-provider';
import type { OidcContext } from 'oidc-provider';
import { readActingExtensions, type Acting } from '../../launcher/trust/verify/index.ts';
import { asObject, asString } from '../../src/record/resource.ts';
import type { Json } from '../../src/record/resource.ts';
import type { Chart, HomePage } from './launch-tokens.ts';
import { parseScopes } from './scopes.ts';
import type { Grant } from './scopes.ts';

/** Who stands behind a bearer token. */
export type Bearer = {
  readonly clientId: string;
  readonly scope: string;
  readonly grants: readonly Grant[];
  /** A person's token: what it reaches is bound to the chart that was open, if one was. */
  readonly chart?: Chart | HomePage;
  /** What a Backend Services client said of the person it asks for (UDAP hl7-b2b, IHE IUA). */
  readonly acting?: Json;
  /** The same, read: from the assertion of a system token, or from the subject token that was exchanged for it. */
  readonly actingContext?: Acting;
};

/** What is known of tokens besides what oidc-provider keeps: the chart of a grant, the person behind a system token. */
export class TokenFacts {
  readonly #charts = new Map<string, Chart | HomePage>();
  readonly #acting = new Map<string, Json>();
  readonly #contexts = new Map<string, Acting>();

  rememberChart(grantId: string, chart: Chart | HomePage): void {
    remember(this.#charts, grantId, chart);
  }

  chartOf(grantId: string | undefined): Chart | HomePage | undefined {
    return grantId === undefined ? undefined : this.#charts.get(grantId);
  }

  /** Keeps what a verified assertion said of the acting person, so that the audit log here can name them. */
  rememberActing(context: OidcContext): void {
    const token = context.oidc?.entities.ClientCredentials;
    const assertion = asString(context.oidc?.params?.['client_assertion']);
    if (!token || assertion === undefined) return;
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const extensions = asObject(asObject(claims)?.['extensions']);
    if (!extensions) return;
    remember(this.#acting, token.jti, extensions);
    const acting = readActingExtensions(extensions);
    if (acting) this.rememberContext(token.jti, acting);
  }

  rememberContext(jti: string, acting: Acting): void {
    remember(this.#contexts, jti, acting);
  }

  async find(provider: Provider, value: string): Promise<Bearer | undefined> {
    const user = await provider.AccessToken.find(value);
    const token = user ?? (await provider.ClientCredentials.find(value));
    const chart = this.chartOf(user?.grantId);
    if (!token || token.isExpired || (user && !chart)) return undefined;
    const acting = this.#acting.get(token.jti);
    const actingContext = this.#contexts.get(token.jti);
    const grants = parseScopes(token.scope).filter((grant) => (grant.level === 'system') === (chart === undefined));
    return {
      clientId: token.clientId,
      scope: token.scope ?? '',
      grants,
      ...(chart ? { chart } : {}),
      ...(acting ? { acting } : {}),
      ...(actingContext ? { actingContext } : {}),
    };
  }
}

const LIMIT = 20_000;

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  const oldest = map.keys().next();
  if (map.size >= LIMIT && !oldest.done) map.delete(oldest.value);
  map.set(key, value);
}
