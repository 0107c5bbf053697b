import type { Pointer } from '../pointer.ts';
import { pointIn } from './hmac.ts';
import { fault, type Profile } from './profile.ts';

/**
 * A pointer that nobody signed: any user could change it, and then asks for another patient in their own name, which is
 * audited as any other. It comes by a posted form from a page of the EPR; in an address only where the community says so
 * out loud.
 */
export const oidcPlusPatient: Profile<'oidc-plus-patient'> = {
  evidence: 'host-message',
  authentic: false,
  comes: 'browser',
  read({ fields, posted, request }, link) {
    if (request.repeated.length > 0) return Promise.resolve(fault('a field twice'));
    if (!posted && link.allowClearNumber !== true) return Promise.resolve(fault('a number in the address'));
    if (posted && !link.origins.includes(request.header('origin') ?? '')) return Promise.resolve(fault('origin'));
    const pointer: Pointer = { ...pointIn(fields, link.fields), nonces: [] };
    return Promise.resolve(pointer);
  },
};
