import type { LaunchContext } from '../smart/launch-context.ts';
import { buildActingContext } from './acting-context.ts';
import { signActingHeader } from './acting-token.ts';
import type { Community, CommunitySource } from './community.ts';
import { gpConnectHeaders } from './gp-connect.ts';
import type { LauncherKeys } from './keys.ts';

/** One request on its way to a source. */
export type OutgoingRequest = { readonly method: string; readonly url: string; readonly requestId: string };

/** What a source's profile puts on each request besides its bearer; by name, small letters. */
export type SourceHeaders = (
  source: CommunitySource,
  context: LaunchContext,
  purpose: string,
  request: OutgoingRequest,
) => { readonly [name: string]: string };

export type SourceHeaderDeps = {
  readonly community: Pick<Community, 'member' | 'roles'>;
  readonly keys: Pick<LauncherKeys, 'signJwt'>;
  readonly issuer: string;
  readonly now: () => number;
};

/** The acting context as the source's profile carries it with each request (smart.md 3.2, P1 to P4). */
export function createSourceHeaders(deps: SourceHeaderDeps): SourceHeaders {
  const { community, keys, issuer, now } = deps;
  return ({ authorisation, settings }, context, purpose, request) => {
    if (authorisation.profile === 'none') return {};
    const acting = buildActingContext(context, purpose, community);
    if (authorisation.profile === 'gpconnect')
      return gpConnectHeaders(acting, authorisation, { base: settings.base, ...request }, { issuer, nowMs: now() });
    const patient = 'tokenEndpoint' in authorisation ? authorisation.actingContextHeader : undefined;
    const signed =
      patient === undefined
        ? undefined
        : signActingHeader(acting, { audience: settings.base, patient, ...request }, { issuer, keys, now });
    const platform = authorisation.profile === 'nhsd-headers' ? platformHeaders(context) : {};
    return { ...platform, ...(signed !== undefined && { 'x-acting-context': signed }) };
  };
}

/** P4: the token there speaks for the application alone; these say for whom (NHS England API platform). */
function platformHeaders({ home, user }: LaunchContext): { readonly [name: string]: string } {
  return {
    'nhsd-end-user-organisation-ods': home.ods,
    ...(user.sdsRoleProfileId !== undefined && { 'nhsd-session-urid': user.sdsRoleProfileId }),
  };
}
