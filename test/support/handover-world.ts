import { randomUUID } from 'node:crypto';
import { createDecide } from '../../launcher/access/decide.ts';
import { createPolicy } from '../../launcher/access/policy.ts';
import { createRedaction, hidesPlaces, ruleFor } from '../../launcher/access/redact.ts';
import { dayOf } from '../../launcher/access/day.ts';
import type { PermittedRequest } from '../../launcher/access/decision.ts';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { createLists, type HandoverLists } from '../../launcher/handovers/lists.ts';
import type { Reader } from '../../launcher/handovers/look.ts';
import type { HandoverGround } from '../../launcher/handovers/ports.ts';
import { createRoom } from '../../launcher/handovers/room.ts';
import { createSubscribe, type Subscribe } from '../../launcher/handovers/subscribe.ts';
import type { KnownPeople } from '../../launcher/handovers/whom.ts';
import { createTell, type Tell } from '../../launcher/handovers/tell.ts';
import { startWorker, type HandoverWorker } from '../../launcher/handovers/worker.ts';
import { findPerson } from '../../launcher/federation/find-person.ts';
import { matchPatient } from '../../launcher/identity/match.ts';
import { locate } from '../../launcher/identity/locate.ts';
import { isAbout } from '../../launcher/identity/subject.ts';
import { createTeams } from '../../launcher/messaging/teams.ts';
import { createVault } from '../../launcher/messaging/vault.ts';
import { sameSecret } from '../../launcher/routes/same-secret.ts';
import type { Session } from '../../launcher/session/session.ts';
import type { Database } from '../../launcher/storage/database.ts';
import type { Community } from '../../launcher/trust/community.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { SourceTrouble, type SourceAsk, type SourceConnection, type TopicOrder } from '../../plugins/plugin.ts';
import type { AddressBookEntry } from '../../src/messages/thread.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';

export const NUMBER = '9990000018' as NhsNumber;
export const OTHER_NUMBER = '9990000026' as NhsNumber;
export const START = Date.parse('2026-11-22T09:00:00.000Z');
export const HOUR = 3_600_000;

const source = (id: string, notices: string, more = ''): string =>
  `      - { id: ${id}, plugin: fhir-r4, base: 'https://${id}.example/fhir', authorisation: { profile: none }, notices: ${notices}${more} }`;

export const handoverFile = (more = ''): string => `corridor: 1
name: Ousebridge Shared Care
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: R }
  - { id: hospital-doctor, name: Hospital doctor, sections: all, clearance: R }
  - { id: nurse, name: Nurse, sections: all, clearance: N }
  - { id: social-worker, name: Social worker, sections: [demographics, encounters, admissions, discharges, services-and-care], clearance: N }
handovers:
  subscriptionDays: 30
  lead: { address: XB201/lead, afterHours: 48 }
  rules:
    - { id: discharge, kinds: [discharge], from: [acute], to: [{ practice: duty }, { involved: [community, council], team: intake }], withinHours: 24 }
    - { id: conveyance, kinds: [conveyance], to: [{ practice: duty }], withinHours: 72 }
${more}organisations:
${[
  'XB001 gp Northcliffe_Surgery',
  'XB002 gp Ferrygate',
  'XB101 acute Infirmary',
  'XB201 community Community_Trust',
  'XB401 council City_Council',
]
  .map((line) => line.split(' '))
  .map(
    ([ods = '', kind = '', name = '']) => `  - ods: ${ods}
    name: ${name.replace('_', ' ')}
    kind: ${kind}
    launch: { plugin: smart-launch, iss: 'https://${ods.toLowerCase()}.example/fhir', issuers: ['https://${ods.toLowerCase()}.example'], clientId: corridor, clientAuthentication: public, allowedOrigins: ['https://${ods.toLowerCase()}.example'], frameAncestors: ['https://${ods.toLowerCase()}.example'], roles: { R1: gp } }
    teams:
${teamsOf(ods)}
    sources:
${sourcesOf(ods)}`,
  )
  .join('\n')}
`;

function teamsOf(ods: string): string {
  const team = (id: string, role: string, more = ''): string =>
    `      - { id: ${id}, name: ${id}, roles: [${role}]${more} }`;
  if (ods === 'XB101') return team('ward', 'hospital-doctor');
  if (ods === 'XB201') return `${team('intake', 'nurse', ', escalatesTo: XB201/lead')}\n${team('lead', 'gp')}`;
  if (ods === 'XB401') return team('intake', 'social-worker');
  return team('duty', 'gp');
}

