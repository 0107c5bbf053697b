import { openAssertions } from './assertions.ts';
import type { Door, DoorOptions } from './door.ts';

/** A portal that is a web page itself: its server vouches, its page holds `<corridor-frame>` (`plugins/embed-sdk`). */
export function frameDoor(options: DoorOptions): Door {
  const assertions = openAssertions(options);
  const address = `${options.launcherUrl}/plugins/embed-sdk/launch/${options.organisation.ods}`;
  return {
    id: 'embed-sdk',
    plugins: (roles) => ({ 'embed-sdk': assertions.settings(roles) }),
    open: async ({ user }, { patient, place }) => {
      // A window of its own is no element of this page.
      const launch = place === 'frame' ? await assertions.launchFor(user, patient) : undefined;
      return launch === undefined ? undefined : { url: address, launch };
    },
  };
}
