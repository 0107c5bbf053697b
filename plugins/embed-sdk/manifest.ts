import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$/);

/** A public key as a JSON Web Key; a private part is refused, so that none lies in a community file by mistake. */
const key = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string().min(1).max(128) })
  .refine((jwk) => !('d' in jwk), 'a private key: only the public one belongs here');

const settings = z.strictObject({
  issuer: z.string().min(1).max(200).describe('What the vendor’s assertions say as `iss`.'),
  keys: z
    .array(key)
    .min(1)
    .max(5)
    .describe('The vendor’s public keys (JSON Web Keys with a `kid`); no other is believed.'),
  roles: z.record(z.string(), z.string()).describe('The vendor’s own role codes to roles of the community.'),
  origins: z
    .array(origin)
    .min(1)
    .max(10)
    .describe('Origins of the vendor’s pages that may show the record in a frame.'),
});

export type EmbedSettings = z.infer<typeof settings>;

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
  frameAncestors: (given) => (given as EmbedSettings).origins,
  testedWith: [{ what: 'assertions signed by jsonwebtoken, and the shared suite', version: '9.0.3', how: 'npm test' }],
  notTestedWith: ['the product of any vendor'],
};
