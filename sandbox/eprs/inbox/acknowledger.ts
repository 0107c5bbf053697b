import type { Json } from '../../../src/record/resource.ts';
import { openProvenSender, type ProvenSender } from '../doors/proven-sender.ts';
import type { SigningKey } from '../doors/signing-key.ts';

/** Sends what this EPR has to say of a message, until it has been heard. */
export type Acknowledger = Omit<ProvenSender, 'send'> & {
  send(address: string, response: Json, afterMs?: number): void;
};

const ATTEMPTS = 6;

export function openAcknowledger(sourceId: string, key: SigningKey): Acknowledger {
  const sender = openProvenSender(sourceId, key, ATTEMPTS);
  return {
    ...sender,
    send: (address, response, afterMs = 0) =>
      sender.send({
        address,
        body: JSON.stringify(response),
        headers: (proof) => ({ authorization: `Bearer ${proof}` }),
        afterMs,
      }),
  };
}
