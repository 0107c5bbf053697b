import { asBoolean, asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { FhirRead } from './fhir-read.ts';
import type { IdClaims } from './id-token.ts';
import type { LaunchContext } from './launch-context.ts';
import { codesOf, lookUpRole, roleFromClaims } from './role.ts';

/** Who is asking, as the home EPR says: never as the browser does. */
export type LaunchUser = LaunchContext['user'] & {
  readonly role: string;
  readonly assurance?: NonNullable<LaunchContext['assurance']>;
  /** Of each field, where it was learnt. */
  readonly evidence: { readonly [field: string]: string };
};

const SDS_USER_ID = 'https://fhir.nhs.uk/Id/sds-user-id';
/** Registers of the regulated professions, as UK Core Practitioner names them. */
const REGISTERS =
  /^https:\/\/fhir\.(?:hl7\.org\.uk|nhs\.uk)\/Id\/(?:gmc|nmc|gphc|hcpc|gdc|goc|gcc|gosc|psni|swe)-(?:number|code|reference-number)$/i;
const ID = /^(?!\.+$)[A-Za-z0-9\-.]{1,64}$/;

/** `fhirUser` → Practitioner, name and role (smart.md 1.6, rows 47–49). */
export async function readUser(
  fhirUser: string | undefined,
  claims: IdClaims,
  member: LaunchMember,
  read: FhirRead,
): Promise<LaunchUser> {
  const reference = parseFhirUser(fhirUser, member);
  const role =
    reference.type === 'PractitionerRole'
      ? await must(read(`PractitionerRole/${reference.id}`, 'PractitionerRole'))
      : undefined;
  const practitionerId = role ? practitionerOf(role, member) : reference.id;
  const practitioner = await must(read(`Practitioner/${practitionerId}`, 'Practitioner'));
  if (practitioner.id !== practitionerId) throw new CorridorError('launch.no_identity', 'another Practitioner came');
  const said = readIdentifiers(practitioner, claims);
  const found = await findRole(claims, role, practitionerId, member, read);
  const name = nameOf(practitioner);
  const assurance = readAssurance(claims);
  return {
    key: `${claims.iss}|${claims.sub}`,
    name: name ?? asString(claims['name']) ?? 'Name not given',
    ...said.identifiers,
    role: found.role,
    ...(assurance && { assurance }),
    evidence: {
      'user.key': 'id_token',
      'user.name': name === undefined ? 'id_token' : 'Practitioner',
      ...said.evidence,
      role: found.by,
      ...(assurance && { assurance: 'id_token' }),
    },
  };
}

/** National and professional identifiers. Two that contradict each other are no identity (smart.md §5 row 44). */
function readIdentifiers(practitioner: Resource, claims: IdClaims) {
  const held = sdsUserIdOf(practitioner);
  const claimed = asString(claims['nhsid_useruid']);
  if (held !== undefined && claimed !== undefined && held !== claimed)
    throw new CorridorError('launch.no_identity', 'two SDS user ids');
  const sdsUserId = held ?? claimed;
  const sdsRoleProfileId = asString(claims['selected_roleid']);
  const professionalId = professionalIdOf(practitioner);
  return {
    identifiers: {
      ...(sdsUserId !== undefined && { sdsUserId }),
      ...(sdsRoleProfileId !== undefined && { sdsRoleProfileId }),
      ...(professionalId && { professionalId }),
    },
    evidence: {
      ...(sdsUserId !== undefined && { 'user.sdsUserId': held === undefined ? 'id_token' : 'Practitioner' }),
      ...(sdsRoleProfileId !== undefined && { 'role.sdsRoleProfileId': 'id_token' }),
      ...(professionalId && { 'user.professionalId': 'Practitioner' }),
    },
  };
}

function professionalIdOf(practitioner: Resource): { readonly system: string; readonly value: string } | undefined {
  return asObjects(practitioner['identifier']).flatMap((identifier) => {
    const [system, value] = [asString(identifier['system']), asString(identifier['value'])?.trim()];
    return system !== undefined && REGISTERS.test(system) && value ? [{ system, value: value.toUpperCase() }] : [];
  })[0];
}

/** OpenID Connect Core §2 and NHS CIS2; texts only, a few of them. */
function readAssurance(claims: IdClaims): LaunchUser['assurance'] {
  const acr = asString(claims['acr'])?.slice(0, 128);
  const aal = asString(claims['authentication_assurance_level'])?.slice(0, 128);
  const listed: unknown = claims['amr'];
  const amr = Array.isArray(listed) ? listed.filter((one) => typeof one === 'string').slice(0, 16) : [];
  if (acr === undefined && aal === undefined && amr.length === 0) return undefined;
  return { ...(acr !== undefined && { acr }), ...(aal !== undefined && { aal }), ...(amr.length > 0 && { amr }) };
}

/** Relative, or absolute under this EPR's own base; a clinician's type; an id and nothing more (row 47). */
export function parseFhirUser(
  fhirUser: string | undefined,
  { launch }: Pick<LaunchMember, 'launch'>,
): { readonly type: 'Practitioner' | 'PractitionerRole'; readonly id: string } {
  const base = launch.iss.endsWith('/') ? launch.iss : `${launch.iss}/`;
  const local = fhirUser?.startsWith(base) ? fhirUser.slice(base.length) : fhirUser;
  const [type, id, ...rest] = local?.split('/') ?? [];
  if ((type !== 'Practitioner' && type !== 'PractitionerRole') || id === undefined || !ID.test(id) || rest.length > 0)
    throw new CorridorError('launch.no_identity', 'fhirUser');
  return { type, id };
}

/** The role the user signed in with when the token says so; else what their PractitionerRoles agree on. Never a guess. */
async function findRole(
  claims: IdClaims,
  own: Resource | undefined,
  practitionerId: string,
  member: LaunchMember,
  read: FhirRead,
): Promise<{ readonly role: string; readonly by: 'id_token' | 'PractitionerRole' }> {
  const { roleMap } = member.launch;
  const claimed = roleFromClaims(claims, roleMap);
  if (claimed.said) {
    if (claimed.role === undefined) throw new CorridorError('launch.role_unmapped', 'claim');
    return { role: claimed.role, by: 'id_token' };
  }
  const held = own ? [own] : await searchRoles(practitionerId, read);
  const mapped = new Set(
    held.flatMap((resource) => codesOf(resource['code'])).flatMap((code) => lookUpRole(code, roleMap) ?? []),
  );
  const [role] = mapped;
  if (role === undefined || mapped.size !== 1)
    throw new CorridorError('launch.role_unmapped', mapped.size > 1 ? 'several' : 'none');
  return { role, by: 'PractitionerRole' };
}

async function searchRoles(practitionerId: string, read: FhirRead): Promise<readonly Resource[]> {
  const bundle = await read(`PractitionerRole?practitioner=Practitioner/${practitionerId}`, 'Bundle');
  return asObjects(bundle?.['entry'])
    .map((entry) => asObject(entry['resource']))
    .filter((resource) => resource?.['resourceType'] === 'PractitionerRole' && asBoolean(resource['active']) !== false)
    .filter(
      (resource) => localId(asObject(resource?.['practitioner'])?.['reference']) === practitionerId,
    ) as Resource[];
}

function practitionerOf(role: Resource, { launch }: LaunchMember): string {
  const reference = asString(asObject(role['practitioner'])?.['reference']);
  const parsed = parseFhirUser(reference, { launch });
  if (parsed.type !== 'Practitioner') throw new CorridorError('launch.no_identity', 'PractitionerRole.practitioner');
  return parsed.id;
}

function localId(reference: unknown): string | undefined {
  return /(?:^|\/)Practitioner\/([A-Za-z0-9\-.]{1,64})$/.exec(asString(reference) ?? '')?.[1];
}

function sdsUserIdOf(practitioner: Resource): string | undefined {
  return asString(
    asObjects(practitioner['identifier']).find((identifier) => identifier['system'] === SDS_USER_ID)?.['value'],
  );
}

function nameOf(practitioner: Resource): string | undefined {
  const name = asObjects(practitioner['name']).find((candidate) => candidate['use'] !== 'old');
  return name && (asString(name['text']) ?? joinName(name));
}

function joinName(name: Json): string | undefined {
  const words = ['prefix', 'given', 'family'].flatMap((part) => {
    const value = name[part];
    return (Array.isArray(value) ? value : [value]).map(asString).filter((word) => word !== undefined);
  });
  return words.length > 0 ? words.join(' ') : undefined;
}

async function must(answer: Promise<Resource | undefined>): Promise<Resource> {
  const resource = await answer;
  if (!resource) throw new CorridorError('launch.no_identity', 'fhirUser could not be read');
  return resource;
}
