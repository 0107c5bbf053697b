import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

/** What an organisation says of this source stands under `sources`; it has no settings besides. */
export const manifest: PluginManifest = {
  id: 'fhir-r4',
  version: '1.0.0',
  contract: 1,
  name: 'FHIR R4 server',
  summary: 'Reads any FHIR R4 server that has search by POST and Backend Services authorisation.',
  hosts: ['any FHIR R4 server'],
  settings: z.strictObject({}),
  testedWith: [{ what: 'the FHIR servers of the sandbox', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['the FHIR servers of vendors'],
};
