import { createDecipheriv } from 'node:crypto';
import { readBirthDate, type Pointer } from '../pointer.ts';
import type { LinkOf } from '../settings.ts';
import { readTime } from './hmac.ts';
import { fault, type Profile } from './profile.ts';

type Key = LinkOf<'systmone'>['keys'][number];

/**
 * SystmOne's URL & Program Maintenance: each field encrypted with the AES key and vector that the site typed in. The same
 * field is the same text every time and nothing shows a change, so that a link can be kept, and a field of it put into
 * another. It points to a patient; the user signs in, always.
 */
export const systmone: Profile<'systmone'> = {
  evidence: 'encrypted-url',
  authentic: false,
  comes: 'browser',
  read({ fields, request }, link) {
    const key = link.keys.find(({ id }) => id === fields[link.keyId]);
    const { time: timeName } = link.fields;
    // All of them are decrypted whatever becomes of the first, so that no answer comes sooner than another.
    const read = (name: string): string | undefined => decrypt(fields[name] ?? '', key ?? link.keys[0], link.encoding);
    const [nhsNumber, birthDate, organisation, id] = [
      read(link.fields.nhsNumber),
      read(link.fields.birthDate),
      read(link.fields.organisation),
      read(link.fields.user),
    ];
    const atS = timeName === undefined ? undefined : readTime(read(timeName));
    if (!key || request.repeated.length > 0) return Promise.resolve(fault('no such key, or a field twice'));
    if (nhsNumber === undefined || birthDate === undefined || organisation === undefined || id === undefined)
      return Promise.resolve(fault('a field is missing or can’t be decrypted'));
    if (timeName !== undefined && atS === undefined) return Promise.resolve(fault('time'));
    const pointer: Pointer = {
      nhsNumber,
      birthDate: readBirthDate(birthDate),
      organisation,
      nonces: [],
      ...(atS !== undefined && { atS }),
    };
    return Promise.resolve(pointer);
  },
};

/** AES-CBC with PKCS#7; the cipher's length is the key's. Wrong padding and wrong text are the same nothing. */
function decrypt(text: string, key: Key | undefined, encoding: 'hex' | 'base64'): string | undefined {
  const sealed = Buffer.from(text, encoding);
  if (!key || sealed.length === 0 || sealed.length % 16 !== 0 || sealed.length > 512) return undefined;
  const name = key.key.length === 32 ? 'aes-128-cbc' : 'aes-256-cbc';
  try {
    const decipher = createDecipheriv(name, Buffer.from(key.key, 'hex'), Buffer.from(key.iv, 'hex'));
    const open = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(open);
  } catch {
    return undefined;
  }
}
