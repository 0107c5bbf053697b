import { asString, type Json } from '../../src/record/resource.ts';
import type { EprPlugin, HostLaunch } from '../plugin.ts';
import { hubLaunchOf, keepLaunch, forgetLaunch } from './launches.ts';
import { manifest, type FhircastSettings } from './manifest.ts';
import { router } from './routes.ts';

/** Follows a SMART launch that names a hub, for as long as its session lives. */
export const fhircast: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router,
  host: { pageSettings },
  follow: {
    launched: (launch) => keepLaunch(launch),
    ended: (launchId) => {
      forgetLaunch(launchId);
      return Promise.resolve();
    },
  },
};

/** The page knows no hub, topic or token: it is told through the launcher. */
function pageSettings({ settings, answer }: HostLaunch): Json | undefined {
  if (!answer || asString(answer.token['hub.topic']) === undefined) return undefined;
  return hubLaunchOf(settings as FhircastSettings | undefined, answer) ? {} : undefined;
}
