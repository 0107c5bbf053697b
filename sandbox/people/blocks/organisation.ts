import type { Resource } from '../../../src/record/resource.ts';
import { memberOf } from '../organisations.ts';
import { STAFF, type StaffMember } from '../staff.ts';
import { hl7, SYSTEM, ukCore } from './codes.ts';

/** The organisation itself, its main site and its staff: what the references of its records lead to. */
export function organisationResources(ods: string): readonly Resource[] {
  return [organisation(ods), location(ods), ...STAFF.filter((member) => member.ods === ods).flatMap(staffResources)];
}

const META = { versionId: '1', lastUpdated: '2024-01-08T09:00:00+00:00' };

function organisation(ods: string): Resource {
  const member = memberOf(ods);
  return {
    resourceType: 'Organization',
    id: ods,
    meta: { ...META, profile: [ukCore('UKCore-Organization')] },
    identifier: [{ system: SYSTEM.ods, value: ods }],
    active: true,
    type: [hl7('organization-type', 'prov', 'Healthcare Provider')],
    name: member.name,
    telecom: [{ system: 'phone', value: member.phone, use: 'work' }],
    address: [{ line: [member.address.line], city: member.address.city, postalCode: member.address.postcode }],
  };
}

function location(ods: string): Resource {
  const member = memberOf(ods);
  return {
    resourceType: 'Location',
    id: `${ods}-main`,
    meta: { ...META, profile: [ukCore('UKCore-Location')] },
    status: 'active',
    name: member.name,
    mode: 'instance',
    address: { line: [member.address.line], city: member.address.city, postalCode: member.address.postcode },
    managingOrganization: { reference: `Organization/${ods}` },
  };
}

function staffResources(member: StaffMember): readonly Resource[] {
  const practitioner = {
    resourceType: 'Practitioner',
    id: member.id,
    meta: { ...META, profile: [ukCore('UKCore-Practitioner')] },
    identifier: [{ system: SYSTEM.sdsUser, value: member.sds }],
    active: true,
    name: [
      {
        use: 'official',
        family: member.family,
        given: [member.given],
        ...(member.prefix && { prefix: [member.prefix] }),
      },
    ],
  };
  const role = {
    resourceType: 'PractitionerRole',
    id: `role-${member.id}`,
    meta: { ...META, profile: [ukCore('UKCore-PractitionerRole')] },
    active: true,
    practitioner: { reference: `Practitioner/${member.id}` },
    organization: { reference: `Organization/${member.ods}` },
    code: [
      {
        ...(member.role && { coding: [{ system: SYSTEM.sdsRole, code: member.role.code, display: member.role.name }] }),
        text: member.job,
      },
    ],
    telecom: [{ system: 'phone', value: memberOf(member.ods).phone, use: 'work' }],
  };
  return [practitioner, role];
}
