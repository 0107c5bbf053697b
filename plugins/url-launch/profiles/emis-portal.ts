import { timingSafeEqual } from 'node:crypto';
import { readBirthDate } from '../pointer.ts';
import { readElements } from '../xml.ts';
import { fault, type Profile } from './profile.ts';

/**
 * The EPR's server asks for a session and is given an address to open: nothing of the patient is ever in one. It proves
 * itself by the client certificate of its TLS, which the proxy in front verifies and names.
 */
export const emisPortal: Profile<'emis-portal'> = {
  evidence: 'mutual-tls',
  authentic: true,
  comes: 'server',
  read({ request }, link) {
    const { clientCertificate, body } = request;
    const given = Buffer.from(clientCertificate ?? '', 'hex');
    const known = link.certificates.some(
      (one) => given.length === 32 && timingSafeEqual(Buffer.from(one, 'hex'), given),
    );
    if (!known) return Promise.resolve(fault('client certificate'));
    const elements = readElements(body);
    if (!elements) return Promise.resolve(fault('session request'));
    const { nonce, birthDate, ...names } = link.elements;
    const [nhsNumber, organisation, id, name, role, family] = [
      names.nhsNumber,
      names.organisation,
      names.user,
      names.userName,
      names.role,
      names.family,
    ].map((each) => elements.get(each));
    const request_ = elements.get(nonce);
    if (request_ === undefined || id === undefined || name === undefined || role === undefined)
      return Promise.resolve(fault('the request or its user is not named'));
    return Promise.resolve({
      nhsNumber: nhsNumber ?? '',
      birthDate: readBirthDate(elements.get(birthDate)),
      organisation: organisation ?? '',
      nonces: [request_],
      user: { id, name, role },
      ...(family !== undefined && { family }),
    });
  },
};
