import { asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OrganisationKind } from '../../src/record/source.ts';
import { referencesIn } from '../eprs/references.ts';
import type { SandboxOrganisation, SandboxUser } from '../community.ts';
import type { Holding } from './folder.ts';

const ODS_SYSTEM = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** Words in a name that tell what an organisation does; the first that fits. */
const KINDS: readonly (readonly [RegExp, OrganisationKind])[] = [
  [/hospice/i, 'hospice'],
  [/ambulance/i, 'ambulance'],
  [/council|borough|social care/i, 'council'],
  [/pharmac/i, 'pharmacy'],
  [/urgent care|walk.?in|minor injur/i, 'urgent-care'],
  [/mental|psychiatr|behaviou?ral/i, 'mental-health'],
  [/home (health|care)/i, 'home-care'],
  [/hospital|medical (center|centre|ctr)|infirmary|trust/i, 'acute'],
  [/surgery|practice|family|primary care|medical group|clinic|health cent|physician|pcp|associates/i, 'gp'],
];

/** The organisation a holding belongs to: named by the Organization it is about, else by its file. */
export function readOrganisation(holding: Holding, index: number, taken: Set<string>): SandboxOrganisation {
  const own = ownOrganisation(holding);
  const name = asString(own?.['name']) ?? holding.name.replace(/[_-]+/g, ' ').trim();
  const ods = odsCode(own, index, taken);
  const kind = KINDS.find(([words]) => words.test(name))?.[1] ?? 'community';
  return { ods, name, kind, epr: 'full', users: users(ods) };
}

/** The one Organization there is, or the one most encounters and patients name. */
function ownOrganisation(holding: Holding): Resource | undefined {
  const all = holding.resources.filter((resource) => resource.resourceType === 'Organization');
  const counts = new Map<string, number>();
  for (const resource of holding.resources) {
    for (const { id } of referencesIn([resource['serviceProvider'], resource['managingOrganization']]))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...all].sort((a, b) => (counts.get(String(b.id)) ?? 0) - (counts.get(String(a.id)) ?? 0))[0];
}

function odsCode(organisation: Resource | undefined, index: number, taken: Set<string>): string {
  const given = asObjects(organisation?.['identifier']).find((one) => one['system'] === ODS_SYSTEM)?.['value'];
  const own = typeof given === 'string' && /^[A-Z0-9]{3,10}$/.test(given) && !taken.has(given) ? given : undefined;
  const ods = own ?? `XD${String(index + 1).padStart(3, '0')}`;
  taken.add(ods);
  return ods;
}

/** Records of others bring no one who may sign in here: two people who belong to the sandbox. */
function users(ods: string): readonly SandboxUser[] {
  const prefix = ods.toLowerCase();
  return [
    {
      practitionerId: `${prefix}-sandbox-doctor`,
      name: 'Dr Robin Sandbox',
      roleCode: 'R8000',
      roleName: 'Clinical Practitioner Access Role',
      sdsUserId: '555999000001',
    },
    {
      practitionerId: `${prefix}-sandbox-nurse`,
      name: 'Jo Sandbox',
      roleCode: 'R8001',
      roleName: 'Nurse Access Role',
      sdsUserId: '555999000002',
    },
  ];
}
