import { NHS_NUMBER_SYSTEM } from '../../../src/record/nhs-number.ts';
import { readBirthDate, textOf } from '../pointer.ts';
import { fault, type Profile } from './profile.ts';
import { readLinkToken } from './token.ts';

const ODS_SYSTEM = 'https://fhir.nhs.uk/Id/ods-organization-code';
const SDS_USER_SYSTEM = 'https://fhir.nhs.uk/Id/sds-user-id';

/**
 * The SIDeR contextual launch, inside a token that can be verified: `patient=system|number`, `birthdate` and
 * `location=system|ODS` must all be there. It says who the practitioner is, and proves them by nobody: they sign in, and
 * have to be the same.
 */
export const sider: Profile<'sider'> = {
  evidence: 'signed-url',
  authentic: true,
  comes: 'browser',
  async read(asked, link) {
    const token = await readLinkToken(asked.fields[link.parameter], link, asked);
    if ('fault' in token) return token;
    const { claims, atS, untilS, nonce } = token;
    const organisation = valueOf(claims['location'], ODS_SYSTEM);
    const nhsNumber = valueOf(claims['patient'], NHS_NUMBER_SYSTEM);
    if (organisation === undefined || nhsNumber === undefined) return fault('patient or location is missing');
    const sdsUserId = valueOf(claims['practitioner'], SDS_USER_SYSTEM);
    return {
      nhsNumber,
      birthDate: readBirthDate(textOf(claims['birthdate'])),
      organisation,
      atS,
      untilS,
      nonces: [nonce],
      ...(sdsUserId !== undefined && { user: { id: sdsUserId, name: '', role: '', sdsUserId } }),
    };
  },
};

/** The value of `system|value` in this system. */
function valueOf(token: unknown, system: string): string | undefined {
  const text = textOf(token);
  return text?.startsWith(`${system}|`) ? textOf(text.slice(system.length + 1)) : undefined;
}
