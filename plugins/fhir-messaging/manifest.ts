import { z } from 'zod';
import { inboxBase, type InboxSettings } from '../inbox-face.ts';
import type { PluginManifest } from '../manifest.ts';

/** What an organisation says stands under `sources[].inbox`. */
export const inboxSettings = z.strictObject({
  base: inboxBase.describe('FHIR base; messages go to its $process-message.'),
  event: z
    .url()
    .default('urn:corridor:event:message')
    .describe('MessageHeader.eventUri, where the EPR knows a message of this kind by a name of its own.'),
  answers: z
    .enum(['at-once', 'later'])
    .default('at-once')
    .describe('`later`: the EPR takes the message and acknowledges it afterwards, by a message to the launcher.'),
});

export type MessagingSettings = InboxSettings & z.infer<typeof inboxSettings>;

export const manifest: PluginManifest = {
  id: 'fhir-messaging',
  version: '1.0.0',
  contract: 1,
  name: 'FHIR messaging',
  summary: 'Hands messages to an EPR that takes FHIR R4 messages ($process-message), and reads its acknowledgements.',
  hosts: ['any FHIR R4 server with $process-message'],
  settings: z.strictObject({}),
  testedWith: [{ what: 'the EPRs of the sandbox', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['the messaging endpoints of vendors'],
};
