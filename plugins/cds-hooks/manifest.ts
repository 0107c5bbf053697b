import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

const PRODUCTS = ['Epic', 'Oracle Health Millennium', 'Altera Sunrise', 'MEDITECH Expanse', 'OpenEMR', 'Medplum'];

const client = z
  .strictObject({
    iss: z.url().describe('What the EPR says as `iss` in its tokens, exactly.'),
    tenant: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('What it says as `tenant`, where one `iss` serves several organisations.'),
    jku: z.url().optional().describe('Where it publishes its keys. A `jku` in a token must be this one.'),
    keys: z
      .array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) }))
      .min(1)
      .optional()
      .describe('Its public keys as JSON Web Keys, instead of `jku`: the first card needs no call for them.'),
    fhirServer: z.url().optional().describe('Its FHIR address; a hook that names another is refused. Left out: `iss`.'),
    origins: z.array(z.url()).default([]).describe('Origins whose pages may call from the browser (CORS).'),
  })
  .refine(({ jku, keys }) => (jku === undefined) !== (keys === undefined), {
    path: ['jku'],
    message: 'give either jku or keys',
  });

const settings = z.strictObject({
  clients: z.array(client).min(1).max(20).describe('The EPR’s CDS clients. Nobody else is answered.'),
  counts: z
    .enum(['never', 'whether', 'number'])
    .default('never')
    .describe(
      'What a card may say of other organisations before the record is opened: nothing, that there are some, or how many.',
    ),
  hooks: z
    .array(z.enum(['patient-view', 'encounter-start', 'appointment-book']))
    .min(1)
    .default(['patient-view'])
    .describe('Hooks that are answered with a card; others get none.'),
  view: z
    .string()
    .regex(/^[a-z][a-z-]{0,40}$/)
    .optional()
    .describe('Section the record begins with when it is opened from a card.'),
  countMs: z
    .int()
    .min(20)
    .max(400)
    .default(250)
    .describe('How long a card waits for the count, in milliseconds; later it goes without.'),
});

export type CdsSettings = z.infer<typeof settings>;
export type CdsClient = CdsSettings['clients'][number];

export const manifest: PluginManifest = {
  id: 'cds-hooks',
  version: '1.0.0',
  contract: 1,
  name: 'CDS Hooks',
  summary:
    'A card in the EPR that opens the shared record, and says how many organisations hold one where that is agreed.',
  hosts: PRODUCTS,
  settings,
  example: {
    clients: [{ iss: 'https://epr.example/fhir', jku: 'https://epr.example/jwks', origins: ['https://epr.example'] }],
    counts: 'number',
    hooks: ['patient-view', 'appointment-book'],
  },
  testedWith: [
    {
      what: 'calls signed with ES384 and RS256 by jsonwebtoken, as the public CDS Hooks sandbox signs them',
      version: '9',
      how: 'npm test',
    },
  ],
  notTestedWith: PRODUCTS,
};
