import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

const settings = z.strictObject({
  secret: z
    .string()
    .min(32)
    .describe('Shared with the EPR; it signs its links with it (HMAC-SHA-256). Make one with `openssl rand -hex 32`.'),
  roles: z.record(z.string(), z.string()).describe('The EPR’s own role codes to roles of the community.'),
  frameAncestors: z
    .array(z.url())
    .default([])
    .describe('Origins of the EPR’s pages that may show the record in a frame.'),
});

export type TemplateSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'template',
  version: '0.1.0',
  contract: 1,
  name: 'Template',
  summary: 'A signed link opens the record, and the page speaks to its host by the envelope.',
  hosts: ['a pretend host page of the tests'],
  settings,
  example: {
    secret: 'an-example-that-is-no-secret-00000000',
    roles: { DR: 'gp' },
    frameAncestors: ['https://epr.example'],
  },
  frameAncestors: (given) => (given as TemplateSettings).frameAncestors,
  testedWith: [{ what: 'the shared suite', version: 'of this repository', how: 'npm test' }],
  notTestedWith: ['any EPR'],
};
