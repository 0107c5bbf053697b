import { createHmac, timingSafeEqual } from 'node:crypto';
import { readBirthDate, textOf, type Pointer } from '../pointer.ts';
import type { LinkOf } from '../settings.ts';
import { fault, type Fields, type Profile } from './profile.ts';

/** Fields that anybody can read and nobody can change: an HMAC over every one of them, also those we do not know. */
export const hmac: Profile<'hmac'> = {
  evidence: 'signed-url',
  authentic: true,
  comes: 'browser',
  read({ fields, request, posted }, link) {
    if (request.repeated.length > 0) return Promise.resolve(fault('a field twice'));
    if (!posted && link.allowClearNumber !== true) return Promise.resolve(fault('a number in the address'));
    const given = Buffer.from(fields[link.signature] ?? '', 'hex');
    const wanted = createHmac('sha256', link.secret).update(signedText(fields, link.signature)).digest();
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return Promise.resolve(fault('signature'));
    return Promise.resolve(readFields(fields, link.fields));
  },
};

/** `name=value` in the order of their names, each percent-encoded (RFC 3986), with `&` between them. */
export function signedText(fields: Fields, signature: string): string {
  return Object.entries(fields)
    .filter(([name]) => name !== signature)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&');
}

/** Time and nonce must be there: without them a link would be good for ever. */
function readFields(fields: Fields, names: LinkOf<'hmac'>['fields']): Pointer | { readonly fault: string } {
  const nonce = textOf(fields[names.nonce]);
  const atS = readTime(fields[names.time]);
  if (nonce === undefined || atS === undefined) return fault('time or nonce is missing');
  const [id, name, role] = [names.user, names.userName, names.role].map((each) => textOf(fields[each]));
  const user = id !== undefined && name !== undefined && role !== undefined ? { id, name, role } : undefined;
  return { ...pointIn(fields, names), atS, nonces: [nonce], ...(user && { user }) };
}

export function pointIn(
  fields: Fields,
  names: Pick<LinkOf<'hmac'>['fields'], 'nhsNumber' | 'birthDate' | 'organisation' | 'family'>,
): Omit<Pointer, 'nonces'> {
  const family = textOf(fields[names.family]);
  return {
    nhsNumber: textOf(fields[names.nhsNumber]) ?? '',
    birthDate: readBirthDate(fields[names.birthDate]),
    organisation: textOf(fields[names.organisation]) ?? '',
    ...(family !== undefined && { family }),
  };
}

/** Seconds since 1970, or an ISO time with its zone. */
export function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{10}$/.test(text)) return Number(text);
  const ms = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms / 1_000;
}

/** encodeURIComponent leaves five characters that RFC 3986 reserves. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
