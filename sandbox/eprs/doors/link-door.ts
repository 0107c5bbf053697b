import { LINK_ID, openLinks } from '../links.ts';
import type { Door, DoorOptions } from './door.ts';

const KEYS = '/link-keys';

/** A case file whose button opens a signed and encrypted address (`plugins/url-launch`, profile jwt). */
export function linkDoor({ organisation, origin, launcherUrl }: DoorOptions): Door {
  const links = openLinks(organisation.ods, origin, launcherUrl);
  return {
    id: 'url-launch',
    keySet: { path: KEYS, serve: links.keySet },
    plugins: (roles) => ({
      'url-launch': {
        links: [
          {
            id: LINK_ID,
            profile: 'jwt',
            user: 'asserted',
            issuer: origin,
            keysAddress: `${origin}${KEYS}`,
            decryption: links.secret,
            roles,
          },
        ],
      },
    }),
    open: ({ user }, { patient }) => {
      const url = links.make(user, patient);
      return Promise.resolve(url === undefined ? undefined : { url });
    },
  };
}
