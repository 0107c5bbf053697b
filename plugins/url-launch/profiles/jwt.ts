import { readBirthDate, textOf, type PointedUser, type Pointer } from '../pointer.ts';
import type { LinkOf } from '../settings.ts';
import type { Profile } from './profile.ts';
import { readLinkToken, type LinkToken } from './token.ts';

type ClaimNames = LinkOf<'jwt'>['claims'];

/** One signed token, in the address or posted, with the patient and, where the EPR vouches for them, the user. */
export const jwt: Profile<'jwt'> = {
  evidence: 'signed-url',
  authentic: true,
  comes: 'browser',
  async read(asked, link) {
    const token = await readLinkToken(asked.fields[link.parameter], link, asked);
    if ('fault' in token) return token;
    const user = userIn(token.claims, link.claims);
    return { ...patientIn(token, link.claims), nonces: [token.nonce], ...(user && { user }) };
  },
};

export function patientIn({ claims, atS, untilS }: LinkToken, names: ClaimNames): Omit<Pointer, 'nonces'> {
  const family = textOf(claims[names.family]);
  const localId = textOf(claims[names.localId]);
  return {
    nhsNumber: textOf(claims[names.nhsNumber]) ?? '',
    birthDate: readBirthDate(textOf(claims[names.birthDate])),
    organisation: textOf(claims[names.organisation]) ?? '',
    atS,
    untilS,
    ...(family !== undefined && { family }),
    ...(localId !== undefined && { localId }),
  };
}

/** Id, name and role, or no user at all; by the national id somebody who works at two places is one person. */
export function userIn(claims: LinkToken['claims'], names: ClaimNames): PointedUser | undefined {
  const [id, name, role] = [names.user, names.userName, names.role].map((each) => textOf(claims[each]));
  if (id === undefined || name === undefined || role === undefined) return undefined;
  const sdsUserId = textOf(claims[names.sdsUserId]);
  return { id, name, role, ...(sdsUserId !== undefined && { sdsUserId }) };
}
