import { asBoolean, asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { FhirRead } from './fhir-read.ts';
import type { IdClaims } from './id-token.ts';
import { codesOf, lookUpRole, roleFromClaims } from './role.ts';

/** Who is asking, as the home EPR says: never as the browser does. */
export type LaunchUser = {
  readonly key: string;
  readonly name: string;
  readonly sdsUserId?: string;
  readonly role: string;
};

const SDS_USER_ID = 'https://fhir.nhs.uk/Id/sds-user-id';
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
  const sdsUserId = sdsUserIdOf(practitioner) ?? asString(claims['nhsid_useruid']);
  return {
    key: `${claims.iss}|${claims.sub}`,
    name: nameOf(practitioner) ?? asString(claims['name']) ?? 'Name not given',
    ...(sdsUserId !== undefined && { sdsUserId }),
    role: await findRole(claims, role, practitionerId, member, read),
  };
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
): Promise<string> {
  const { roleMap } = member.launch;
  const claimed = roleFromClaims(claims, roleMap);
  if (claimed.said) {
    if (claimed.role === undefined) throw new CorridorError('launch.role_unmapped', 'claim');
    return claimed.role;
  }
  const held = own ? [own] : await searchRoles(practitionerId, read);
  const mapped = new Set(
    held.flatMap((resource) => codesOf(resource['code'])).flatMap((code) => lookUpRole(code, roleMap) ?? []),
  );
  const [role] = mapped;
  if (role === undefined || mapped.size !== 1)
    throw new CorridorError('launch.role_unmapped', mapped.size > 1 ? 'several' : 'none');
  return role;
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
