import { stringify } from 'yaml';
import type { OrganisationKind } from '../src/record/source.ts';
import type { SandboxCommunity, SandboxOrganisation } from './community.ts';
import { NOTICE_SCOPE } from './eprs/scopes.ts';
import { exampleResidents } from './example-residents.ts';
import type { Door } from './eprs/doors/door.ts';
import { inboxEntry, teamEntries } from './teams.ts';

/** What a practice with letters only has to give: who the person is, and every heading under which a letter may stand. */
const LETTERS = [
  'demographics',
  'gp-practice',
  'personal-contacts',
  'documents',
  'about-me',
  'legal-information',
  'end-of-life-care',
  'contingency-plans',
  'supporting-plans',
];

/** Where an organisation's EPR is reached. */
export type EprAddress = {
  readonly origin: string;
  readonly fhirBase: string;
  readonly issuer: string;
  readonly pointerKeys?: string;
  readonly inboxKeys?: string;
  readonly notices?: { readonly topic: string; readonly keys: string };
  readonly door?: Pick<Door, 'host' | 'plugins'>;
};

/** Who must take on what, and until when; what nobody does is on the list of the community trust. */
const HANDOVERS = {
  subscriptionDays: 90,
  lead: { address: 'XB201/coordination', afterHours: 48 },
  rules: [
    {
      id: 'discharge',
      kinds: ['discharge', 'transfer'],
      from: ['acute', 'independent-hospital'],
      to: [
        { practice: 'duty' },
        { involved: ['community'], team: 'nursing' },
        { involved: ['council'], team: 'adults' },
      ],
      withinHours: 24,
    },
    { id: 'step-down', kinds: ['step-down'], to: [{ practice: 'duty' }], withinHours: 48 },
    { id: 'conveyance', kinds: ['conveyance'], from: ['ambulance'], to: [{ practice: 'duty' }], withinHours: 72 },
    { id: 'attendance', kinds: ['attendance'], to: [{ practice: 'duty' }], withinHours: 72 },
  ],
};

const CLINICAL = [
  'demographics',
  'risks',
  'alerts',
  'safeguarding',
  'individual-requirements',
  'legal-information',
  'pregnancy-status',
  'family-history',
  'social-context',
  'assessments',
  'participation-in-research',
  'end-of-life-care',
  'problems',
  'medications',
  'allergies',
  'procedures',
  'encounters',
  'documents',
  'care-plans',
  'about-me',
  'services-and-care',
  'professional-contacts',
  'personal-contacts',
  'vaccinations',
  'appointments',
  'gp-practice',
  'local-authority',
  'referrals',
  'admissions',
  'discharges',
  'equipment',
  'support-reason',
  'medical-devices',
  'supporting-plans',
  'contingency-plans',
];

const ROLES = [
  { id: 'gp', name: 'General practitioner', sections: 'all', clearance: 'R', emergency: true },
  { id: 'hospital-doctor', name: 'Hospital doctor', sections: 'all', clearance: 'R', emergency: true },
  {
    id: 'specialist',
    name: 'Community or mental health practitioner',
    sections: 'all',
    clearance: 'R',
    emergency: true,
  },
  { id: 'nurse', name: 'Nurse', sections: 'all', clearance: 'N' },
  { id: 'pharmacist', name: 'Pharmacist', sections: 'all', clearance: 'N' },
  { id: 'allied-health', name: 'Allied health professional', sections: 'all', clearance: 'N' },
  { id: 'paramedic', name: 'Paramedic', sections: 'all', clearance: 'N', emergency: true },
  { id: 'social-worker', name: 'Social worker', sections: CLINICAL, clearance: 'N' },
];

/**
 * National access roles to roles of the community, for each kind of organisation. Administrative staff (R8008) are left
 * out on purpose: they can open a chart, and the shared record says why it does not open for them.
 */
function roleMap(kind: OrganisationKind): Record<string, string> {
  const doctor = kind === 'gp' || kind === 'out-of-hours' ? 'gp' : ACUTE.has(kind) ? 'hospital-doctor' : 'specialist';
  const professional = PROFESSIONALS[kind] ?? 'allied-health';
  return { R0260: 'gp', R8000: kind === 'ambulance' ? 'paramedic' : doctor, R8001: 'nurse', R8003: professional };
}

/** Most members take the acting user with the assertion (P1); these also sign each request, or exchange a token (P2). */
const PROFILES: { readonly [ods: string]: { readonly profile: string; readonly header?: 'number' | 'hash' } } = {
  XB101: { profile: 'smart-b2b', header: 'number' },
  XB102: { profile: 'token-exchange' },
  XB211: { profile: 'token-exchange', header: 'hash' },
};

