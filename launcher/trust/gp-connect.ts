import { SourceTrouble } from '../../plugins/plugin.ts';
import type { ActingContext } from './acting-context.ts';
import type { SourceAuthorisation } from './community.ts';
import { writeUnsignedJwt } from './unsigned-jwt.ts';

export type GpConnect = Extract<SourceAuthorisation, { profile: 'gpconnect' }>;

/** Profile P3 (smart.md 3.1, 3.2): the bearer and the spine's headers of one request; `exp − iat` is 300 exactly. */
export function gpConnectHeaders(
  acting: ActingContext,
  settings: GpConnect,
  request: { readonly base: string; readonly url: string; readonly method: string; readonly requestId: string },
  at: { readonly issuer: string; readonly nowMs: number },
): { readonly [name: string]: string } {
  const { user, organisation } = acting;
  // Whoever is not type-checked could leave it out.
  if ((settings.allowUnsignedJwt as unknown) !== true)
    throw new SourceTrouble('source.auth', 'unsigned JWT not allowed');
  if (user.sdsUserId === undefined) throw new SourceTrouble('source.auth', 'GP Connect needs the user’s SDS id');
  const iat = Math.floor(at.nowMs / 1_000);
  const claims = {
    iss: at.issuer,
    sub: user.sdsUserId,
    aud: providerOf(request.base),
    iat,
    exp: iat + 300,
    reason_for_request: 'directcare',
    requested_scope: 'patient/*.read',
    requesting_device: {
      resourceType: 'Device',
      identifier: [{ system: `${at.issuer}/device`, value: settings.fromAsid }],
      model: 'Corridor',
      version: '1',
    },
    requesting_organization: {
      resourceType: 'Organization',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: organisation.ods }],
      name: organisation.name,
    },
    requesting_practitioner: practitioner(acting, user.sdsUserId),
  };
  return {
    authorization: `Bearer ${writeUnsignedJwt(claims)}`,
    'ssp-traceid': request.requestId,
    'ssp-from': settings.fromAsid,
    'ssp-to': settings.toAsid,
    'ssp-interactionid': interactionOf(request),
  };
}

/** Behind the spine's proxy the audience is the practice, not the proxy: `https://proxy/https://practice/…`. */
function providerOf(base: string): string {
  return /^https?:\/\/[^/]+\/(https?:\/\/.+)$/.exec(base)?.[1] ?? base;
}

function practitioner({ user, role }: ActingContext, sdsUserId: string): object {
  const words = user.name.split(' ');
  const roleProfile =
    role.sdsRoleProfileId === undefined
      ? []
      : [{ system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: role.sdsRoleProfileId }];
  return {
    resourceType: 'Practitioner',
    id: sdsUserId,
    name: [{ family: words.at(-1) ?? user.name, given: words.slice(0, -1) }],
    identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: sdsUserId }, ...roleProfile],
  };
}

/** The interaction is named after the type that is asked for, as GP Connect names its own. */
function interactionOf({
  base,
  url,
  method,
}: {
  readonly base: string;
  readonly url: string;
  readonly method: string;
}): string {
  const [type = 'metadata', id] = url.slice(base.length + 1).split(/[/?]/);
  // An operation has a name of its own: Patient/$gpc.getstructuredrecord.
  if (id?.startsWith('$')) return `urn:nhs:names:services:gpconnect:fhir:operation:${id.slice(1)}-1`;
  const search = method === 'POST' || id === undefined || url.includes('?');
  return `urn:nhs:names:services:gpconnect:fhir:rest:${search ? 'search' : 'read'}:${type.toLowerCase()}-1`;
}
