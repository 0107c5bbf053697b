import type { OrganisationKind } from '../src/record/source.ts';
import type { Resource } from '../src/record/resource.ts';
import type { SandboxOrganisation } from './community.ts';

type Team = { readonly id: string; readonly name: string; readonly takes: string; readonly roles: readonly string[] };

const DOCTORS = ['gp', 'hospital-doctor', 'specialist'];
const NURSES = ['nurse', 'allied-health'];

/** Who can be written to at each kind of organisation; the first answers what the others leave. */
const TEAMS: { readonly [kind in OrganisationKind]?: readonly Team[] } = {
  gp: [
    { id: 'duty', name: 'Duty doctor', takes: 'anything urgent about a registered patient', roles: ['gp'] },
    {
      id: 'prescribing',
      name: 'Prescribing team',
      takes: 'questions about doses and repeats; answers in 2 working days',
      roles: ['gp', 'nurse', 'pharmacist', 'allied-health'],
    },
  ],
  acute: [
    { id: 'ward', name: 'Ward team', takes: 'patients on the wards and just home', roles: [...DOCTORS, 'nurse'] },
    {
      id: 'pharmacy',
      name: 'Hospital pharmacy',
      takes: 'medicines on admission and at discharge',
      roles: ['pharmacist', ...NURSES],
    },
  ],
  community: [
    {
      id: 'nursing',
      name: 'Community nursing',
      takes: 'visits at home, wounds, insulin',
      roles: [...DOCTORS, ...NURSES],
    },
    {
      id: 'coordination',
      name: 'Discharge coordination',
      takes: 'transitions that nobody has taken on',
      roles: ['specialist'],
    },
  ],
  'mental-health': [
    { id: 'care-team', name: 'Care coordination', takes: 'people under the team', roles: [...DOCTORS, ...NURSES] },
  ],
  ambulance: [{ id: 'clinical-desk', name: 'Clinical desk', takes: 'conveyances', roles: ['paramedic'] }],
  council: [
    { id: 'adults', name: 'Adult social care', takes: 'packages of care, equipment', roles: ['social-worker'] },
  ],
  hospice: [
    { id: 'advice', name: 'Palliative advice line', takes: 'symptoms and wishes', roles: [...DOCTORS, 'nurse'] },
  ],
  'out-of-hours': [{ id: 'shift', name: 'Shift lead', takes: 'patients seen tonight', roles: ['gp', 'specialist'] }],
};

/** Kinds whose EPR files documents (ITK3), and kinds whose EPR takes FHIR messages; the others are read in Corridor alone. */
const FILES: ReadonlySet<OrganisationKind> = new Set<OrganisationKind>(['gp']);
const TAKES_MESSAGES: ReadonlySet<OrganisationKind> = new Set<OrganisationKind>([
  'acute',
  'community',
  'mental-health',
]);

/** Whether anybody can write to somebody there. */
export function hasTeams({ kind, users }: SandboxOrganisation): boolean {
  return users.length > 0 && TEAMS[kind] !== undefined;
}

/** As its entry in the community file has them; `inbox` is the source whose EPR takes their messages in, where one does. */
export function teamEntries(
  organisation: SandboxOrganisation,
  { source, inbox }: { readonly source: string; readonly inbox: boolean },
): readonly object[] {
  const { ods, kind, users } = organisation;
  if (users.length === 0) return [];
  const [first, ...others] = (TEAMS[kind] ?? []).map((team) => ({
    ...team,
    ...(inbox && { inbox: source }),
    ...(keepsServices(organisation) && { service: { source, id: serviceId(ods, team.id) } }),
  }));
  return [...(first ? [first] : []), ...others.map((team) => ({ ...team, escalatesTo: `${ods}/${first?.id ?? ''}` }))];
}

/** These keep their teams' hours in their EPR; of the others the community file's words are all there is. */
const KEEPS_SERVICES: ReadonlySet<string> = new Set(['XB001', 'XB101', 'XB201', 'XB401']);

function keepsServices({ ods, epr }: SandboxOrganisation): boolean {
  return epr === 'full' && KEEPS_SERVICES.has(ods);
}

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

const HOURS: { readonly [team: string]: object } = {
  duty: { daysOfWeek: WORKDAYS, availableStartTime: '08:00:00', availableEndTime: '18:30:00' },
  ward: { allDay: true },
  nursing: { allDay: true },
};
const OFFICE = { daysOfWeek: WORKDAYS, availableStartTime: '09:00:00', availableEndTime: '17:00:00' };

/** A HealthcareService for each team of an organisation that keeps them. */
export function teamServices(organisation: SandboxOrganisation): readonly Resource[] {
  if (organisation.users.length === 0 || !keepsServices(organisation)) return [];
  const { ods, kind, name } = organisation;
  return (TEAMS[kind] ?? []).map((team) => ({
    resourceType: 'HealthcareService',
    id: serviceId(ods, team.id),
    active: true,
    providedBy: { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: ods }, display: name },
    name: team.name,
    comment: team.takes,
    availableTime: [HOURS[team.id] ?? OFFICE],
  }));
}

function serviceId(ods: string, team: string): string {
  return `${ods.toLowerCase()}-${team}`;
}

/** How messages reach this organisation's EPR. */
export function inboxEntry(
  { kind }: SandboxOrganisation,
  address: { readonly origin: string; readonly inboxKeys: string },
  senders: readonly SandboxOrganisation[],
): object | undefined {
  const acknowledgements = { jwksUri: address.inboxKeys };
  if (TAKES_MESSAGES.has(kind))
    return { plugin: 'fhir-messaging', scopes: 'system/Communication.c', answers: 'later', acknowledgements };
  if (!FILES.has(kind)) return undefined;
  return {
    plugin: 'document-filing',
    base: `${address.origin}/itk`,
    scopes: 'system/DocumentReference.c',
    acknowledgements,
    senders: Object.fromEntries(senders.map(({ ods }, index) => [ods, senderEntry(ods, index)])),
  };
}

/** Telephone numbers that are nobody's (Ofcom keeps 01632 960000 to 960999 free). */
function senderEntry(ods: string, index: number): object {
  return { mailbox: `${ods}OT001`, telephone: `01632 960${String(index).padStart(3, '0')}` };
}
