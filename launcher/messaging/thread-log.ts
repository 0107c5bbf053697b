import type { OutgoingMessage } from '../../src/messages/delivery.ts';
import type { Urgency } from '../../src/messages/thread.ts';
import type { Database, Queries } from '../storage/database.ts';
import { loadNumbers } from '../storage/tables/message-numbers.ts';
import * as table from '../storage/tables/messages.ts';
import type { ActRow, ReceiptRow, ThreadRow } from '../storage/tables/messages.ts';
import { type ActHead, type Content, NO_CHAIN, openAct, type Signing } from './envelope.ts';
import type { ItemReference, KnownItem } from './reader.ts';
import type { KnownTeam, Teams } from './teams.ts';
import { openNumber } from './thread-numbers.ts';
import { type Act, type ActKind, type Proof, type Standing, standingOf } from './thread-state.ts';
import type { Vault } from './vault.ts';

/** What a thread is about, sealed with it. */
export type ThreadDetails = {
  readonly subject: string;
  /** When it was written to one person of the team. */
  readonly toPerson?: string;
  readonly about?: KnownItem;
  /** Named as in a list: "BEDFORD, Margaret (Mrs)". */
  readonly patient: {
    readonly nhsNumber: string;
    /** What else they were known under: for the rules, never shown nor sent. */
    readonly otherNumbers?: readonly string[];
    readonly name: string;
    readonly birthDate: string;
  };
};

/** A thread as it lies in the store, opened. */
export type LoadedThread = {
  readonly row: ThreadRow;
  readonly standing: Standing;
  readonly proofs: readonly Proof[];
  readonly acts: readonly LoadedAct[];
  /** Every name in the tables under which it is found. */
  readonly handles: readonly string[];
  /** What else the resident is known under, by whoever has said so since it began. */
  readonly learnt: readonly string[];
  /** Left out: it can't be opened, for the reason `unreadable`. */
  readonly details?: ThreadDetails;
  readonly unreadable?: 'tampered' | 'destroyed';
};

export type LoadedAct = {
  readonly head: ActHead;
  readonly content?: Content;
  readonly signature?: string;
  readonly unreadable?: 'tampered' | 'destroyed';
};

export type LogDeps = {
  readonly dialect: Database['dialect'];
  readonly vault: Vault;
  readonly signing: Signing;
  readonly teams: Teams;
  readonly now: () => number;
};

export async function loadThreads(
  queries: Queries,
  rows: readonly ThreadRow[],
  deps: LogDeps,
): Promise<readonly LoadedThread[]> {
  const ids = rows.map(({ id }) => id);
  const [acts, receipts] = [await table.loadActs(queries, ids), await table.loadReceipts(queries, ids)];
  const numbersOf = byThread(await loadNumbers(queries, ids));
  const actsOf = byThread(acts);
  const receiptsOf = byThread(receipts);
  return rows.map((row) => {
    const numbers = numbersOf.get(row.id) ?? [];
    return {
      ...openThread(row, actsOf.get(row.id) ?? [], receiptsOf.get(row.id) ?? [], deps),
      handles: [row.patient_handle, ...numbers.map(({ patient_handle }) => patient_handle)],
      learnt: numbers.flatMap((one) => openNumber(row, one, deps)),
    };
  });
}

function byThread<T extends { readonly thread_id: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const own = found.get(row.thread_id);
    if (own) own.push(row);
    else found.set(row.thread_id, [row]);
  }
  return found;
}

/** A thread of rows that were read in one go, or written. What it is found under besides lies elsewhere. */
export function openThread(
  row: ThreadRow,
  acts: readonly ActRow[],
  receipts: readonly ReceiptRow[],
  deps: LogDeps,
): Omit<LoadedThread, 'handles' | 'learnt'> {
  const standing = foldOf(acts);
  const shared = { row, standing: standing ?? standingOfRow(row), proofs: receipts.map(proofOf) };
  if (row.sealed_key === null || row.sealed === null)
    return {
      ...shared,
      unreadable: 'destroyed',
      acts: acts.map((act) => ({ head: headOf(act), unreadable: 'destroyed' })),
    };
  const key = row.sealed_key;
  let before = NO_CHAIN;
  // What was cut off at the end is missed by the version that the thread's own row still has.
  const whole = standing !== undefined && acts.length === row.version;
  const opened = acts.map((act): LoadedAct => {
    const found = whole ? openAct(act, before, { ...deps, key }) : undefined;
    before = act.chain;
    return found ?? { head: headOf(act), unreadable: 'tampered' };
  });
  const details = openDetails(row, key, row.sealed, deps);
  return { ...shared, acts: opened, ...(details ? { details } : { unreadable: 'tampered' }) };
}

