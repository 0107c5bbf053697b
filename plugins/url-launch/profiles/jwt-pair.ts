import { textOf } from '../pointer.ts';
import { patientIn, userIn } from './jwt.ts';
import { fault, type Profile } from './profile.ts';
import { readLinkToken } from './token.ts';

/** A patient's token is worth nothing without the user's of the same organisation and, where they say it, the same session. */
export const jwtPair: Profile<'jwt-pair'> = {
  evidence: 'signed-url',
  authentic: true,
  comes: 'browser',
  async read(asked, link) {
    const patient = await readLinkToken(asked.fields[link.patientParameter], link, asked);
    if ('fault' in patient) return patient;
    const user = await readLinkToken(asked.fields[link.userParameter], link, asked);
    if ('fault' in user) return fault(`user: ${user.fault}`);
    if (patient.nonce === user.nonce) return fault('one token for both');
    const together = [link.claims.organisation, 'sid'].every(
      (name) => textOf(patient.claims[name]) === textOf(user.claims[name]),
    );
    const who = userIn(user.claims, link.claims);
    if (!together || !who) return fault('the tokens do not belong together');
    const { atS, untilS } = {
      atS: Math.min(patient.atS, user.atS),
      untilS: Math.min(patient.untilS, user.untilS),
    };
    if (Math.max(patient.atS, user.atS) - atS > 60) return fault('the tokens are of different times');
    return { ...patientIn(patient, link.claims), atS, untilS, nonces: [patient.nonce, user.nonce], user: who };
  },
};
