import { createHmac } from 'node:crypto';

/**
 * A patient's name in alerts and counts: HMAC-SHA-256 of the NHS number under the launcher's own secret. An unkeyed
 * hash of ten digits is undone in a second, and would be the number itself.
 */
export function patientHandle(secret: Uint8Array, nhsNumber: string): string {
  return createHmac('sha256', secret).update(`corridor|patient|${nhsNumber}`).digest('base64url');
}
