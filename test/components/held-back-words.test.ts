import { describe, expect, it } from 'vitest';
import { proofInWords, receiptInWords } from '../../src/components/conversations/thread-words.ts';
import type { Surroundings } from '../../src/components/surroundings.ts';
import type { Correspondent, Thread } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';
import { messagesCy } from '../../src/words/messages-cy.ts';
import { messagesEnGB } from '../../src/words/messages-en-GB.ts';

const team = (address: string, name: string): Correspondent => ({
  address,
  organisation: { ods: address.slice(0, 5) as OdsCode, name },
  team: 'Duty doctor',
});
const RECEIPT = {
  kind: 'undeliverable',
  at: '2026-11-20T09:00:00.000Z',
  code: 'message.withheld',
  rule: 'consent.objection',
} as const;
const FROM = team('XH001/pharmacy', 'Ousebridge Infirmary');
const THREAD: Thread = {
  id: 't1',
  version: 1,
  subject: 'Dose',
  from: FROM,
  to: team('XB001/duty-doctor', 'Northcliffe Surgery'),
  urgency: 'urgent',
  state: 'undeliverable',
  messages: [
    {
      id: 'm1',
      from: { ...FROM, person: 'Priya Nair', role: 'Pharmacist' },
      sentAt: '2026-11-20T08:30:00.000Z',
      receipts: [RECEIPT],
    },
  ],
  escalations: [],
  may: [],
};

describe('a message that a rule held back on its way', () => {
  it.each([
    ['en-GB', messagesEnGB, enGB, /refuse/i, 'Held back'],
    ['cy', messagesCy, cy, /gwrthod/i, 'Ataliwyd'],
  ] as const)(
    'is never said to be refused by their system, and names its rule (%s)',
    (_what, words, all, not, held) => {
      const around = { words: all } as unknown as Surroundings;
      const receipt = receiptInWords(RECEIPT, words, around);
      const proof = proofInWords(THREAD, words, around) ?? '';
      expect(`${receipt} ${proof}`).not.toMatch(not);
      expect(receipt).toContain(held);
      expect(receipt).toContain('consent.objection');
      expect(proof).toContain('Northcliffe Surgery');
    },
  );

  it('differs from one that their system refused', () => {
    const { rule: _rule, ...refused } = RECEIPT;
    const around = { words: enGB } as unknown as Surroundings;
    expect(receiptInWords(refused, messagesEnGB, around)).toMatch(/^Refused for good/);
  });
});

describe('a conversation that was answered', () => {
  it('names who answered, and not who has it since', () => {
    const answeredAt = '2026-11-20T09:30:00.000Z';
    const doctor = { ...team('XB001/duty-doctor', 'Northcliffe Surgery'), person: 'Dr A. Patel', role: 'GP' };
    const answered: Thread = {
      ...THREAD,
      state: 'answered',
      to: { ...team('XB002/partners', 'Ferrygate'), team: 'Partners' },
      messages: [
        {
          id: 'm1',
          from: { ...FROM, person: 'Priya Nair', role: 'Pharmacist' },
          sentAt: '2026-11-20T08:30:00.000Z',
          receipts: [{ kind: 'answered', at: answeredAt, by: 'Dr A. Patel, Duty doctor' }],
        },
        { id: 'm2', from: doctor, sentAt: answeredAt, receipts: [] },
      ],
    };
    const around = { words: enGB } as unknown as Surroundings;
    const said = proofInWords(answered, messagesEnGB, around);
    expect(said).toContain('Dr A. Patel, Duty doctor, Northcliffe Surgery wrote back');
    expect(said).not.toContain('Ferrygate');
  });
});
