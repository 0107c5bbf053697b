import { z } from 'zod';
import { secretOf } from './secret.ts';

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const ods = z.string().regex(/^[A-Z0-9]{3,10}$/);
/** A name of a field, a claim or an element: no path, no expression. */
const name = z.string().regex(/^[\w.:-]{1,64}$/);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-fA-F]{${String(bytes * 2)}}$`));

const common = {
  id: identifier.describe('Name of this link in its address: `/plugins/url-launch/launch/<ODS>/<id>`.'),
  organisations: z
    .array(ods)
    .min(1)
    .optional()
    .describe('Organisations a link may say it comes from. Left out: the member itself only.'),
  roles: z
    .record(z.string(), z.string())
    .default({})
    .describe('The EPR’s own role codes to roles of the community. A role that is not here is refused.'),
};

const user = z
  .enum(['asserted', 'sign-in'])
  .default('sign-in')
  .describe(
    '`asserted`: the link names a verified user, who is believed. `sign-in`: it points to a patient, and the user signs in.',
  );

const keys = z
  .array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) }))
  .min(1)
  .describe('Public keys of the EPR as JSON Web Keys (RSA of 2048 bits or more, P-256, P-384, P-521, Ed25519).');

const allowClearNumber = z
  .literal(true)
  .optional()
  .describe(
    'Take the link from the address too, and not only as a posted form or encrypted: the NHS number then stands readable in logs and history. Refused in a live community.',
  );

const decryption = secretOf(
  hex(32).or(hex(64)),
  'Our secret that the tokens are encrypted with: 32 bytes (A256GCM) or 64 bytes (A256CBC-HS512), in hexadecimal.',
);

const tokenProof = {
  issuer: z.string().min(1).max(200).describe('What the token says as `iss`, exactly.'),
  audience: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('What it says as `aud`. Left out: the address of this link.'),
  keys: keys.optional(),
  keysAddress: z
    .url()
    .optional()
    .describe('Where the EPR publishes its keys, instead of `keys`; read again within ten minutes.'),
  secret: secretOf(
    z.string().min(32).max(512),
    'A shared secret for HS256, instead of keys: 32 characters or more.',
  ).optional(),
  decryption: decryption.optional(),
  allowClearNumber,
};

const claims = z
  .strictObject({
    nhsNumber: name.default('nhs_number'),
    birthDate: name.default('birthdate'),
    family: name.default('family_name'),
    localId: name.default('local_id'),
    organisation: name.default('ods'),
    user: name.default('sub'),
    userName: name.default('name'),
    role: name.default('role'),
    sdsUserId: name.default('nhsid_useruid'),
  })
  .prefault({})
  .describe('Names of the claims.');

const jwt = z.strictObject({
  ...common,
  profile: z.literal('jwt').describe('One signed token with patient and user.'),
  opens: z
    .enum(['record', 'inbox'])
    .default('record')
    .describe(
      '`inbox`: a link of the EPR’s home page, with nobody’s chart open, that opens the list of the user’s teams. It names no patient, and one that does is refused.',
    ),
  user,
  ...tokenProof,
  parameter: name.default('token'),
  claims,
});

const jwtPair = z.strictObject({
  ...common,
  profile: z
    .literal('jwt-pair')
    .describe('A token for the patient and one for the user, as toolbars beside GP systems send.'),
  ...tokenProof,
  patientParameter: name.default('patient'),
  userParameter: name.default('user'),
  claims,
});

const fields = z
  .strictObject({
    nhsNumber: name.default('nhs'),
    birthDate: name.default('dob'),
    family: name.default('family'),
    organisation: name.default('org'),
    user: name.default('user'),
    userName: name.default('name'),
    role: name.default('role'),
    time: name.default('time'),
    nonce: name.default('nonce'),
  })
  .prefault({})
  .describe('Names of the fields.');

const hmac = z.strictObject({
  ...common,
  profile: z.literal('hmac').describe('Clear fields with an HMAC-SHA-256 over all of them.'),
  user,
  secret: secretOf(z.string().min(32).max(512), 'Shared with the EPR: 32 characters or more.'),
  signature: name.default('signature'),
  fields,
  allowClearNumber,
});

const sider = z.strictObject({
  ...common,
  profile: z.literal('sider').describe('The SIDeR contextual launch inside a signed token; the user signs in.'),
  ...tokenProof,
  parameter: name.default('token'),
});

const systmone = z.strictObject({
  ...common,
  profile: z
    .literal('systmone')
    .describe('Fields encrypted with the key of the site (URL & Program Maintenance); the user signs in.'),
  keys: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(40).describe('What the link says as KeyID.'),
        key: secretOf(hex(16).or(hex(32)), 'AES key, 16 or 32 bytes in hexadecimal.'),
        iv: secretOf(hex(16), 'Initialisation vector, 16 bytes in hexadecimal.'),
      }),
    )
    .min(1)
    .describe('Keys that are good now: two while one follows the other.'),
  keyId: name.default('KeyID').describe('Name of the field with the KeyID.'),
  encoding: z.enum(['hex', 'base64']).default('base64'),
  fields: z
    .strictObject({
      nhsNumber: name.default('NHSNumber'),
      birthDate: name.default('DateOfBirth'),
      organisation: name.default('OrganisationID'),
      user: name.default('UserName'),
      time: name.optional().describe('A field with the time, where the site can add one. Left out: a link stays good.'),
    })
    .prefault({})
    .describe('Names of the fields; each is encrypted on its own.'),
});

const emisPortal = z.strictObject({
  ...common,
  profile: z
    .literal('emis-portal')
    .describe('The EPR’s server asks for a session by mutual TLS and opens the address it is given.'),
  certificates: z
    .array(hex(32))
    .min(1)
    .describe(
      'SHA-256 of the client certificates of the EPR’s servers, in hexadecimal; two while one follows the other.',
    ),
  elements: z
    .strictObject({
      nhsNumber: name.default('NhsNumber'),
      birthDate: name.default('DateOfBirth'),
      family: name.default('Surname'),
      organisation: name.default('OrganisationNationalCode'),
      user: name.default('UserId'),
      userName: name.default('UserName'),
      role: name.default('JobRole'),
      nonce: name.default('RequestId'),
    })
    .prefault({})
    .describe('Names of the elements of the session request.'),
});

const oidcPlusPatient = z.strictObject({
  ...common,
  profile: z
    .literal('oidc-plus-patient')
    .describe('An unsigned pointer to a patient, posted by a form; the user signs in.'),
  fields,
  origins: z.array(z.url()).min(1).describe('Origins whose pages may post the form.'),
  allowClearNumber,
});

const signIn = z.strictObject({
  issuer: z.url().describe('Issuer of the sign-in service (OpenID Connect): NHS CIS2, Entra ID, NHSmail.'),
  clientId: z.string().min(1).max(200),
  clientSecret: secretOf(
    z.string().min(16).max(512),
    'Client secret. Left out: a public client, by PKCE alone.',
  ).optional(),
  scopes: z.string().default('openid profile').describe('Must begin with openid.'),
  acrValues: z.string().optional().describe('How strongly the user must have signed in, e.g. AAL3_ANY.'),
  acrRequired: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('What the answer must say as `acr`. Left out: not looked at.'),
  endpointOrigins: z.array(z.url()).default([]).describe('Origins of its endpoints beyond that of the issuer.'),
  userinfo: z.boolean().default(false).describe('Read the user’s roles from its userinfo (NHS CIS2).'),
  roleClaim: name
    .default('role')
    .describe('Claim with the role, unless the answer has NHS CIS2 roles (nhsid_nrbac_roles).'),
  roles: z.record(z.string(), z.string()).default({}).describe('Its role codes to roles of the community.'),
  sdsUserClaim: name.default('nhsid_useruid').describe('Claim with the national user id.'),
});

const link = z.discriminatedUnion('profile', [jwt, jwtPair, hmac, sider, systmone, emisPortal, oidcPlusPatient]);

export const settings = z
  .strictObject({
    links: z.array(link).min(1).max(20).describe('One for each place a link comes from.'),
    signIn: signIn.optional().describe('Where users sign in whose link proves no user.'),
    frameAncestors: z
      .array(z.url())
      .default([])
      .describe('Origins of the EPR’s pages that may show the record in a frame.'),
  })
  .superRefine(({ links, signIn }, context) => {
    const seen = new Set<string>();
    links.forEach((item, i) => {
      const report = (field: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['links', i, field], message });
      if (seen.has(item.id)) report('id', 'is used before: give each link its own');
      seen.add(item.id);
      if (needsSignIn(item) && !signIn)
        report('profile', 'proves no user: add signIn, or a profile whose user is asserted');
      if (!needsSignIn(item) && Object.keys(item.roles).length === 0)
        report('roles', 'maps no role, so nobody could open the record: add the EPR’s role codes');
      if (
        'issuer' in item &&
        [item.keys, item.keysAddress, item.secret].filter((one) => one !== undefined).length !== 1
      )
        report('keys', 'give exactly one of keys, keysAddress, secret');
    });
  });

export type UrlLaunchSettings = z.infer<typeof settings>;
export type LinkSettings = UrlLaunchSettings['links'][number];
export type LinkOf<Profile extends LinkSettings['profile']> = Extract<LinkSettings, { profile: Profile }>;
export type SignInSettings = z.infer<typeof signIn>;

/** From the EPR's home page, with nobody's chart open. */
export function opensInbox(link: LinkSettings): boolean {
  return link.profile === 'jwt' && link.opens === 'inbox';
}

/** The address is a pointer to a patient, never the user's authority, unless the profile carries a verified user. */
export function needsSignIn(link: LinkSettings): boolean {
  if (link.profile === 'jwt-pair' || link.profile === 'emis-portal') return false;
  return 'user' in link ? link.user === 'sign-in' : true;
}
