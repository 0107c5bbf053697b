import { urlLaunch } from '../../../plugins/url-launch/plugin.ts';
import type { PluginAnswer, PluginRequest } from '../../../plugins/router-face.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { pluginTools, type PretendTools } from '../../support/plugin-tools.ts';

export const NOW_S = Date.parse('2026-06-01T12:00:00Z') / 1_000;
export const NUMBER = '9990000018';

export const SIGN_IN = { issuer: 'https://signin.example', clientId: 'corridor', roles: { R8000: 'gp' } };

/** Where a sign-in service says its endpoints are. */
const DISCOVERY = JSON.stringify({
  issuer: SIGN_IN.issuer,
  authorization_endpoint: `${SIGN_IN.issuer}/authorise`,
  token_endpoint: `${SIGN_IN.issuer}/token`,
  jwks_uri: `${SIGN_IN.issuer}/jwks`,
});

export type LinkBench = PretendTools & {
  open(fields: object, more?: Partial<PluginRequest>): Promise<PluginAnswer>;
  post(fields: unknown, more?: Partial<PluginRequest>): Promise<PluginAnswer>;
  session(document: unknown, more?: Partial<PluginRequest>): Promise<PluginAnswer>;
};

/** The plugin with one link, and a sign-in service that only says where it is. */
export function linkBench(link: object, settings: object = {}): LinkBench {
  const bench = pluginTools(
    urlLaunch,
    { links: [{ id: 'main', ...link }], signIn: SIGN_IN, ...settings },
    { fetch: () => Promise.resolve({ status: 200, text: DISCOVERY }) },
  );
  const call = (method: string, path: string, body: unknown, more: Partial<PluginRequest>): Promise<PluginAnswer> => {
    const route = urlLaunch.router?.routes.find((one) => one.method === method && one.path.startsWith(path));
    if (!route) throw new Error(`no route ${path}`);
    return route.handle(request(body, { parameters: { ods: 'XB001', link: 'main' }, query: {}, ...more }), bench.tools);
  };
  return {
    ...bench,
    open: (fields, more = {}) =>
      call('GET', '/launch', undefined, { query: fields as Record<string, string>, ...more }),
    post: (fields, more = {}) => call('POST', '/launch', fields, more),
    session: (document, more = {}) => call('POST', '/session', document, more),
  };
}