/** Nothing: acts are missing that were there, and no service of ours takes one away. */
export function foldOf(acts: readonly ActRow[]): Standing | undefined {
  try {
    return standingOf(acts.map(actOf));
  } catch {
    return undefined;
  }
}

function standingOfRow(row: ThreadRow): Standing {
  return {
    version: row.version,
    from: row.from_address,
    holder: row.to_address,
    holderSince: row.changed_at,
    waits: row.waits === 1,
    lastAsk: row.version,
    askedAt: row.changed_at,
    asker: row.from_address,
    asking: [row.from_address],
    answers: [],
    closed: row.closed_at !== null,
    escalations: [],
    passed: [row.to_address],
    ...(row.due_at !== null && { dueAt: row.due_at }),
  };
}

function openDetails(row: ThreadRow, key: string, sealed: string, { vault }: LogDeps): ThreadDetails | undefined {
  try {
    return JSON.parse(vault.open(row.id, key, placeOfDetails(row), sealed)) as ThreadDetails;
  } catch {
    // The reader is told that it was changed; what is left of it is shown to nobody.
    return undefined;
  }
}

/** The resident's name in the tables is bound in: a thread can't be put under somebody else. */
export function placeOfDetails({
  patient_handle,
  from_address,
  urgency,
}: Pick<ThreadRow, 'patient_handle' | 'from_address' | 'urgency'>): string {
  return `details|${patient_handle}|${from_address}|${urgency}`;
}

/** The message as it is handed to the other side, but for the signature. */
export function contentToSend(
  head: ActHead,
  content: Content,
  details: ThreadDetails,
  urgency: Urgency,
  teams: Teams,
): Omit<OutgoingMessage, 'signature'> {
  const from = correspondentOf(head.from_address, teams);
  const { nhsNumber, name, birthDate } = details.patient;
  return {
    id: head.id,
    threadId: head.thread_id,
    place: head.version,
    patient: { nhsNumber, name, birthDate },
    ...(details.about && { about: referenceOf(details.about) }),
    subject: details.subject,
    body: content.body ?? '',
    urgency,
    from: {
      ...from,
      person: content.person ?? '',
      role: content.roleName ?? content.role ?? '',
      ...(content.role !== undefined && { roleCode: content.role }),
      ...(content.sdsUserId !== undefined && { sdsUserId: content.sdsUserId }),
    },
    sentAt: head.at,
    ...(head.due_at !== null && { dueAt: head.due_at }),
  };
}

/** By origin alone: what its source said of it is for the rules. */
export function referenceOf({ source, resource }: KnownItem): ItemReference {
  return { source, resource };
}

/** Whom what waits was written to; a person of a team by the name the address book had. */
export function holderOf({ standing, details }: LoadedThread, teams: Teams): KnownTeam['correspondent'] {
  const { holder } = standing;
  const correspondent = correspondentOf(holder, teams);
  const named = holder !== teams.teamAddress(holder) && details?.toPerson !== undefined;
  return named ? { ...correspondent, address: holder, person: details.toPerson } : correspondent;
}

/** Whose an address is; of a team that has left the community its address is all that is known. */
export function correspondentOf(address: string, teams: Teams): KnownTeam['correspondent'] {
  const [ods = ''] = address.split('/');
  return (
    teams.find(address)?.correspondent ?? {
      address,
      organisation: { ods: ods as KnownTeam['correspondent']['organisation']['ods'], name: ods },
      team: address,
    }
  );
}

export function actOf({ version, kind, at, from_address, to_address, due_at, rule }: ActHead): Act {
  return {
    version,
    kind: kind as ActKind,
    at,
    from: from_address,
    ...(to_address !== null && { to: to_address }),
    ...(due_at !== null && { dueAt: due_at }),
    ...(rule !== null && { rule }),
  };
}

export function proofOf({ version, address, kind, at, person, code }: ReceiptRow): Proof {
  return {
    version,
    address,
    kind: kind as Proof['kind'],
    at,
    ...(person !== null && { person }),
    ...(code !== null && { code }),
  };
}

function headOf({ sealed: _sealed, chain: _chain, ...head }: ActRow): ActHead {
  return head;
}
