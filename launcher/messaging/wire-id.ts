import { createHash } from 'node:crypto';

/**
 * What a message is called on the wire to whom it is passed on (a UUID, RFC 9562 §5.8): a name of its own for each
 * address, always the same. An EPR that two teams share would drop it as one it has, and what the first says of it later
 * would be taken for the word of the second.
 */
export function passedOnId(messageId: string, address: string): string {
  const hex = createHash('sha256').update(`${messageId} ${address}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
