import { buildConflict } from '../build-conflict.ts';
import type { Caution, Entry, EntryState } from '../entry.ts';
import type { Conflict, Fact } from '../fact.ts';
import { normaliseWords, readCode, readConcepts, type Coded } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { readReferenceName, readReferenceNames, refersTo } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, entryIdOf, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { readTelecom, type Telecom } from '../fhir/telecom.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { personName, waysToReach } from './same-person.ts';

/**
 * Professional contacts (PRSB Local Authority information: name, role, key worker, team, organisation, contact, start and
 * end). One entry for each member of a CareTeam; a team that names nobody is an entry itself. The general practitioner of
 * a Patient is in demographics, where the rule for restricted whereabouts covers it.
 */
export type ProfessionalContactEntry = Entry & {
  readonly section: 'professional-contacts';
  readonly kind: 'member' | 'team';
  /** Absent for a team, and for a post nobody is named in. */
  readonly name?: string;
  readonly roles: readonly string[];
  readonly keyWorker: boolean;
  readonly team?: string;
  readonly organisation?: string;
  readonly telecom: readonly Telecom[];
  /** What the team is for. */
  readonly reasons: readonly string[];
};

/** CareTeam.status. A suspended team is on hold, not gone. */
export const TEAM_STATES: { readonly [status: string]: EntryState } = {
  proposed: 'planned',
  active: 'current',
  suspended: 'current',
  inactive: 'past',
  'entered-in-error': 'in-error',
};
export const TEAM_CAUTIONS: { readonly [status: string]: Caution } = { proposed: 'unconfirmed' };

/** The person whom others should ask first. Only these words: a "care co-ordinator" of a practice is an office, not this. */
const KEY_WORKER =
  /\b(key ?-?worker|lead professional|named (?:social worker|worker|professional|nurse)|allocated (?:social )?worker|cpa care co-?ordinator)\b/;

