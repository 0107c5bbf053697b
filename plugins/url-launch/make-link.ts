import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type JsonWebKey,
} from 'node:crypto';
import { NHS_NUMBER_SYSTEM } from '../../src/record/nhs-number.ts';
import type { Json } from '../../src/record/resource.ts';
import { PluginTrouble, type LinkFace, type LinkOrder, type MadeLink } from '../plugin.ts';
import { encryptToken } from './jwe.ts';
import { signedText } from './profiles/hmac.ts';
import type { LinkOf, LinkSettings, UrlLaunchSettings } from './settings.ts';
import { escaped } from './xml.ts';

type TokenLink = LinkOf<'jwt'> | LinkOf<'jwt-pair'> | LinkOf<'sider'>;

/** The EPR's side of every profile, for integration teams: a link to try, and keys to begin with. */
export const linkMaker: LinkFace = {
  profiles: ['jwt', 'jwt-pair', 'sider', 'hmac', 'systmone'],
  make: (order) => {
    const { links } = order.settings as UrlLaunchSettings;
    const link = order.link === undefined ? links[0] : links.find(({ id }) => id === order.link);
    if (!link)
      throw new PluginTrouble(
        'link.invalid',
        `there is no such link; there are ${links.map(({ id }) => id).join(', ')}`,
      );
    return makeFor(link, order);
  },
  makeKeys: (profile) => {
    if (profile === 'hmac') {
      const secret = randomBytes(32).toString('hex');
      return { settings: { secret: { env: 'LINK_SECRET' } }, secret: { LINK_SECRET: secret } };
    }
    if (profile === 'systmone') {
      const [key, iv] = [randomBytes(32).toString('hex'), randomBytes(16).toString('hex')];
      const id = new Date().toISOString().slice(0, 10);
      const named = { id, key: { env: 'LINK_KEY' }, iv: { env: 'LINK_IV' } };
      return { settings: { keys: [named] }, secret: { LINK_KEY: key, LINK_IV: iv } };
    }
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const kid = randomBytes(8).toString('hex');
    const more = { kid, alg: 'ES384', use: 'sig' };
    // A signature hides nothing: what stands in an address is encrypted too.
    const decryption = randomBytes(64).toString('hex');
    return {
      settings: {
        keys: [{ ...publicKey.export({ format: 'jwk' }), ...more }],
        decryption: { env: 'LINK_DECRYPTION' },
      },
      secret: { ...privateKey.export({ format: 'jwk' }), ...more, LINK_DECRYPTION: decryption },
    };
  },
};

function makeFor(link: LinkSettings, order: LinkOrder): MadeLink {
  const base = `${order.launcherUrl}/plugins/url-launch`;
  const address = `${base}/launch/${order.ods}/${link.id}`;
  const opened = (fields: { readonly [name: string]: string }): MadeLink => ({
    address: `${address}?${new URLSearchParams(fields).toString()}`,
  });
  switch (link.profile) {
    case 'jwt':
      return opened({
        [link.parameter]: token({ ...patientClaims(link, order), ...userClaims(link, order) }, link, order),
      });
    case 'jwt-pair':
      return opened({
        [link.patientParameter]: token(patientClaims(link, order), link, order),
        [link.userParameter]: token({ [link.claims.organisation]: order.ods, ...userClaims(link, order) }, link, order),
      });
    case 'sider':
      return opened({ [link.parameter]: token(siderClaims(order), link, order) });
    case 'hmac': {
      const fields = clearFields(link, order);
      const signature = createHmac('sha256', link.secret).update(signedText(fields, link.signature)).digest('hex');
      return opened({ ...fields, [link.signature]: signature });
    }
    case 'systmone':
      return opened(encryptedFields(link, order));
    case 'oidc-plus-patient':
      return { address, form: clearFields(link, order) };
    case 'emis-portal':
      return { address: `${base}/session/${order.ods}/${link.id}`, document: sessionRequest(link, order) };
  }
}

function patientClaims({ claims }: LinkOf<'jwt'> | LinkOf<'jwt-pair'>, { patient, ods }: LinkOrder): Json {
  return {
    [claims.nhsNumber]: patient.nhsNumber,
    [claims.birthDate]: patient.birthDate,
    [claims.organisation]: ods,
    ...(patient.family !== undefined && { [claims.family]: patient.family }),
  };
}

function userClaims({ claims }: LinkOf<'jwt'> | LinkOf<'jwt-pair'>, { user }: LinkOrder): Json {
  return user ? { [claims.user]: user.id, [claims.userName]: user.name, [claims.role]: user.role } : {};
}

