import { describe, expect, it } from 'vitest';
import { letterOf } from '../../../plugins/document-filing/letter.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const at = (ods: string, name: string, team: string) => ({
  address: `${ods}/team`,
  organisation: { ods: ods as OdsCode, name },
  team,
});

function letter(sentAt: string, dueAt: string): string {
  return letterOf(
    {
      ...{ id: 'm', threadId: 't', place: 1, subject: 'Dose', body: 'Which?', urgency: 'urgent', signature: '' },
      patient: { nhsNumber: '9990000018', name: 'TESTER, Ann', birthDate: '1950-01-01' },
      from: { ...at('XH001', 'Infirmary', 'Pharmacy'), person: 'Priya Nair', role: 'Pharmacist' },
      sentAt,
      dueAt,
    },
    at('XB001', 'Northcliffe Surgery', 'Duty doctor'),
  );
}

describe('the times in a letter that is filed at a practice', () => {
  it('are those of its own clock in summer, and say so', () => {
    const text = letter('2026-07-01T08:30:00.000Z', '2026-07-01T16:00:00.000Z');
    expect(text).toMatch(/Sent: 01 July? 2026, 09:30 BST\r/);
    expect(text).toMatch(/by: 01 July? 2026, 17:00 BST\r/);
  });

  it('are those of its own clock in winter, on the day it is there', () => {
    expect(letter('2026-06-30T23:30:00.000Z', '2026-12-01T00:15:00.000Z')).toMatch(
      /Sent: 01 July? 2026, 00:30 BST\r\nAnswer asked for by: 01 Dec 2026, 00:15 GMT\r/,
    );
  });
});
