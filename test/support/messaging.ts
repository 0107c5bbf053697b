import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { createAgain, type TryAgain } from '../../launcher/messaging/again.ts';
import { createAddressBook } from '../../launcher/messaging/address-book.ts';
import { createDeliveryRounds, type DeliveryDeps } from '../../launcher/messaging/delivery-rounds.ts';
import { escalateDue } from '../../launcher/messaging/escalation-worker.ts';
import { releaseHeld } from '../../launcher/messaging/held-back.ts';
import type { Draft } from '../../launcher/messaging/drafts.ts';
import { createInbox, type Inbox } from '../../launcher/messaging/inbox.ts';
import type { Involved } from '../../launcher/messaging/involved.ts';
import { createMessages, type Messages, type MessagesDeps } from '../../launcher/messaging/messages.ts';
import { keepSigners, openVault } from '../../launcher/messaging/open-vault.ts';
import { type MessageJudge, type PatientReader, patientReader } from '../../launcher/messaging/reader.ts';
import { createReceipts } from '../../launcher/messaging/receipts.ts';
import { createSigning } from '../../launcher/messaging/signing.ts';
import { createTeams } from '../../launcher/messaging/teams.ts';
import type { LogDeps } from '../../launcher/messaging/thread-log.ts';
import { createSealing } from '../../launcher/session/seal.ts';
import type { Session } from '../../launcher/session/session.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { openSqlite } from '../../launcher/storage/sqlite.ts';
import type { Community, Member, Team } from '../../launcher/trust/community.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import type { DeliverMessage } from '../../src/messages/delivery.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';

export const WARD = 'XH001/pharmacy';
export const SURGERY = 'XB001/duty-doctor';
export const PARTNERS = 'XB001/partners';
export const COUNCIL = 'XC001/reablement';
export const START = Date.parse('2026-11-22T09:00:00.000Z');

const hours = { urgent: 4, routine: 72 };

const team = (id: string, name: string, roles: readonly string[], more: Partial<Team> = {}): Team => ({
  id,
  name,
  roles,
  deadlineHours: hours,
  ...more,
});

const member = (ods: string, name: string, kind: Member['kind'], teams: readonly Team[]): Member => ({
  ods: ods as OdsCode,
  name,
  kind,
  sources: [],
  teams,
});

/** A hospital, a practice and a council; what the practice leaves goes to its partners, and theirs to nobody. */
export function messagingCommunity(inbox?: string): Community {
  const at = inbox === undefined ? {} : { inbox: inbox as SourceId };
  const members = [
    member('XH001', 'Ousebridge Infirmary', 'acute', [team('pharmacy', 'Pharmacy', ['pharmacist'])]),
    member('XB001', 'Northcliffe Surgery', 'gp', [
      team('duty-doctor', 'Duty doctor', ['gp'], { escalatesTo: PARTNERS, takes: 'Questions of dose', ...at }),
      team('partners', 'Partners', ['partner']),
    ]),
    member('XC001', 'Ousebridge Council', 'council', [team('reablement', 'Reablement', ['social-worker'])]),
  ];
  const role = (id: string) => ({ id, name: id, sections: ['medications' as never], clearance: 'N' as const });
  return {
    name: 'Test',
    members,
    pathways: [],
    roles: ['pharmacist', 'gp', 'partner', 'social-worker', 'porter'].map(role),
    memberByIss: () => undefined,
    member: (ods) => members.find((one) => one.ods === ods),
    source: () => undefined,
    sources: [],
  };
}

export const CHIEF = 'XH001/chief';

/** The same, where what the pharmacy leaves goes to its chief. */
export function withChief(community: Community): Community {
  const members = community.members.map((one) =>
    String(one.ods) === 'XH001'
      ? {
          ...one,
          teams: [
            ...(one.teams ?? []).map((each) => ({ ...each, escalatesTo: CHIEF })),
            team('chief', 'Chief pharmacist', ['chief']),
          ],
        }
      : one,
  );
  return {
    ...community,
    members,
    roles: [...community.roles, { id: 'chief', name: 'chief', sections: ['medications' as never], clearance: 'N' }],
    member: (ods) => members.find((one) => one.ods === ods),
  };
}