function siderClaims({ patient, ods, user }: LinkOrder): Json {
  return {
    patient: `${NHS_NUMBER_SYSTEM}|${patient.nhsNumber}`,
    birthdate: patient.birthDate,
    location: `https://fhir.nhs.uk/Id/ods-organization-code|${ods}`,
    ...(user && { practitioner: `https://fhir.nhs.uk/Id/sds-user-id|${user.id}` }),
  };
}

/** Signed with the EPR's key or the shared secret, then encrypted where the link is. */
function token(claims: Json, link: TokenLink, order: LinkOrder): string {
  const atS = Math.floor(order.nowMs / 1_000);
  const audience = link.audience ?? `${order.launcherUrl}/plugins/url-launch/launch/${order.ods}/${link.id}`;
  const times = { iat: atS, exp: atS + 60, jti: randomBytes(16).toString('hex') };
  const whole = { iss: link.issuer, aud: audience, ...times, ...claims };
  const { alg, kid, sign: signed } = signer(link, order.key);
  const text = [{ typ: 'JWT', alg, ...(kid !== undefined && { kid }) }, whole].map(encoded).join('.');
  const made = `${text}.${signed(text).toString('base64url')}`;
  return link.decryption === undefined ? made : encryptToken(made, link.decryption);
}

function signer(
  { secret }: TokenLink,
  key: Json | undefined,
): { alg: string; kid?: unknown; readonly sign: (text: string) => Buffer } {
  if (secret !== undefined) return { alg: 'HS256', sign: (text) => createHmac('sha256', secret).update(text).digest() };
  const alg = key && { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[String(key['crv'])];
  if (!key || alg === undefined)
    throw new PluginTrouble(
      'link.invalid',
      'links of this profile are signed: give the EPR’s private key (EC, as JWK)',
    );
  const hash = alg.replace('ES', 'sha');
  const privateKey = createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
  return {
    alg,
    kid: key['kid'],
    sign: (text) => sign(hash, Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

function clearFields(
  { fields }: LinkOf<'hmac'> | LinkOf<'oidc-plus-patient'>,
  { patient, ods, user, nowMs }: LinkOrder,
): { readonly [name: string]: string } {
  return {
    [fields.nhsNumber]: patient.nhsNumber,
    [fields.birthDate]: patient.birthDate,
    [fields.organisation]: ods,
    [fields.time]: String(Math.floor(nowMs / 1_000)),
    [fields.nonce]: randomBytes(16).toString('hex'),
    ...(patient.family !== undefined && { [fields.family]: patient.family }),
    ...(user && { [fields.user]: user.id, [fields.userName]: user.name, [fields.role]: user.role }),
  };
}

function encryptedFields(
  { keys: [key], keyId, encoding, fields }: LinkOf<'systmone'>,
  { patient, ods, user, nowMs }: LinkOrder,
): { readonly [name: string]: string } {
  if (!key) throw new PluginTrouble('link.invalid', 'the link has no key');
  const seal = (text: string): string => {
    const cipher = createCipheriv(
      key.key.length === 32 ? 'aes-128-cbc' : 'aes-256-cbc',
      Buffer.from(key.key, 'hex'),
      Buffer.from(key.iv, 'hex'),
    );
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString(encoding);
  };
  return {
    [keyId]: key.id,
    [fields.nhsNumber]: seal(patient.nhsNumber),
    [fields.birthDate]: seal(patient.birthDate),
    [fields.organisation]: seal(ods),
    [fields.user]: seal(user?.id ?? 'test'),
    ...(fields.time !== undefined && { [fields.time]: seal(String(Math.floor(nowMs / 1_000))) }),
  };
}

function sessionRequest({ elements }: LinkOf<'emis-portal'>, { patient, ods, user }: LinkOrder): string {
  const said = {
    [elements.nonce]: randomBytes(16).toString('hex'),
    [elements.organisation]: ods,
    [elements.nhsNumber]: patient.nhsNumber,
    [elements.birthDate]: patient.birthDate,
    ...(patient.family !== undefined && { [elements.family]: patient.family }),
    ...(user && { [elements.user]: user.id, [elements.userName]: user.name, [elements.role]: user.role }),
  };
  const lines = Object.entries(said).map(([name, text]) => `  <${name}>${escaped(text)}</${name}>`);
  return `<SessionRequest>\n${lines.join('\n')}\n</SessionRequest>\n`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
