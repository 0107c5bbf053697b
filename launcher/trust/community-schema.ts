import { z } from 'zod';
import { ORGANISATION_KINDS, type OrganisationKind } from '../../src/record/source.ts';

/** The shape of the community file. What one field alone can get wrong is here; what fields say together is in `community-rules.ts`. */

const text = z.string().trim().min(1);
const ods = z.string().regex(/^[A-Z0-9]{3,10}$/, 'is not an ODS code (3 to 10 capital letters and digits)');
const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is not an id (small letters, digits and hyphens)');
const date = z.string().refine(isCalendarDate, 'is not a date (YYYY-MM-DD)');
const everyone = z.literal('all');

const pathway = z.strictObject({
  id: identifier,
  name: text,
  purpose: z.literal('direct-care'),
  askers: z.union([everyone, z.array(ods).min(1)]),
  givers: z.union([everyone, z.array(ods).min(1)]),
  from: date.optional(),
  to: date.optional(),
});

const role = z.strictObject({
  id: identifier,
  name: text,
  sections: z.union([everyone, z.array(text).min(1)]),
  clearance: z.enum(['N', 'R', 'V']),
  emergency: z.boolean().optional(),
});

const policyFile = z.strictObject({ file: text, version: text, from: date.optional() });

const heldBack = z
  .strictObject({
    sections: z.array(text).min(1).optional(),
    units: z.array(text).min(1).optional(),
    categories: z.array(text).min(1).optional(),
  })
  .refine((rule) => Object.keys(rule).length > 0, 'says nothing of what is held back');

const launch = z.strictObject({
  plugin: identifier,
  iss: text,
  issuers: z.array(text).min(1),
  clientId: text,
  clientAuthentication: z.enum(['private_key_jwt', 'client_secret_basic', 'public']),
  allowedOrigins: z.array(text).min(1),
  frameAncestors: z.array(text).min(1),
  nonce: z.enum(['required', 'if-present']).default('required'),
  allowLoopbackHttp: z.boolean().default(false),
  tenant: text.optional(),
  readsCare: z.boolean().default(false),
  host: identifier.optional(),
  withoutPatient: z.literal('inbox').optional(),
  roles: z.record(text, identifier),
});

const token = {
  tokenEndpoint: text,
  clientId: text,
  allowLoopbackHttp: z.boolean().default(false),
  actingContextHeader: z.enum(['number', 'hash']).optional(),
};

const authorisation = z.discriminatedUnion('profile', [
  z.strictObject({ profile: z.literal('smart-b2b'), ...token, scopes: text }),
  z.strictObject({ profile: z.literal('token-exchange'), ...token, scopes: text }),
  z.strictObject({ profile: z.literal('nhsd-headers'), ...token }),
  z.strictObject({
    profile: z.literal('gpconnect'),
    fromAsid: z.string().regex(/^\d{12}$/, 'is not an ASID (12 digits)'),
    toAsid: z.string().regex(/^\d{12}$/, 'is not an ASID (12 digits)'),
    allowUnsignedJwt: z.literal(true, 'must be there and true: this profile proves nobody by itself'),
    allowLoopbackHttp: z.boolean().default(false),
  }),
  z.strictObject({ profile: z.literal('none'), allowLoopbackHttp: z.boolean().default(false) }),
]);

const trace = z.strictObject({
  base: text,
  search: z.enum(['get', 'post']),
  checksNumbers: z.boolean().default(false),
  authorisation: z.discriminatedUnion('profile', [
    z.strictObject({ profile: z.literal('nhsd-headers'), ...token }),
    z.strictObject({ profile: z.literal('none'), allowLoopbackHttp: z.boolean().default(false) }),
  ]),
  deadlineMs: z.number().int().min(500).max(30_000).default(5_000),
});

/** Loose, as a source is: the rest is its plugin's. */
const inbox = z.looseObject({
  plugin: identifier,
  scopes: text.default('system/Communication.c'),
  deadlineMs: z.number().int().min(500).max(30_000).default(8_000),
  acknowledgements: z.strictObject({ jwksUri: text }).optional(),
});

/** Loose: whatever else stands here is the plugin's own, and the plugin checks it (`readSettings`). */
const source = z.looseObject({
  id: identifier,
  plugin: identifier,
  authorisation,
  deadlineMs: z.number().int().min(500).max(30_000).default(8_000),
  pointers: z.strictObject({ jwksUri: text }).optional(),
  offers: z.array(text).min(1).optional(),
  keepsObjections: z.boolean().optional(),
  inbox: inbox.optional(),
  notices: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('polling') }),
      z.strictObject({
        by: z.literal('subscription'),
        topics: z.array(z.url()).min(1).max(20),
        jwksUri: text.optional(),
      }),
    ])
    .optional(),
});

