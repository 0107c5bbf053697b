import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

const settings = z.strictObject({
  origin: z
    .string()
    .regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$/)
    .describe('Where users open OpenEMR: scheme and host. The module’s tab there may show the record in a frame.'),
});

export type OpenemrSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'openemr',
  version: '1.0.0',
  contract: 1,
  name: 'OpenEMR module',
  summary: 'A card on OpenEMR’s patient summary opens the record in a tab that is blank once the chart moves on.',
  hosts: ['OpenEMR 7', 'OpenEMR 8'],
  settings,
  example: { origin: 'https://openemr.example' },
  frameAncestors: (given) => [(given as OpenemrSettings).origin],
  testedWith: [
    {
      what: 'the module in PHP 8.2 with stubs of OpenEMR’s classes as 7 and as 8 have them, its page over PHP’s own server, its card by Twig',
      version: '8.2, 3.5',
      how: 'npm run openemr',
    },
    { what: 'the tab’s scripts, in Chromium', version: 'of this repository', how: 'npm test' },
  ],
  notTestedWith: ['OpenEMR 7', 'OpenEMR 8'],
};