function sourcesOf(ods: string): string {
  if (ods === 'XB101')
    return source('infirmary', "{ by: subscription, topics: ['https://infirmary.example/SubscriptionTopic/care'] }");
  if (ods === 'XB401') return source('council', '{ by: polling }');
  return `      - { id: ${ods.toLowerCase()}, plugin: fhir-r4, base: 'https://${ods.toLowerCase()}.example/fhir', authorisation: { profile: none } }`;
}

export function communityOf(text = handoverFile()): Community {
  const parsed = parseCommunity(text, PLUGINS);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ field, message }) => `${field} ${message}`).join('; '));
  return parsed.community;
}

/** A source in memory: what it holds, what it was asked, and what it was asked to tell. */
export class FakeSource {
  readonly resources = new Map<string, Resource>();
  readonly asks: SourceAsk[] = [];
  readonly orders: TopicOrder[] = [];
  readonly ended: string[] = [];
  down = false;
  tells = true;
  knows = true;
  cut = false;
  patient: Resource = {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NUMBER }],
    name: [{ use: 'official', family: 'Bedford', given: ['Margaret'] }],
    birthDate: '1941-03-07',
    generalPractitioner: [{ identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB001' } }],
  };

  put(resource: Resource, at: number): void {
    const meta = { versionId: String(this.resources.size + 1), lastUpdated: new Date(at).toISOString() };
    const own = (resource['meta'] as object | undefined) ?? {};
    this.resources.set(`${resource.resourceType}/${String(resource.id)}`, { ...resource, meta: { ...meta, ...own } });
  }

  connection(): SourceConnection {
    const check = (): void => {
      if (this.down) throw new SourceTrouble('source.unavailable', 'down');
    };
    return {
      findPatients: () => {
        check();
        return Promise.resolve(this.knows ? [this.patient] : []);
      },
      fetch: (ask) => this.#pages(ask),
      fetchDocument: () => Promise.resolve(null),
      ...(this.tells && {
        subscribe: (order: TopicOrder) => {
          check();
          this.orders.push(order);
          return Promise.resolve([`sub${String(this.orders.length)}`]);
        },
        unsubscribe: (ids: readonly string[]) => {
          this.ended.push(...ids);
          return Promise.resolve();
        },
      }),
    };
  }

  async *#pages(ask: SourceAsk) {
    this.asks.push(ask);
    await Promise.resolve();
    for (const type of ask.types) {
      const found = [...this.resources.values()].filter(({ resourceType }) => resourceType === type);
      const end =
        this.cut && type === 'Encounter'
          ? ({ state: 'truncated', code: 'source.truncated', received: found.length } as const)
          : ({ state: 'complete', received: found.length } as const);
      yield { type, resources: found, end };
    }
  }
}

export type HandoverWorld = {
  readonly clock: { ms: number };
  readonly audit: AuditEvent[];
  readonly ground: HandoverGround;
  readonly sources: ReadonlyMap<string, FakeSource>;
  /** Whom the address book names. */
  readonly people: { entries: readonly AddressBookEntry[]; unheard: KnownPeople['unheard'] };
  readonly infirmary: FakeSource;
  readonly council: FakeSource;
  readonly failures: string[];
  /** What the metrics were told of the room. */
  readonly rooms: boolean[];
  /** Sources that no rule lets anybody ask. */
  readonly barred: Set<string>;
  readonly subscribe: Subscribe;
  readonly lists: HandoverLists;
  readonly tell: Tell;
  readonly worker: HandoverWorker;
  /** A second launcher on the same store, with a worker of its own. */
  secondWorker(): HandoverWorker;
  session(ods: string, role: string, more?: Partial<Session['context']>): Session;
  reader(session: Session): Reader & { readonly patient: Patient };
  stop(): Promise<void>;
};

export const LIMITS = { tickMs: 3_600_000, pollMs: 60_000, heartbeatMs: 60_000, leaseMs: 30_000, keepDays: 3_660 };

