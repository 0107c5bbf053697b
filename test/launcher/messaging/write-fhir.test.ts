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
