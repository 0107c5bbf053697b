import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

/** What an organisation says of this source stands under `sources`; it has no settings besides. */
export const manifest: PluginManifest = {
  id: 'ips-summary',
  version: '1.0.0',
  contract: 1,
  name: 'International Patient Summary',
  summary: 'Reads the summary document of a server that offers no more than that.',
  hosts: ['any server of Patient/$summary'],
  settings: z.strictObject({}),
  testedWith: [{ what: 'the pretend IPS server of the tests', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['the servers of vendors'],
};
