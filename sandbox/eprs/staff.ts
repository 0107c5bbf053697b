import type { Resource } from '../../src/record/resource.ts';
import type { SandboxOrganisation, SandboxUser } from '../community.ts';

/** The organisation itself and a Practitioner with a role for each user, where the records do not bring them already. */
export function withStaff(organisation: SandboxOrganisation, resources: readonly Resource[]): readonly Resource[] {
  const held = new Set(resources.map((resource) => `${resource.resourceType}/${String(resource.id)}`));
  const roles = new Set(
    resources.filter((resource) => resource.resourceType === 'PractitionerRole').map(practitionerOf),
  );
  const added: Resource[] = [];
  const own = {
    resourceType: 'Organization',
    id: organisation.ods,
    identifier: [odsCode(organisation.ods)],
    active: true,
    name: organisation.name,
  };
  if (!held.has(`Organization/${organisation.ods}`)) added.push(own);
  for (const user of organisation.users) {
    if (!held.has(`Practitioner/${user.practitionerId}`)) added.push(practitioner(user));
    if (!roles.has(`Practitioner/${user.practitionerId}`)) added.push(practitionerRole(user, organisation));
  }
  return [...resources, ...added];
}

function practitioner(user: SandboxUser): Resource {
  return {
    resourceType: 'Practitioner',
    id: user.practitionerId,
    identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: user.sdsUserId }],
    active: true,
    name: [{ use: 'official', text: user.name }],
  };
}

function practitionerRole(user: SandboxUser, organisation: SandboxOrganisation): Resource {
  const coding = {
    system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName',
    code: user.roleCode,
    display: user.roleName,
  };
  return {
    resourceType: 'PractitionerRole',
    id: `role-${user.practitionerId}`.slice(0, 64),
    active: true,
    practitioner: { reference: `Practitioner/${user.practitionerId}`, display: user.name },
    organization: { identifier: odsCode(organisation.ods), display: organisation.name },
    code: [{ coding: [coding], text: user.roleName }],
  };
}

function odsCode(ods: string) {
  return { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: ods };
}

function practitionerOf(role: Resource): unknown {
  const reference = role['practitioner'];
  return typeof reference === 'object' && reference !== null && 'reference' in reference
    ? reference.reference
    : undefined;
}
