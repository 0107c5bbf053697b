/** The part of oidc-provider the sandbox uses; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type TokenModel = {
    readonly jti: string;
    readonly clientId: string;
    readonly accountId?: string;
    readonly grantId?: string;
    readonly scope?: string;
    readonly isExpired: boolean;
  };

  export type OidcContext = {
    readonly req: IncomingMessage;
    readonly path: string;
    readonly response: { remove(header: string): void };
    body: unknown;
    readonly oidc?: {
      readonly route: string;
      readonly params?: { readonly [name: string]: unknown };
      readonly client: { readonly clientId: string };
      readonly session: { loginAccount(details: { accountId: string; transient: boolean }): void };
      readonly account?: { readonly accountId: string };
      readonly requestParamScopes: ReadonlySet<string>;
      readonly entities: {
        readonly AuthorizationCode?: TokenModel;
        readonly RefreshToken?: TokenModel;
        readonly ClientCredentials?: TokenModel;
      };
    };
  };

  export type GrantModel = {
    readonly jti: string;
    addOIDCScope(scope: string): void;
    addOIDCClaims(claims: readonly string[]): void;
    save(): Promise<string>;
  };

  export default class Provider {
    constructor(issuer: string, configuration: { readonly [name: string]: unknown });
    readonly issuer: string;
    readonly Grant: new (details: { accountId: string; clientId: string }) => GrantModel;
    readonly AccessToken: { find(value: string): Promise<TokenModel | undefined> };
    readonly ClientCredentials: {
      new (details: { client: unknown; scope: string }): TokenModel & {
        readonly expiration: number;
        save(): Promise<string>;
      };
      find(value: string): Promise<TokenModel | undefined>;
    };
    registerGrantType(
      name: string,
      handler: (context: OidcContext) => Promise<void>,
      parameters: readonly string[],
    ): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    use(middleware: (context: OidcContext, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, listener: (...details: readonly unknown[]) => void): this;
  }

  export const errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidGrant: new (description: string) => Error;
    readonly InvalidScope: new (description: string, scope: string) => Error;
  };
}
