import express from 'express';
import type { RequestHandler } from 'express';
import { createCipheriv, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { OrganisationKind } from '../../src/record/source.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString, type Resource } from '../../src/record/resource.ts';
import type { SandboxOrganisation, SandboxUser } from '../community.ts';

/** Systems of social care have no SMART launch: their button opens a signed address (`plugins/url-launch`, profile jwt). */
const KINDS: ReadonlySet<OrganisationKind> = new Set<OrganisationKind>(['council']);

/** Its name in the community file and in the address. */
export const LINK_ID = 'case-file';

export type Links = {
  readonly keySet: RequestHandler;
  /** What the launcher reads its links with, in hexadecimal: a signature hides nothing, and they stand in addresses. */
  readonly secret: string;
  /** `undefined` for somebody without NHS number or whole birth date: no link can point to them. */
  make(user: SandboxUser, patient: Resource): string | undefined;
};

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const LIFE_S = 60;

export function opensByLink({ kind, epr }: Pick<SandboxOrganisation, 'kind' | 'epr'>): boolean {
  return epr === 'full' && KINDS.has(kind);
}

export function openLinks(ods: string, origin: string, launcherUrl: string): Links {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `${ods.toLowerCase()}-links`;
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }];
  const secret = randomBytes(32);
  const address = `${launcherUrl}/plugins/url-launch/launch/${ods}/${LINK_ID}`;
  const router = express.Router();
  router.get('/', (_request, response) => void response.json({ keys }));
  return {
    keySet: router,
    secret: secret.toString('hex'),
    make: (user, patient) => {
      const number = asObjects(patient['identifier']).find(({ system, use }) => system === NHS_NUMBER && use !== 'old');
      const nhsNumber = parseNhsNumber(asString(number?.['value']));
      const birthDate = asString(patient['birthDate']);
      if (nhsNumber === undefined || birthDate?.length !== 10) return undefined;
      const claims = {
        jti: randomUUID(),
        nhs_number: nhsNumber,
        birthdate: birthDate,
        ods,
        name: user.name,
        role: user.roleCode,
        nhsid_useruid: user.sdsUserId,
      };
      const token = jsonwebtoken.sign(claims, privateKey, {
        algorithm: 'ES256',
        keyid: kid,
        issuer: origin,
        subject: user.practitionerId,
        audience: address,
        expiresIn: LIFE_S,
      });
      return `${address}?${new URLSearchParams({ token: encrypt(token, secret) }).toString()}`;
    },
  };
}

/** JWE (RFC 7516), `dir` with A256GCM. */
function encrypt(text: string, secret: Buffer): string {
  const head = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM' })).toString('base64url');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: 16 }).setAAD(Buffer.from(head));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [head, '', ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}