const ACUTE: ReadonlySet<OrganisationKind> = new Set(['acute', 'independent-hospital', 'urgent-care']);
const PROFESSIONALS: { readonly [kind in OrganisationKind]?: string } = {
  ambulance: 'paramedic',
  council: 'social-worker',
  'home-care': 'social-worker',
  pharmacy: 'pharmacist',
};

/** The community as its own file says it: what a real community writes by hand, the sandbox writes for itself. */
export function writeCommunityFile(
  community: SandboxCommunity,
  addressOf: (ods: string) => EprAddress | undefined,
  demographics?: { readonly base: string; readonly tokenEndpoint: string },
): string {
  const file = {
    corridor: 1,
    name: community.name,
    environment: 'test',
    locator: 'pointers',
    ...(demographics && { trace: traceEntry(demographics) }),
    pathways: [
      {
        id: 'direct-care',
        name: 'Direct care',
        purpose: 'direct-care',
        askers: 'all',
        givers: 'all',
        from: '2026-01-01',
      },
    ],
    roles: ROLES,
    ...(community.stories && { examples: exampleResidents(community) }),
    ...(community.stories && { handovers: HANDOVERS }),
    organisations: community.organisations.map((organisation) =>
      organisationEntry(organisation, addressOf(organisation.ods), community.organisations),
    ),
  };
  return stringify(file, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function traceEntry({ base, tokenEndpoint }: { readonly base: string; readonly tokenEndpoint: string }): object {
  const authorisation = { profile: 'nhsd-headers', tokenEndpoint, clientId: 'corridor', allowLoopbackHttp: true };
  return { base, search: 'get', checksNumbers: true, authorisation };
}

function organisationEntry(
  organisation: SandboxOrganisation,
  address: EprAddress | undefined,
  all: readonly SandboxOrganisation[],
): object {
  const { ods, name, kind } = organisation;
  if (!address) return { ods, name, kind };
  const { inboxKeys } = address;
  const inbox = inboxKeys === undefined ? undefined : inboxEntry(organisation, { ...address, inboxKeys }, all);
  const teams = teamEntries(organisation, { source: sourceIdOf(organisation), inbox: inbox !== undefined });
  const launch = {
    plugin: 'smart-launch',
    ...(address.door?.host !== undefined && { host: address.door.host }),
    iss: address.fhirBase,
    issuers: [address.issuer],
    clientId: 'corridor',
    clientAuthentication: 'private_key_jwt',
    allowedOrigins: [address.origin],
    frameAncestors: [address.origin],
    nonce: 'required',
    allowLoopbackHttp: true,
    readsCare: true,
    // From the home page, with nobody's chart open.
    ...(teams.length > 0 && { withoutPatient: 'inbox' }),
    roles: roleMap(kind),
  };
  const authorisation = {
    profile: PROFILES[ods]?.profile ?? 'smart-b2b',
    tokenEndpoint: `${address.issuer}/token`,
    clientId: 'corridor',
    scopes: `system/*.rs${address.notices ? ` ${NOTICE_SCOPE}` : ''}`,
    allowLoopbackHttp: true,
    ...(PROFILES[ods]?.header && { actingContextHeader: PROFILES[ods].header }),
  };
  const source = {
    id: sourceIdOf(organisation),
    plugin: 'fhir-r4',
    base: address.fhirBase,
    authorisation,
    deadlineMs: 8_000,
    ...(organisation.epr === 'documents-only' && { offers: LETTERS }),
    // People tell their practice when they object to sharing.
    ...(kind === 'gp' && { keepsObjections: true }),
    // Systems of one kind open at an item, by their own sign-in.
    ...(kind === 'acute' && { chart: `${address.origin}/items/{patient}/{type}/{id}` }),
    ...(address.pointerKeys !== undefined && { pointers: { jwksUri: address.pointerKeys } }),
    ...(inbox && { inbox }),
    ...(organisation.epr === 'full' && { notices: noticesEntry(address) }),
  };
  const plugins = address.door?.plugins(roleMap(kind)) ?? {};
  const opens = organisation.users.length > 0 && { launch, ...(Object.keys(plugins).length > 0 && { plugins }) };
  return { ods, name, kind, ...opens, ...(teams.length > 0 && { teams }), sources: [source] };
}

/** Told by itself where it can, asked what has changed where it can't. */
function noticesEntry({ notices }: EprAddress): object {
  return notices ? { by: 'subscription', topics: [notices.topic], jwksUri: notices.keys } : { by: 'polling' };
}

/** The one source of an organisation, as its entry names it. */
export function sourceIdOf({ ods, name }: Pick<SandboxOrganisation, 'ods' | 'name'>): string {
  return `${slug(name)}-${ods.toLowerCase()}`;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
    .replace(/-$/, '');
}
