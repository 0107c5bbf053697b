import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import jsonwebtoken from 'jsonwebtoken';
import type { SigningKey } from '../doors/signing-key.ts';

/** Sends notifications with this EPR's own proof over their very bytes, until they were taken or it gives up. */
export type Teller = {
  send(endpoint: string, headers: readonly (readonly [string, string])[], bundle: object): void;
  /** What was answered, oldest first: its status, or nothing where nobody could be reached. */
  readonly heard: readonly (number | undefined)[];
  close(): Promise<void>;
};

const ATTEMPTS = 4;
const DEADLINE_MS = 5_000;
const PROOF_S = 60;
const KEPT = 1_000;

export function openTeller(sourceId: string, key: SigningKey): Teller {
  const heard: (number | undefined)[] = [];
  const stopped = new AbortController();
  const under = new Set<Promise<void>>();

  const post = async (endpoint: string, headers: readonly (readonly [string, string])[], body: string) => {
    const digest = createHash('sha256').update(body).digest('base64url');
    const proof = jsonwebtoken.sign({ jti: randomUUID(), digest }, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      issuer: sourceId,
      subject: sourceId,
      audience: endpoint,
      expiresIn: PROOF_S,
    });
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: {
          ...Object.fromEntries(headers),
          'content-type': 'application/fhir+json',
          'x-notification-signature': proof,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(DEADLINE_MS)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      // Not reached: it is told again, and what never arrives leaves a gap in the numbers.
      return undefined;
    }
  };
  const tell = async (endpoint: string, headers: readonly (readonly [string, string])[], body: string) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const status = await post(endpoint, headers, body);
      if (heard.length < KEPT) heard.push(status);
      if (status !== undefined && status < 500 && status !== 429) return;
      await wait(200 * 2 ** attempt, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
    }
  };
  return {
    send: (endpoint, headers, bundle) => {
      const telling = tell(endpoint, headers, JSON.stringify(bundle)).finally(() => under.delete(telling));
      under.add(telling);
    },
    heard,
    close: async () => {
      stopped.abort();
      await Promise.all(under);
    },
  };
}