export const RESIDENT: Patient = {
  nhsNumber: '9990000018' as NhsNumber,
  family: 'TESTER',
  given: 'Ann',
  birthDate: '1950-01-01' as Patient['birthDate'],
};

export function readerOf(ods: string, role: string, name: string, patient: Patient = RESIDENT): PatientReader {
  const session = {
    id: `session-${name}`,
    purpose: 'direct-care',
    openedAt: new Date(START).toISOString(),
    expiresAt: new Date(START + 8 * 3_600_000).toISOString(),
    context: {
      launchId: `launch-${name}`,
      home: { ods, iss: `https://${ods}.example` },
      user: { key: `https://${ods}.example|${name}`, name },
      role,
      patient,
      homePatientId: 'p',
      needPatientBanner: true,
    },
  } as unknown as Session;
  return patientReader(session);
}

export const pharmacist = (patient?: Patient): PatientReader => readerOf('XH001', 'pharmacist', 'Priya Nair', patient);
export const doctor = (patient?: Patient): PatientReader => readerOf('XB001', 'gp', 'Dr Owen Ellis', patient);
export const chief = (patient?: Patient): PatientReader => readerOf('XH001', 'chief', 'Bea Holt', patient);
export const partner = (patient?: Patient): PatientReader => readerOf('XB001', 'partner', 'Dr Una Shaw', patient);

export type MessagingWorld = {
  readonly database: Database;
  readonly base: LogDeps;
  readonly messages: Messages;
  readonly deps: MessagesDeps;
  /** What the rules say from now on. */
  readonly judged: { -readonly [K in keyof MessageJudge]: MessageJudge[K] };
  readonly inbox: Inbox;
  readonly receipt: ReturnType<typeof createReceipts>;
  readonly again: TryAgain;
  readonly audit: AuditEvent[];
  readonly failures: unknown[];
  readonly clock: { nowMs: number };
  /** Delivers all that is due now; gives how many rounds that took. */
  deliverAll(): Promise<number>;
  escalate(): Promise<number>;
  /** What a rule held back is looked at again; gives how many go. */
  release(): Promise<number>;
  /** A new launcher over the same store: what was in memory is gone. */
  restart(): Promise<MessagingWorld>;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly database?: Database;
  readonly judge?: Partial<MessageJudge>;
  readonly deliver?: DeliverMessage;
  readonly community?: Community;
  readonly involved?: readonly Involved[] | (() => readonly Involved[]);
  readonly unheard?: readonly OdsCode[];
  readonly services?: Parameters<typeof createAddressBook>[0]['services'];
  readonly lookAt?: MessagesDeps['lookAt'];
  readonly limits?: { readonly bodyChars?: number; readonly threadMessages?: number; readonly waiting?: number };
  readonly attempts?: number;
  readonly sealKey?: Uint8Array;
  readonly keys?: Awaited<ReturnType<typeof makeKeys>>;
  readonly clock?: { nowMs: number };
  /** Throws instead of writing the audit. */
  readonly auditDown?: () => boolean;
};

const ALLOWED = { allowed: true } as const;

