import { documentFiling } from '../../plugins/document-filing/plugin.ts';
import { fhirMessaging } from '../../plugins/fhir-messaging/plugin.ts';
import { inboxContract } from '../contracts/inbox.contract.ts';

inboxContract({
  plugin: fhirMessaging,
  settings: (base, later) => ({ base, answers: later ? 'later' : 'at-once' }),
  baseOf: ({ base }) => base.messages,
  proof: (messageId, code = 'ok') => ({
    resourceType: 'Bundle',
    type: 'message',
    timestamp: '2026-06-01T09:01:00Z',
    entry: [
      { resource: { resourceType: 'MessageHeader', id: 'r1', response: { identifier: messageId, code } } },
      {
        resource: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'business-rule', diagnostics: 'canary' }],
        },
      },
    ],
  }),
});

inboxContract({
  plugin: documentFiling,
  settings: (base, later) => ({
    base,
    answers: later ? 'later' : 'at-once',
    senders: { XB101: { mailbox: 'XB101OT001', telephone: '01632 960101' } },
  }),
  baseOf: ({ base }) => base.documents,
  proof: (messageId, code = 'ok') => ({
    resourceType: 'Bundle',
    type: 'message',
    entry: [
      {
        resource: {
          resourceType: 'MessageHeader',
          timestamp: '2026-06-01T09:01:00Z',
          event: { system: 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2', code: 'ITK008M' },
          response: { identifier: messageId, code },
        },
      },
      {
        resource: {
          resourceType: 'OperationOutcome',
          issue: [
            {
              code: 'informational',
              diagnostics: 'canary',
              details: {
                coding: [
                  {
                    system: 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-ResponseCodes-1',
                    code: code === 'ok' ? '30001' : '30003',
                  },
                ],
              },
            },
          ],
        },
      },
    ],
  }),
});