export function openHandoverWorld(database: Database, community = communityOf(), most = 1_000): HandoverWorld {
  const clock = { ms: START };
  const now = (): number => clock.ms;
  const audit: AuditEvent[] = [];
  const failures: string[] = [];
  const rooms: boolean[] = [];
  const infirmary = new FakeSource();
  const council = new FakeSource();
  const sources = new Map([
    ['infirmary', infirmary],
    ['council', council],
  ]);
  const policy = createPolicy(community);
  const { handovers: agreement } = community;
  if (!agreement) throw new Error('the file has no handovers');
  const teams = createTeams(community);
  const ground: HandoverGround = {
    community,
    agreement,
    teams,
    vault: createVault(Buffer.alloc(32, 7)),
    database,
    audit: {
      record: (event) => Promise.resolve(void audit.push(event)),
      recordAll: (events) => Promise.resolve(void audit.push(...events)),
    },
    newId: randomUUID,
    now,
  };
  const people: HandoverWorld['people'] = { entries: [], unheard: [] };
  const barred = new Set<string>();
  const judged = createDecide({ community, policy, now });
  const decide: typeof judged = async (session, ask) => {
    const decided = await judged(session, ask);
    if ('code' in decided || barred.size === 0) return decided;
    const refusal = { state: 'withheld', rule: 'test.barred' } as const;
    return {
      ...decided,
      permitted: new Map([...decided.permitted].filter(([id]) => !barred.has(id))),
      refused: new Map([...decided.refused, ...[...barred].map((id) => [sourceId(id), refusal] as const)]),
    };
  };
  const ruleOf = ({ session: { context }, standings }: PermittedRequest) => {
    const role = policy.role(context.role);
    if (!role) throw new Error('no role');
    return ruleFor(role, context.patient, standings);
  };
  const agreed = (asker: OdsCode, giver: OdsCode): boolean =>
    policy.agreed({ ods: asker }, { ods: giver }, 'direct-care', dayOf(now()));
  const onFailure = (event: string): void => void failures.push(event);
  const workers: HandoverWorker[] = [];
  const newWorker = (): HandoverWorker => {
    const worker = startWorker({
      ...ground,
      decide,
      locate,
      redactor: (request) => createRedaction(ruleOf(request)),
      open: (id) => {
        const fake = sources.get(id);
        if (!fake) throw new SourceTrouble('source.unavailable', 'none');
        return { ...fake.connection(), requestId: randomUUID() };
      },
      findPerson: (id, located, connection, signal) =>
        findPerson(id, located, connection, { match: (asked, found) => matchPatient(asked, found, now()) }, signal),
      isAbout,
      deadlineMs: () => 5_000,
      agreed,
      limits: LIMITS,
      endpoint: (id) => `https://corridor.example/notify/${id}`,
      onFailure,
    });
    workers.push(worker);
    return worker;
  };
  const worker = newWorker();
  const room = createRoom({ ...ground, most, onRoom: (full) => void rooms.push(full) });
  return {
    rooms,
    clock,
    audit,
    ground,
    sources,
    people,
    infirmary,
    council,
    failures,
    barred,
    worker,
    subscribe: createSubscribe({ ...ground, room, pollMs: LIMITS.pollMs, onFailure }),
    lists: createLists({
      ...ground,
      room,
      decide: (session) => decide(session, { kind: 'record' }),
      hidesPlaces: (request) => hidesPlaces(ruleOf(request)),
      wordsOf: (rule) => `the rule ${rule}`,
      agreed,
      people: (_session, _signal, only) =>
        Promise.resolve({
          ...people,
          entries: people.entries.filter(({ address }) => only === undefined || address === only),
        }),
    }),
    tell: createTell({ ...ground, heartbeatMs: LIMITS.heartbeatMs, sameSecret, nudge: () => undefined }),
    secondWorker: newWorker,
    session: (ods, role, more = {}) => sessionOf(ods, role, clock.ms, more),
    reader: (session) => ({
      session,
      addresses: teams.places(session.context.home.ods, session.context.role),
      patient: session.context.patient,
    }),
    stop: async () => void (await Promise.all(workers.map((one) => one.stop()))),
  };
}

export const MARGARET = {
  nhsNumber: NUMBER,
  family: 'Bedford',
  given: 'Margaret',
  birthDate: '1941-03-07',
} as unknown as Patient;

function sessionOf(ods: string, role: string, nowMs: number, more: Partial<Session['context']>): Session {
  return {
    id: randomUUID(),
    purpose: 'direct-care',
    openedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + 400 * 24 * HOUR).toISOString(),
    context: {
      launchId: randomUUID(),
      home: { ods: ods as OdsCode, iss: `https://${ods.toLowerCase()}.example/fhir` },
      user: { key: `user|${ods}|${role}`, name: `Somebody at ${ods}` },
      role,
      patient: MARGARET,
      homePatientId: 'p1',
      needPatientBanner: true,
      ...more,
    },
  } as unknown as Session;
}

/** A stay in hospital, over unless told. */
export function stay(id = 'e1', more: object = {}): Resource {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: 'Patient/p1' },
    period: { start: '2026-11-18T10:00:00Z', end: '2026-11-22T08:30:00Z' },
    ...more,
  };
}

export const sourceId = (id: string): SourceId => id as SourceId;