const hours = (fallback: number) => z.number().positive().max(8_760).default(fallback);

/** One of a source's own HealthcareServices: by its id there, or by an identifier it bears anywhere. */
const service = z
  .strictObject({
    source: identifier,
    id: z
      .string()
      .regex(/^[A-Za-z0-9\-.]{1,64}$/, 'is not an id of a FHIR resource')
      .optional(),
    identifier: z
      .string()
      .regex(/^[^|,\s\\$]{1,200}\|[^|,\s\\$]{1,100}$/, 'is not an identifier (system|value)')
      .optional(),
  })
  .refine(
    ({ id, identifier: other }) => (id === undefined) !== (other === undefined),
    'needs an id or an identifier, and not both',
  );

const team = z.strictObject({
  id: identifier,
  name: text.max(80),
  takes: text.max(200).optional(),
  roles: z.array(identifier).min(1),
  deadlineHours: z.strictObject({ urgent: hours(4), routine: hours(72) }).prefault({}),
  escalatesTo: z
    .string()
    .regex(/^[A-Z0-9]{3,10}\/[a-z0-9][a-z0-9-]{0,63}$/, 'is not an address of a team (ODS code/team id)')
    .optional(),
  inbox: identifier.optional(),
  service: service.optional(),
});

const teamAddress = z
  .string()
  .regex(/^[A-Z0-9]{3,10}\/[a-z0-9][a-z0-9-]{0,63}$/, 'is not an address of a team (ODS code/team id)');
const kind = z.enum(ORGANISATION_KINDS as [OrganisationKind, ...OrganisationKind[]]);

const counted = z.enum(['clock', 'working']).default('clock');
const day = z.tuple([
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time (HH:MM)'),
  z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'is not a time (HH:MM)'),
]);

const openingTimes = z.strictObject({
  zone: text.default('Europe/London'),
  days: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), day),
  closed: z.array(z.iso.date()).max(1_000).default([]),
});

const handoverRule = z.strictObject({
  id: identifier,
  kinds: z.array(z.enum(['admission', 'discharge', 'transfer', 'step-down', 'conveyance', 'attendance'])).min(1),
  from: z.array(kind).min(1).optional(),
  to: z
    .array(
      z.union([
        z.strictObject({ practice: identifier }),
        z.strictObject({ involved: z.array(kind).min(1), team: identifier }),
        z.strictObject({ address: teamAddress }),
      ]),
    )
    .min(1),
  withinHours: z.number().positive().max(8_760),
  hours: counted,
});

const handovers = z.strictObject({
  subscriptionDays: z.number().int().min(1).max(366).default(90),
  lead: z.strictObject({ address: teamAddress, afterHours: z.number().positive().max(8_760), hours: counted }),
  openingTimes: openingTimes.optional(),
  rules: z.array(handoverRule).min(1),
});

const organisation = z.strictObject({
  ods,
  name: text,
  kind: z.enum(ORGANISATION_KINDS as [OrganisationKind, ...OrganisationKind[]]),
  launch: launch.optional(),
  sources: z.array(source).default([]),
  // Loose: each plugin's part is its own, and its manifest's schema checks it.
  plugins: z.record(identifier, z.looseObject({})).optional(),
  teams: z.array(team).min(1).optional(),
  client: z.strictObject({ id: identifier, jwksUri: text, allowLoopbackHttp: z.boolean().default(false) }).optional(),
  release: z.strictObject({ withhold: z.array(heldBack).min(1) }).optional(),
});

/** An imagined resident for the simulator: what the rules may look at, and nothing of a record. */
const example = z.strictObject({
  id: identifier,
  about: text,
  consent: z.enum(['silent', 'permit', 'deny', 'deny-always']).default('silent'),
  labels: z.array(z.string().regex(/^[A-Z]{1,12}$/, 'is not a label (R, V, HIV, PSY …)')).default([]),
  restricted: z.boolean().default(false),
});

export const communitySchema = z.strictObject({
  corridor: z.literal(1),
  name: text,
  environment: z.enum(['test', 'live']),
  trace: trace.optional(),
  locator: z.enum(['all', 'pointers']).default('all'),
  pathways: z.array(pathway).min(1),
  roles: z.array(role).min(1),
  policies: z.array(policyFile).min(1).optional(),
  examples: z.array(example).min(1).max(100).optional(),
  handovers: handovers.optional(),
  organisations: z.array(organisation).min(1),
});

export type CommunityFile = z.infer<typeof communitySchema>;
export type OrganisationEntry = CommunityFile['organisations'][number];
export type LaunchEntry = NonNullable<OrganisationEntry['launch']>;
export type TeamEntry = NonNullable<OrganisationEntry['teams']>[number];
export type SourceEntry = OrganisationEntry['sources'][number];

function isCalendarDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
