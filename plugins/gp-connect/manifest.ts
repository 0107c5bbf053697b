import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

/** What an organisation says of this source stands under `sources`; it has no settings besides. */
export const manifest: PluginManifest = {
  id: 'gp-connect',
  version: '1.0.0',
  contract: 1,
  name: 'GP Connect Access Record Structured',
  summary: 'Reads a practice through GP Connect, by way of the Spine Security Proxy.',
  hosts: ['EMIS Web', 'TPP SystmOne', 'Medicus'],
  settings: z.strictObject({}),
  testedWith: [{ what: 'the pretend GP Connect server of the tests', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['the Spine', 'EMIS Web', 'TPP SystmOne', 'Medicus'],
};
