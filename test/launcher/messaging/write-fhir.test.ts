import { describe, expect, it } from 'vitest';
import { communicationsOf, requestOf, taskOf } from '../../../launcher/messaging/write-fhir.ts';
import type { Correspondent, Thread } from '../../../src/messages/thread.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const surgery = { ods: 'XB001' as OdsCode, name: 'Northcliffe Surgery' };
const duty: Correspondent = { address: 'XB001/duty', organisation: surgery, team: 'Duty doctor' };
const thread = (to: Correspondent): Thread => ({
  ...{ id: 't', version: 1, subject: 'Dose', from: { ...duty, address: 'XB001/partners' }, to, urgency: 'routine' },
  ...{ state: 'delivered', escalations: [], may: [] },
  messages: [
    {
      ...{ id: 'm', sentAt: '2026-11-22T09:00:00.000Z', body: 'Which dose?', receipts: [] },
      from: { ...duty, address: 'XB001/partners', person: 'Dr A', role: 'GP' },
    },
  ],
});

describe('whom a message is for, as FHIR', () => {
  it('is the team of its organisation', () => {
    const owner = {
      type: 'Organization',
      identifier: { value: 'XB001/duty' },
      display: 'Duty doctor, Northcliffe Surgery',
    };
    expect(taskOf(thread(duty), '9990000018')).toMatchObject({ owner });
  });

  it('is one person by name and by their role there, where it was written to them', () => {
    const to = { ...duty, address: 'XB001/duty/k1', person: 'Kit Marsh' };
    const named = {
      type: 'PractitionerRole',
      identifier: { value: 'XB001/duty/k1' },
      display: 'Kit Marsh, Duty doctor, Northcliffe Surgery',
    };
    expect(taskOf(thread(to), '9990000018')).toMatchObject({ owner: named });
    expect(requestOf(thread(to), '9990000018')).toMatchObject({ recipient: [named] });
    expect(communicationsOf(thread(to), '9990000018')).toMatchObject([{ recipient: [named] }]);
  });
});

describe('how far a Task has come, as FHIR', () => {
  const late = { state: 'overdue', dueAt: '2026-11-22T13:00:00.000Z' } as const;
  const partners = { ...duty, address: 'XB001/partners', team: 'Partners' };
  const delivered = (by: string, at: string) => ({ kind: 'delivered', by, at }) as const;
  const statusOf = (more: Partial<Thread>, receipts: Thread['messages'][number]['receipts'] = []): unknown => {
    const plain = thread(duty);
    const messages = plain.messages.map((one) => ({ ...one, receipts }));
    return taskOf({ ...plain, messages, ...more }, '9990000018')['status'];
  };
  const wentOn = { at: '2026-11-22T13:00:05.000Z', to: partners, rule: 'message.overdue', words: '' };
  const escalated = { ...late, state: 'escalated', to: partners, escalations: [wentOn] } as const;

  it('is not that it was received, where its time has gone by and no system has said that it has it', () => {
    expect(statusOf(late)).toBe('requested');
    expect(statusOf(escalated, [delivered('Duty doctor', '2026-11-22T09:00:01.000Z')])).toBe('requested');
  });

  it('is that it was received by whoever has it now, once their system has said so', () => {
    expect(statusOf(late, [delivered('Duty doctor', '2026-11-22T09:00:01.000Z')])).toBe('received');
    expect(statusOf(escalated, [delivered('Partners', '2026-11-22T13:00:09.000Z')])).toBe('received');
  });

  it('is that it was received where an answer goes on, for whoever gave it had the question', () => {
    const { dueAt: _due, ...answered } = escalated;
    expect(statusOf(answered)).toBe('received');
  });
});
