import { randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { asString, type Resource } from '../../../src/record/resource.ts';
import type { SandboxUser } from '../../community.ts';
import { askLauncher } from './ask-launcher.ts';
import type { DoorOptions } from './door.ts';
import { patientFacts } from './patient-facts.ts';
import { makeSigningKey } from './signing-key.ts';

/** A server of the host's own that vouches for its user and its open patient (`plugins/vouched-launch.ts`). */
export type Assertions = {
  settings(roles: Readonly<Record<string, string>>): object;
  /** What the launcher gives for an assertion: opaque, once, for a minute. `undefined` for somebody without NHS number. */
  launchFor(user: SandboxUser, patient: Resource): Promise<string | undefined>;
};

const LIFE_S = 60;

export function openAssertions(
  { organisation, origin, launcherUrl }: DoorOptions,
  plugin: 'embed-sdk' | 'openmrs-o3' = 'embed-sdk',
): Assertions {
  const { kid, privateKey, publicJwk } = makeSigningKey(`${organisation.ods.toLowerCase()}-assertions`);
  const address = `${launcherUrl}/plugins/${plugin}`;
  return {
    settings: (roles) => ({ issuer: origin, keys: [publicJwk], roles, origins: [origin] }),
    launchFor: async (user, patient) => {
      const facts = patientFacts(patient);
      if (!facts) return undefined;
      const claims = {
        nhs_number: facts.nhsNumber,
        birthdate: facts.birthDate,
        ...(facts.family !== undefined && { family_name: facts.family }),
        local_id: patient.id,
        name: user.name,
        role: user.roleCode,
      };
      const assertion = jsonwebtoken.sign(claims, privateKey, {
        algorithm: 'ES256',
        keyid: kid,
        issuer: origin,
        subject: user.practitionerId,
        audience: address,
        expiresIn: LIFE_S,
        jwtid: randomUUID(),
      });
      const headers = { 'content-type': 'application/jwt' };
      const answer = await askLauncher(`${address}/assertion/${organisation.ods}`, { body: assertion, headers });
      return asString(answer['launch']);
    },
  };
}