export const professionalContacts: Section<ProfessionalContactEntry> = {
  id: 'professional-contacts',
  heading: 'Professional contacts',
  groupedBy: 'person',
  reads: ['CareTeam'],
  window: null,

  read(resource, context) {
    const members = asObjects(resource['participant']).filter((participant) => !isPatient(participant));
    const entries = members.flatMap((member, index) => readMember(resource, member, index, context) ?? []);
    const team = entries.length === 0 ? readTeam(resource, context) : undefined;
    const missed = entries.length < members.length ? unreadable(resource, context, 'participant').unread : [];
    if (entries.length === 0 && !team) return unreadable(resource, context, 'participant');
    return { entries: team ? [team] : entries, unread: missed };
  },

  // One colleague named by two teams' records: same name, title or none, same roles, standing, end and part as key worker.
  // Another team, organisation, start or number of one kind stays apart, for one of two numbers is wrong; what a record
  // leaves out of these is as the others say, while they all say the same.
  identity(entry) {
    const { name } = entry;
    if (name === undefined) return undefined;
    return {
      base: keyOfParts(entry.keyWorker, entry.state, entry.period?.end),
      names: () => [{ reason: 'person', name: personName(name) }],
      details: () => [
        entry.roles.length > 0 ? keyOfParts(...entry.roles.map(normaliseWords).sort()) : undefined,
        entry.team && normaliseWords(entry.team),
        entry.organisation && normaliseWords(entry.organisation),
        entry.period?.start,
        ...waysToReach(entry.telecom),
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, professionalContacts.identity?.(entry));
  },

  conflicts: keyWorkersDiffer,

  // Key worker first, then who is involved now, then by name.
  compare(a, b) {
    return rankOf(a.entries[0]) - rankOf(b.entries[0]) || byWords(a.entries[0].title, b.entries[0].title);
  },
};

function rankOf(entry: ProfessionalContactEntry): number {
  const involved = entry.state === 'current' ? 0 : entry.state === 'unknown' || entry.state === 'planned' ? 2 : 4;
  return involved + (entry.keyWorker ? 0 : 1);
}

function byWords(a: string, b: string): number {
  const [left, right] = [normaliseWords(a), normaliseWords(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function readMember(
  resource: Resource,
  participant: Json,
  index: number,
  context: ReadContext,
): ProfessionalContactEntry | undefined {
  const member = asObjects(participant['member'])[0];
  const target = member && context.resolve(member, resource);
  const post = target?.resourceType === 'PractitionerRole' ? target : undefined;
  const person = post ? context.resolve(asObjects(post['practitioner'])[0], post) : target;
  const name =
    (post && readReferenceName(post['practitioner'], context, post)) ?? readReferenceName(member, context, resource);
  const coded = readConcepts([...asObjects(participant['role']), ...asObjects(post?.['code'])]);
  const roles = [...new Set(coded.map((role) => role.text))];
  const title = name ?? roles[0];
  if (title === undefined) return undefined;
  const organisation =
    readReferenceName(participant['onBehalfOf'], context, resource) ??
    (post && readReferenceName(post['organization'], context, post)) ??
    managing(resource, context);
  return {
    ...teamParts(resource, context, coded, participant['period']),
    id: entryIdOf(resource, context, index + 1),
    kind: 'member',
    title,
    ...(name && { name }),
    roles,
    keyWorker: coded.some(saysKeyWorker),
    ...(organisation && { organisation }),
    telecom: readTelecom([...asObjects(post?.['telecom']), ...asObjects(person?.['telecom'])]),
  };
}

function readTeam(resource: Resource, context: ReadContext): ProfessionalContactEntry | undefined {
  const organisation = managing(resource, context);
  const title = plainText(resource['name']) ?? readConcepts(resource['category'])[0]?.text ?? organisation;
  if (title === undefined) return undefined;
  return {
    ...teamParts(resource, context, [], undefined),
    kind: 'team',
    title,
    roles: [],
    keyWorker: false,
    ...(organisation && { organisation }),
    telecom: readTelecom(resource['telecom']),
  };
}

/** What a member has from the team. Who is in the team is not who said so: the members are left out of the origin. */
function teamParts(resource: Resource, context: ReadContext, roles: readonly Coded[], own: unknown) {
  const status = readCode(resource['status']);
  const period = readPeriod(own) ?? readPeriod(resource['period']);
  const statement = readStatement(resource, context, 'professional-contacts', [
    ...codedCautions(...roles),
    ...cautionsBy(status, TEAM_CAUTIONS),
  ]);
  const { by: _member, ...origin } = statement.origin;
  const team = plainText(resource['name']);
  const date = period?.start;
  return {
    ...statement,
    section: 'professional-contacts' as const,
    origin,
    state: standing(stateBy(status, TEAM_STATES), period, resource),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    ...(period && { period }),
    ...(team && { team }),
    reasons: [
      ...new Set([
        ...readConcepts(resource['reasonCode']).map((reason) => reason.text),
        ...readReferenceNames(resource['reasonReference'], context, resource),
      ]),
    ],
  };
}

function managing(resource: Resource, context: ReadContext): string | undefined {
  return readReferenceNames(resource['managingOrganization'], context, resource)[0];
}

function saysKeyWorker(role: Coded): boolean {
  return [role.text, ...role.codings.flatMap((coding) => coding.display ?? [])].some((text) =>
    KEY_WORKER.test(normaliseWords(text)),
  );
}

function isPatient(participant: Json): boolean {
  return refersTo(asObjects(participant['member'])[0], 'Patient');
}

/** Two key workers now, and not the same person: the reader must know whom to call. Both are shown, neither is chosen. */
function keyWorkersDiffer(facts: readonly Fact<ProfessionalContactEntry>[]): readonly Conflict[] {
  const standingNow = facts.filter(
    ({ entries: [entry] }) => entry.keyWorker && (entry.state === 'current' || entry.state === 'unknown'),
  );
  const people = new Set(standingNow.map(({ entries: [entry] }) => personName(entry.title)));
  return people.size > 1 ? [buildConflict('key-workers-differ', 'professional-contacts', standingNow)] : [];
}
