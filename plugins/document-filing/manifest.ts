import { z } from 'zod';
import { inboxBase, type InboxSettings } from '../inbox-face.ts';
import type { PluginManifest } from '../manifest.ts';

const sender = z.strictObject({
  mailbox: z
    .string()
    .regex(/^[A-Z0-9]{4,20}$/, 'is not a mailbox (capital letters and digits, e.g. XB101OT001)')
    .describe('The sending organisation’s MESH mailbox, as MessageHeader.source.endpoint names it.'),
  telephone: z.string().min(5).max(30).describe('Of the sending organisation, for a reader who has a question.'),
});

/** What an organisation says stands under `sources[].inbox`. */
export const inboxSettings = z.strictObject({
  base: inboxBase.describe('Where ITK3 message bundles are taken in: the EPR’s own endpoint, or a MESH client’s.'),
  senders: z
    .record(z.string().regex(/^[A-Z0-9]{3,10}$/, 'is not an ODS code'), sender)
    .describe('Organisations that may file here, with what the standard wants of each. Any other is refused here.'),
  answers: z
    .enum(['at-once', 'later'])
    .default('later')
    .describe('`later`: responses come as messages of their own to the launcher, as over MESH.'),
});

export type FilingSettings = InboxSettings & z.infer<typeof inboxSettings>;

export const manifest: PluginManifest = {
  id: 'document-filing',
  version: '1.0.0',
  contract: 1,
  name: 'Document filing (ITK3)',
  summary: 'Files a message as a document in a practice’s record, in the shape of GP Connect Send Document over ITK3.',
  hosts: ['GP systems that take ITK3 documents'],
  settings: z.strictObject({}),
  testedWith: [{ what: 'the EPRs of the sandbox', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['MESH', 'the GP systems of vendors'],
};
