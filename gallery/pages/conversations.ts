import type { Draft, DraftBinding } from '../../src/messages/draft.ts';
import type { Handover, HandoverRecipient } from '../../src/messages/handover.ts';
import type {
  AddressBookEntry,
  Correspondent,
  InboxLine,
  Message,
  Thread,
  ThreadState,
} from '../../src/messages/thread.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { State } from './states.ts';

/** What conversations and handovers look like in the gallery's states: properties of their elements, by name. */
export type Conversing = { readonly [property: string]: unknown };

const at = (ods: string, name: string, team: string): Correspondent => ({
  address: `${ods}/${team.toLowerCase().replaceAll(' ', '-')}`,
  organisation: { ods: ods as OdsCode, name },
  team,
});
const PHARMACY = at('XB101', 'Ousebridge Royal Infirmary', 'Hospital pharmacy');
const DOCTOR = at('XB001', 'Northcliffe Surgery', 'Duty doctor');
const NURSES = at('XB201', 'Ousebridge Community Health NHS Trust', 'Community nursing');
const ADDRESSES: readonly AddressBookEntry[] = [
  { ...NURSES, why: 'key-worker', takes: 'visits at home', origin: 'community' },
  { ...DOCTOR, why: 'registered-gp', takes: 'anything urgent', origin: 'community' },
  { ...PHARMACY, why: 'involved', origin: 'community' },
];
const SENT = '2026-11-20T08:30:00Z';
const LATER = '2026-11-20T10:30:00Z';

/** The state each conversation of a list is in. */
const SHOWN: { readonly [state in State]?: readonly ThreadState[] } = {
  complete: ['answered', 'opened', 'delivered', 'closed'],
  partial: ['queued', 'delivered'],
  withheld: ['delivered'],
  unread: ['delivered'],
  conflict: ['overdue', 'escalated', 'undeliverable'],
};

export function conversingIn(state: State, record: PatientRecord): Conversing {
  const stands = SHOWN[state];
  const listed = state === 'waiting' || state === 'failed' ? undefined : (stands ?? []);
  const threads = listed?.map((one, index) => threadOf(one, index, state, record));
  const binding: DraftBinding = { nhsNumber: record.patient.nhsNumber, epoch: 1 };
  const draft: Draft = { id: 'draft', bound: binding, subject: '', body: '', urgency: 'routine' };
  const handovers = listed && (listed.length === 0 ? [] : [handoverOf(state, record)]);
  const first = threads?.[0];
  return {
    threads,
    open: first?.id,
    standing: state === 'failed' ? 'failed' : 'here',
    ...(state === 'partial' && { stale: SENT }),
    addresses: ADDRESSES,
    binding,
    draft,
    handovers,
    of: 'team',
    lines: threads?.map((thread) => lineOf(thread, record, state)),
    counts: listed && { unopened: listed.length, urgent: 1, overdue: state === 'conflict' ? 2 : 0, handovers: 1 },
  };
}

/** Whom a message can go to; its element calls them entries, as others call what a record is made of. */
export function addressesIn(state: State): readonly AddressBookEntry[] | undefined {
  return state === 'waiting' || state === 'failed' ? undefined : ADDRESSES;
}

function threadOf(stands: ThreadState, index: number, state: State, record: PatientRecord): Thread {
  const [entry] = record.sections.find(({ id }) => id === 'medications')?.facts[0]?.entries ?? [];
  const about = entry && { source: entry.origin.source, resource: entry.origin.resource };
  const withheld = { rule: 'objection', words: 'The person objects to this being shared.' };
  const message: Message = {
    id: `m${String(index)}`,
    from: { ...PHARMACY, person: 'M. Cole', role: 'Pharmacist' },
    sentAt: SENT,
    ...(state === 'unread'
      ? { unreadable: 'tampered' as const }
      : { body: 'Which dose is she on since she went home?' }),
    receipts: [
      { kind: 'queued', at: SENT },
      { kind: 'delivered', at: SENT },
    ],
  };
  return {
    id: `t${String(index)}`,
    version: 1,
    ...(state === 'withheld' ? { about: { withheld } } : about && { about }),
    subject: 'Dose after discharge',
    from: PHARMACY,
    to: DOCTOR,
    urgency: stands === 'overdue' || stands === 'escalated' ? 'urgent' : 'routine',
    dueAt: LATER,
    state: stands,
    messages: [message],
    escalations:
      stands === 'escalated'
        ? [{ at: LATER, to: NURSES, rule: 'urgent', words: 'Nobody opened it in two hours.' }]
        : [],
    may: ['reply', 'take', 'reassign', 'close'],
  };
}

function lineOf(
  { messages: _messages, may: _may, id, ...thread }: Thread,
  record: PatientRecord,
  state: State,
): InboxLine {
  const { family, given, nhsNumber, birthDate } = record.patient;
  const withheld = { rule: 'restricted', words: 'Access to this person is restricted.' };
  const patient =
    state === 'withheld' ? { withheld } : { name: `${family.toUpperCase()}, ${given}`, nhsNumber, birthDate };
  return { ...thread, thread: id, patient, lastAt: SENT, unopened: thread.state !== 'closed' };
}

function handoverOf(state: State, record: PatientRecord): Handover {
  const { family, given, nhsNumber, birthDate } = record.patient;
  const recipient = (who: Correspondent, more: Partial<HandoverRecipient>): HandoverRecipient => ({
    ...who,
    dueAt: LATER,
    state: 'waiting',
    mayAcknowledge: false,
    ...more,
  });
  return {
    id: 'h',
    version: 1,
    kind: 'discharge',
    patient:
      state === 'withheld'
        ? { withheld: { rule: 'restricted', words: 'Access to this person is restricted.' } }
        : { name: `${family.toUpperCase()}, ${given}`, nhsNumber, birthDate },
    from: PHARMACY.organisation,
    happened: SENT,
    letter: { source: 'x' as SourceId, resource: 'DocumentReference/d' },
    recipients: [
      recipient(DOCTOR, { mayAcknowledge: true, state: state === 'conflict' ? 'late' : 'waiting' }),
      recipient(NURSES, { state: 'acknowledged', owner: { name: 'G. Mensah', team: NURSES.team, since: LATER } }),
    ],
    onLeadsList: state === 'conflict',
    escalations: [],
  };
}
