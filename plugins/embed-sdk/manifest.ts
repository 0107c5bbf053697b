import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';
import { vouchedSettings, type VouchedSettings } from '../vouched-settings.ts';

const settings = z.strictObject(vouchedSettings('the vendor’s'));

export const manifest: PluginManifest = {
  id: 'embed-sdk',
  version: '1.0.0',
  contract: 1,
  name: 'Embedding for vendors',
  summary:
    'A vendor’s server vouches for its user and patient with a signed assertion; its page shows the record in a frame.',
  hosts: ['any web-based EPR'],
  settings,
  example: {
    issuer: 'https://epr.example',
    keys: [{ kty: 'EC', kid: 'k1', crv: 'P-256', x: 'x-of-the-key', y: 'y-of-the-key' }],
    roles: { DR: 'gp' },
    origins: ['https://epr.example'],
  },
  frameAncestors: (given) => (given as VouchedSettings).origins,
  testedWith: [{ what: 'assertions signed by jsonwebtoken, and the shared suite', version: '9.0.3', how: 'npm test' }],
  notTestedWith: ['the product of any vendor'],
};
