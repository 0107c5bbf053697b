import type { AddressBookEntry, Correspondent, Message, Thread } from '../../../src/messages/thread.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const at = (ods: string, name: string, team: string, person?: string): Correspondent => ({
  address: `${ods}/${team.toLowerCase().replaceAll(' ', '-')}`,
  organisation: { ods: ods as OdsCode, name },
  team,
  ...(person !== undefined && { person }),
});

export const PHARMACY = at('HOSPITAL', 'Ousebridge Royal Infirmary', 'Ward pharmacy');
export const DOCTOR = at('SURGERY', 'Northcliffe Surgery', 'Duty doctor');
export const LEAD = at('SURGERY', 'Northcliffe Surgery', 'Practice manager');

export function message(id: string, from: Correspondent, body: string, more: Partial<Message> = {}): Message {
  const person = from === DOCTOR ? 'Dr A. Patel' : 'M. Okafor';
  const role = from === DOCTOR ? 'General practitioner' : 'Pharmacist';
  return { id, from: { ...from, person, role }, sentAt: '2026-11-20T08:30:00Z', body, receipts: [], ...more };
}

/** The dose question of a ward's pharmacy to a practice, seen from the practice. */
export function thread(more: Partial<Thread> = {}): Thread {
  return {
    id: 't1',
    version: 3,
    about: { source: 'hospital' as SourceId, resource: 'MedicationRequest/r2' },
    subject: 'Which dose of ramipril?',
    from: PHARMACY,
    to: DOCTOR,
    urgency: 'routine',
    state: 'delivered',
    messages: [
      message('m1', PHARMACY, 'Is she on 5 mg or 2.5 mg?', {
        receipts: [
          { kind: 'queued', at: '2026-11-20T08:30:00Z' },
          { kind: 'delivered', at: '2026-11-20T08:30:02Z' },
        ],
      }),
    ],
    escalations: [],
    may: ['reply', 'take', 'reassign', 'close'],
    ...more,
  };
}

export const ADDRESSES: readonly AddressBookEntry[] = [
  { ...PHARMACY, why: 'involved', takes: 'dose questions', origin: 'community' },
  { ...LEAD, why: 'directory', origin: 'community' },
  { ...DOCTOR, why: 'registered-gp', takes: 'answers within 2 working days', origin: 'community' },
  { ...at('COUNCIL', 'Ousebridge Council', 'Adult social care', 'J. Marsh'), why: 'key-worker', origin: 'community' },
];
