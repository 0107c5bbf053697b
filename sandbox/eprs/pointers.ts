import express from 'express';
import type { RequestHandler } from 'express';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString, type Resource } from '../../src/record/resource.ts';

/** Whom an EPR knows, as it tells the launcher: so that nobody asks it about people it never met. */
export type Pointers = {
  /** Served whether or not the EPR's FHIR server answers: what was once said stands. */
  readonly keySet: RequestHandler;
  /** Names everybody in the store, a thousand at a time, and says with the last that these are all. */
  push(launcherUrl: string, sourceId: string, patients: readonly Resource[], nowMs: number): Promise<void>;
};

const AT_ONCE = 1_000;
const PROOF_S = 60;
const DEADLINE_MS = 5_000;
/** Pushed anew at every start and every day: what is not, runs out. */
const UNTIL_MS = 30 * 86_400_000;
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

export function openPointers(ods: string): Pointers {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `${ods.toLowerCase()}-pointers`;
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }];
  const router = express.Router();
  router.get('/', (_request, response) => void response.json({ keys }));
  return {
    keySet: router,
    push: async (launcherUrl, sourceId, patients, nowMs) => {
      const until = new Date(nowMs + UNTIL_MS).toISOString().slice(0, 10);
      const known = [...new Set(patients.flatMap(numbersOf))].map((nhsNumber) => ({ nhsNumber, until }));
      for (let start = 0; start === 0 || start < known.length; start += AT_ONCE) {
        const last = start + AT_ONCE >= known.length;
        const proof = jsonwebtoken.sign({ jti: randomUUID() }, privateKey, {
          algorithm: 'ES256',
          keyid: kid,
          issuer: sourceId,
          subject: sourceId,
          audience: `${launcherUrl}/locator`,
          expiresIn: PROOF_S,
        });
        const answer = await fetch(`${launcherUrl}/locator`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${proof}` },
          body: JSON.stringify({ pointers: known.slice(start, start + AT_ONCE), ...(last && { complete: true }) }),
          signal: AbortSignal.timeout(DEADLINE_MS),
        });
        if (!answer.ok) throw new Error(`the launcher did not take the pointers of ${ods}: ${String(answer.status)}`);
      }
    },
  };
}

/** Every number a chart carries, old ones too: whoever is looked for by one of them is known here. */
function numbersOf(patient: Resource): readonly string[] {
  return asObjects(patient['identifier']).flatMap(({ system, value }) => {
    const number = system === NHS_NUMBER ? parseNhsNumber(asString(value) ?? '') : undefined;
    return number === undefined ? [] : [number];
  });
}
