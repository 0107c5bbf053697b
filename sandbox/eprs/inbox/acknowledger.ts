import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import jsonwebtoken from 'jsonwebtoken';
import type { Json } from '../../../src/record/resource.ts';
import type { SigningKey } from '../doors/signing-key.ts';

/** Sends what this EPR has to say of a message, with a proof of its own, until it has been heard. */
export type Acknowledger = {
  send(address: string, response: Json, afterMs?: number): void;
  /** What the launcher answered, oldest first: its status, or nothing where it could not be reached. */
  readonly heard: readonly (number | undefined)[];
  close(): Promise<void>;
};

const ATTEMPTS = 6;
const DEADLINE_MS = 5_000;
const PROOF_S = 60;
const KEPT = 1_000;

export function openAcknowledger(sourceId: string, key: SigningKey): Acknowledger {
  const heard: (number | undefined)[] = [];
  const stopped = new AbortController();
  const under = new Set<Promise<void>>();

  const post = async (address: string, response: Json): Promise<number | undefined> => {
    const proof = jsonwebtoken.sign({ jti: randomUUID() }, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      issuer: sourceId,
      subject: sourceId,
      audience: address,
      expiresIn: PROOF_S,
    });
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${proof}` },
        body: JSON.stringify(response),
        redirect: 'error',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(DEADLINE_MS)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      // Not reached: it is said again.
      return undefined;
    }
  };
  const say = async (address: string, response: Json, afterMs: number): Promise<void> => {
    let pauseMs = afterMs;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const waited = await wait(pauseMs, true, { signal: stopped.signal, ref: false }).catch(() => false);
      if (!waited) return;
      const status = await post(address, response);
      if (heard.length < KEPT) heard.push(status);
      // Refused for good is an answer too.
      if (status !== undefined && status < 500 && status !== 429) return;
      pauseMs = 200 * 2 ** attempt;
    }
  };
  return {
    send: (address, response, afterMs = 0) => {
      const saying = say(address, response, afterMs).finally(() => under.delete(saying));
      under.add(saying);
    },
    heard,
    close: async () => {
      stopped.abort();
      await Promise.all(under);
    },
  };
}
