import express from 'express';
import type { RequestHandler } from 'express';
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { Resource } from '../../src/record/resource.ts';
import type { SandboxUser } from '../community.ts';
import { makeSigningKey } from './doors/signing-key.ts';
import { patientFacts } from './doors/patient-facts.ts';

/** Its name in the community file and in the address. */
export const LINK_ID = 'case-file';

export type Links = {
  readonly keySet: RequestHandler;
  /** What the launcher reads its links with, in hexadecimal: a signature hides nothing, and they stand in addresses. */
  readonly secret: string;
  /** `undefined` for somebody without NHS number or whole birth date: no link can point to them. */
  make(user: SandboxUser, patient: Resource): string | undefined;
};

const LIFE_S = 60;

export function openLinks(ods: string, origin: string, launcherUrl: string): Links {
  const { kid, privateKey, publicJwk } = makeSigningKey(`${ods.toLowerCase()}-links`);
  const secret = randomBytes(32);
  const address = `${launcherUrl}/plugins/url-launch/launch/${ods}/${LINK_ID}`;
  const router = express.Router();
  router.get('/', (_request, response) => void response.json({ keys: [publicJwk] }));
  return {
    keySet: router,
    secret: secret.toString('hex'),
    make: (user, patient) => {
      const facts = patientFacts(patient);
      if (!facts) return undefined;
      const claims = {
        jti: randomUUID(),
        nhs_number: facts.nhsNumber,
        birthdate: facts.birthDate,
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
