import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

const address = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/);

const client = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  tokenSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 (hex) of the bearer token this program shows; the token itself stands nowhere here.'),
  may: z.array(z.enum(['follow', 'publish'])).min(1),
});

const settings = z.strictObject({
  hubs: z
    .array(address)
    .max(5)
    .default([])
    .describe(
      'Addresses of hubs that may be followed (`hub.url` of a launch). A launch that names another follows none.',
    ),
  leaseS: z
    .int()
    .min(60)
    .max(86_400)
    .default(7_200)
    .describe('How long a subscription is asked for; it is renewed before.'),
  answerMs: z
    .int()
    .min(500)
    .max(9_000)
    .default(5_000)
    .describe('How long the page may take to say that the old patient is off the screen; then the hub is told 202.'),
  hub: z
    .strictObject({ clients: z.array(client).min(1).max(100) })
    .optional()
    .describe('Programs that may use the launcher’s own small hub, at a site that has none.'),
});

export type FhircastSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'fhircast',
  version: '1.0.0',
  contract: 1,
  name: 'FHIRcast',
  summary: 'Follows the patient of the EPR through a FHIRcast hub, and is a small hub where a site has none.',
  hosts: ['Epic', 'Medplum'],
  settings,
  example: { hubs: ['https://hub.epr.example/fhircast'] },
  testedWith: [
    { what: 'the FHIRcast client of @medplum/core, against the small hub', version: '5.2.13', how: 'npm test' },
  ],
  notTestedWith: ['Epic', 'Medplum’s own hub', 'any hub but the small one'],
};
