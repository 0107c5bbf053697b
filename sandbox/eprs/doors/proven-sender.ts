import { setTimeout as wait } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { SigningKey } from './signing-key.ts';

/** What an EPR posts to the launcher of its own accord, with a proof of its own, until it was taken or it gives up. */
export type ProvenSender = {
  send(post: Post): void;
  /** What was answered, oldest first: its status, or nothing where nobody could be reached. */
  readonly heard: readonly (number | undefined)[];
  close(): Promise<void>;
};

export type Post = {
  readonly address: string;
  readonly body: string;
  /** What the proof vouches for beside who sends, and where to. */
  readonly claims?: { readonly [claim: string]: string };
  /** The headers, with the proof in the one that the standard wants it in. */
  headers(proof: string): { readonly [name: string]: string };
  readonly afterMs?: number;
};

const DEADLINE_MS = 5_000;
const PROOF_S = 60;
const KEPT = 1_000;

export function openProvenSender(sourceId: string, key: SigningKey, attempts: number): ProvenSender {
  const heard: (number | undefined)[] = [];
  const stopped = new AbortController();
  const under = new Set<Promise<void>>();

  const proofFor = ({ address, claims }: Post): string =>
    jsonwebtoken.sign({ jti: randomUUID(), ...claims }, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      issuer: sourceId,
      subject: sourceId,
      audience: address,
      expiresIn: PROOF_S,
    });
  const attempt = async (post: Post): Promise<number | undefined> => {
    try {
      const answer = await fetch(post.address, {
        method: 'POST',
        headers: { ...post.headers(proofFor(post)), 'content-type': 'application/fhir+json' },
        body: post.body,
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
  const say = async (post: Post): Promise<void> => {
    let pauseMs = post.afterMs ?? 0;
    for (let tried = 0; tried < attempts; tried++) {
      const waited = await wait(pauseMs, true, { signal: stopped.signal, ref: false }).catch(() => false);
      if (!waited) return;
      const status = await attempt(post);
      if (heard.length < KEPT) heard.push(status);
      // Refused for good is an answer too.
      if (status !== undefined && status < 500 && status !== 429) return;
      pauseMs = 200 * 2 ** tried;
    }
  };
  return {
    send: (post) => {
      const saying = say(post).finally(() => under.delete(saying));
      under.add(saying);
    },
    heard,
    close: async () => {
      stopped.abort();
      await Promise.all(under);
    },
  };
}
