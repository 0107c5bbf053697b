import { asObjects, asString, type Json } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginMember } from '../router-face.ts';
import type { TicketUser } from '../ticket.ts';
import type { SignInSettings } from './settings.ts';

/** Who signed in, strongly enough, in one role of the community. Two roles that both map are no role: nobody may guess which. */
export function signedInUser(claims: Json, settings: SignInSettings, member: PluginMember): TicketUser {
  const sub = asString(claims['sub']);
  const name = asString(claims['name']);
  if (sub === undefined || name === undefined) throw new PluginTrouble('launch.no_identity', 'sign-in: sub or name');
  const { acrRequired } = settings;
  if (acrRequired && !acrRequired.includes(asString(claims['acr']) ?? ''))
    throw new PluginTrouble('launch.no_identity', 'sign-in: not strong enough');
  const mapped = new Set(
    roleCodes(claims, settings, member).flatMap((code) =>
      Object.hasOwn(settings.roles, code) ? [settings.roles[code]] : [],
    ),
  );
  const [role] = mapped;
  if (role === undefined || mapped.size > 1) throw new PluginTrouble('launch.role_unmapped', 'sign-in: no one role');
  const sdsUserId = asString(claims[settings.sdsUserClaim]);
  return { id: sub, name, role, assurance: 'oidc', ...(sdsUserId !== undefined && { sdsUserId }) };
}

/** NHS CIS2: the selected role where it says one, else those at this organisation. `S0010:G0020:R8000` is the role R8000. */
function roleCodes(claims: Json, { roleClaim }: SignInSettings, { ods }: PluginMember): readonly string[] {
  const held = asObjects(claims['nhsid_nrbac_roles']);
  if (held.length === 0) return [claims[roleClaim]].flat().flatMap((code) => (typeof code === 'string' ? [code] : []));
  const selected = asString(claims['selected_roleid']);
  return held
    .filter((role) => (selected === undefined ? role['org_code'] === ods : role['person_roleid'] === selected))
    .flatMap((role) => asString(role['role_code'])?.split(':').at(-1) ?? []);
}
