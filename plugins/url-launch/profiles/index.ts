import type { LinkFault, Pointer } from '../pointer.ts';
import type { LinkOf, LinkSettings } from '../settings.ts';
import { emisPortal } from './emis-portal.ts';
import { hmac } from './hmac.ts';
import { jwtPair } from './jwt-pair.ts';
import { jwt } from './jwt.ts';
import { oidcPlusPatient } from './oidc-plus-patient.ts';
import type { Asked, Profile } from './profile.ts';
import { sider } from './sider.ts';
import { systmone } from './systmone.ts';

const PROFILES: { readonly [Name in LinkSettings['profile']]: Profile<Name> } = {
  jwt,
  'jwt-pair': jwtPair,
  hmac,
  sider,
  systmone,
  'emis-portal': emisPortal,
  'oidc-plus-patient': oidcPlusPatient,
};

export type AnyProfile = Pick<Profile<LinkSettings['profile']>, 'evidence' | 'authentic' | 'comes'>;

export function profileOf(link: LinkSettings): AnyProfile {
  return PROFILES[link.profile];
}

export function readPointer(asked: Asked, link: LinkSettings): Promise<Pointer | LinkFault> {
  // One call for each profile would say the same seven times over; settings and profile are of one name.
  const profile = PROFILES[link.profile] as Profile<LinkSettings['profile']>;
  return profile.read(asked, link as LinkOf<LinkSettings['profile']>);
}
