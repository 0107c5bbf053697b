import { asObject, asString } from '../../../src/record/resource.ts';
import type { Transport } from '../../host-channel.ts';
import type { Envelope } from '../../host-wire.ts';
import type { Bridge } from './bridges.ts';

/**
 * A bridge belongs to the control, not to the document in it: after a navigation it carries what was meant for the page
 * before. So each document makes a nonce and says it with every envelope (`page`); the host repeats it and adds its own
 * (`native`) in its first answer; from then on both are in every message, and a message without them is nobody's.
 */
export function nonceTransport(bridge: Bridge, launchId: string): Transport {
  const page = crypto.randomUUID();
  let native: string | undefined;
  let epoch = 0;
  return {
    send: (message: Envelope) => {
      epoch = message.epoch;
      bridge.send(JSON.stringify({ ...message, page, ...(native !== undefined && { native }) }));
    },
    listen: (receive) =>
      bridge.listen(
        (data) => {
          const message = readMessage(data);
          const theirs = asString(message?.['native']);
          if (!message || message['page'] !== page || theirs === undefined || !NONCE.test(theirs)) return;
          if (native === undefined && message['type'] === 'context') native = theirs;
          if (theirs !== native) return;
          if (typeof message['epoch'] === 'number') epoch = message['epoch'];
          receive(message);
        },
        // The port hears it as the host's own last word.
        () => receive({ corridor: 1, id: 'gone', launchId, epoch, type: 'lost', payload: { reason: 'host-gone' } }),
      ),
  };
}

/** 96 bits and more, in any spelling of them. */
const NONCE = /^[A-Za-z0-9_-]{16,128}$/;
const LONGEST = 32_768;

function readMessage(data: unknown): ReturnType<typeof asObject> {
  if (typeof data !== 'string') return asObject(data);
  if (data.length > LONGEST) return undefined;
  try {
    return asObject(JSON.parse(data));
  } catch {
    // A host may use its bridge for other things too.
    return undefined;
  }
}
