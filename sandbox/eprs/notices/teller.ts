import { createHash } from 'node:crypto';
import { openProvenSender, type ProvenSender } from '../doors/proven-sender.ts';
import type { SigningKey } from '../doors/signing-key.ts';

/** Sends notifications with a proof over their very bytes; what never arrives leaves a gap in the numbers. */
export type Teller = Omit<ProvenSender, 'send'> & {
  send(endpoint: string, headers: readonly (readonly [string, string])[], bundle: object): void;
};

const ATTEMPTS = 4;

export function openTeller(sourceId: string, key: SigningKey): Teller {
  const sender = openProvenSender(sourceId, key, ATTEMPTS);
  return {
    ...sender,
    send: (address, headers, bundle) => {
      const body = JSON.stringify(bundle);
      sender.send({
        address,
        body,
        claims: { digest: createHash('sha256').update(body).digest('base64url') },
        headers: (proof) => ({ ...Object.fromEntries(headers), 'x-notification-signature': proof }),
      });
    },
  };
}