export async function openMessagingWorld(options: WorldOptions = {}): Promise<MessagingWorld> {
  const database = options.database ?? openSqlite({ file: ':memory:', busyMs: 1_000 });
  await migrate(database);
  const sealKey = options.sealKey ?? new Uint8Array(randomBytes(32));
  const sealing = createSealing([{ id: 'k', key: sealKey }]);
  const vault = await openVault({
    database,
    seal: (...value) => sealing.seal(...value),
    open: (...value) => sealing.open(...value),
  });
  const keys = options.keys ?? (await makeKeys());
  const signers = await keepSigners(database, vault, keys.jwks.keys);
  const signing = createSigning({
    signJwt: (...given) => keys.signJwt(...given),
    keys: signers,
    issuer: 'https://corridor.example',
  });
  const community = options.community ?? messagingCommunity();
  const clock = options.clock ?? { nowMs: START };
  const now = (): number => clock.nowMs;
  const base: LogDeps = { dialect: database.dialect, vault, signing, teams: createTeams(community), now };
  const events: AuditEvent[] = [];
  const failures: unknown[] = [];
  const write = (all: readonly AuditEvent[]): Promise<void> => {
    if (options.auditDown?.()) return Promise.reject(new Error('the audit can’t be written'));
    events.push(...all);
    return Promise.resolve();
  };
  const audit = { record: (event: AuditEvent) => write([event]), recordAll: write };
  const judged: MessagingWorld['judged'] = {
    see: () => Promise.resolve(ALLOWED),
    open: () => Promise.resolve(ALLOWED),
    ...options.judge,
  };
  const judge: MessageJudge = { see: (...asked) => judged.see(...asked), open: (...asked) => judged.open(...asked) };
  const addressBook = createAddressBook({
    teams: base.teams,
    findInvolved: () => {
      const { involved = [], unheard = [] } = options;
      return Promise.resolve({ involved: typeof involved === 'function' ? involved() : involved, unheard });
    },
    services: options.services ?? (() => Promise.resolve({ services: new Map(), unheard: [] })),
    judge,
    organisation: (ods) => {
      const known = community.member(ods);
      return known && { ods, name: known.name };
    },
    ownerOf: (source) => (String(source) === 'gone' ? undefined : ('XB001' as OdsCode)),
    agreed: () => true,
    hidesPlaces: ({ patient }) => patient.restricted === true,
  });
  const limits = { bodyChars: 1_000, threadMessages: 100, waiting: 1_000, ...options.limits };
  const deps: MessagesDeps = {
    ...base,
    database,
    audit,
    judge,
    ownerOf: () => 'XB001' as OdsCode,
    addressBook,
    lookAt: options.lookAt ?? ((_session, item) => Promise.resolve(item)),
    limits,
    kick: () => undefined,
  };
  const messages = createMessages(deps);
  const deliveryDeps: DeliveryDeps = {
    ...base,
    database,
    audit,
    judge,
    deliver: options.deliver ?? (() => Promise.resolve({ outcome: 'delivered' })),
    limits: { deliverMs: 100, leaseMs: 4_000, attempts: options.attempts ?? 5, attemptMs: 5_000 },
    random: () => 0.5,
    onFailure: (error) => void failures.push(error),
  };
  return {
    database,
    base,
    deps,
    judged,
    messages,
    inbox: createInbox({
      ...base,
      database,
      audit,
      judge,
      handovers: () => Promise.resolve(0),
      chartOf: () => Promise.resolve(undefined),
    }),
    receipt: createReceipts({ ...base, database, audit }),
    again: createAgain({ ...base, database, audit, limits: deliveryDeps.limits, random: deliveryDeps.random }),
    audit: events,
    failures,
    clock,
    deliverAll: async () => {
      const rounds = createDeliveryRounds(deliveryDeps, new AbortController().signal);
      let count = 0;
      while (await rounds.round()) {
        count += 1;
        // What is at an EPR settles by itself.
        await rounds.end();
      }
      await rounds.end();
      return count;
    },
    escalate: () =>
      escalateDue({
        ...base,
        database,
        audit,
        judge,
        everyMs: 1_000,
        kick: () => undefined,
        onFailure: (e) => void failures.push(e),
      }),
    release: () =>
      releaseHeld({ ...base, database, judge, kick: () => undefined, onFailure: (e) => void failures.push(e) }),
    restart: () => openMessagingWorld({ ...options, database, sealKey, keys, clock }),
    close: () => database.close(),
  };
}

export function draftOf(more: Partial<Draft> = {}): Draft {
  return {
    id: randomUUID(),
    to: SURGERY,
    subject: 'Dose of apixaban',
    body: 'Is it 5 mg or 2.5 mg twice a day?',
    urgency: 'urgent',
    patient: RESIDENT.nhsNumber,
    about: { source: 'north' as SourceId, resource: 'MedicationRequest/m1' },
    ...more,
  };
}

export const signal = new AbortController().signal;
