import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';
import { DIALECTS } from './dialects/index.ts';

const ids = DIALECTS.map(({ id }) => id) as [string, ...string[]];

/** Everything else of a SMART launch stands under `launch`; this says how the vendor's own way differs. */
const settings = z.strictObject({
  dialect: z
    .enum(ids)
    .default('generic')
    .describe('Whose SMART this is: where it puts the patient and the user, and what else it does its own way.'),
  sections: z
    .record(z.string(), z.string())
    .default({})
    .describe('The EPR’s own words of intent to sections of the record, e.g. { "medication-review": "medications" }.'),
  authorisePost: z
    .boolean()
    .optional()
    .describe('Go to the sign-in by a form even where the server does not say so. Left out: as the dialect does.'),
  basicEncoding: z
    .enum(['form', 'raw'])
    .optional()
    .describe('How id and secret are written for client_secret_basic. Left out: as the dialect does, else form.'),
  sendClientId: z
    .boolean()
    .optional()
    .describe('Whether client_id stands in the body of token requests too. Left out: as the dialect does.'),
  staysSignedIn: z
    .boolean()
    .default(false)
    .describe('Ask for online_access: while the view is open it lasts as long as the user is signed in at the EPR.'),
  standalone: z
    .boolean()
    .default(false)
    .describe('The record may also be opened at /launch/<ODS code>; the patient is picked at the EPR’s own server.'),
  webMessaging: z
    .boolean()
    .default(true)
    .describe('SMART Web Messaging with the host page, where the launch offers it.'),
  scratchpad: z
    .boolean()
    .default(false)
    .describe('Ask for the EPR’s scratchpad too: drafts that its user looks at there. Nothing is put on it by itself.'),
});

export type SmartSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'smart-launch',
  version: '1.0.0',
  contract: 1,
  name: 'SMART EHR launch',
  summary: 'Opens the shared record from any EPR with a SMART EHR launch.',
  hosts: [
    'EMIS-X',
    'EMIS Web',
    'Epic',
    'Oracle Health Millennium',
    'MEDITECH Expanse',
    'Altera Sunrise',
    'Dedalus ORBIS',
    'Cambio COSMIC',
    'Better',
    'OpenEMR',
    'Medplum',
  ],
  settings,
  example: { dialect: 'epic', sections: { 'medication-review': 'medications' } },
  testedWith: [{ what: 'oidc-provider as the EPR’s sign-in service', version: '9', how: 'npm test' }],
  notTestedWith: [
    'EMIS-X',
    'EMIS Web',
    'Epic',
    'Oracle Health Millennium',
    'MEDITECH Expanse',
    'Altera Sunrise',
    'Dedalus ORBIS',
    'Cambio COSMIC',
    'Better',
    'OpenEMR',
    'Medplum',
  ],
};
