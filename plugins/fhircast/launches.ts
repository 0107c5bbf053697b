import { asString, type Json } from '../../src/record/resource.ts';
import type { FollowedLaunch, LaunchAnswer } from '../plugin.ts';
import type { RouterTools } from '../router-face.ts';
import type { FhircastSettings } from './manifest.ts';

/** What a launch said of its hub, and with whose token it is asked. */
export type HubLaunch = {
  readonly hubUrl: string;
  readonly topic: string;
  readonly ods: string;
  readonly patientId: string;
  readonly accessToken: string;
};

const MOST = 10_000;
/** For the small hub beside it, which asks whose a token is. In memory only, and only at the launcher of the launch. */
const KEPT = new Map<string, HubLaunch>();

/** `hub.url` and `hub.topic` beside the token (FHIRcast 3.0, §2.3), where the address is one of the settings. */
export function hubLaunchOf(
  settings: FhircastSettings | undefined,
  { token }: LaunchAnswer,
): { readonly hubUrl: string; readonly topic: string } | undefined {
  const hubUrl = asString(token['hub.url'])?.replace(/\/+$/, '');
  const topic = asString(token['hub.topic']);
  if (hubUrl === undefined || topic === undefined || !/^[A-Za-z0-9._~:-]{1,200}$/.test(topic)) return undefined;
  const isNamed = settings?.hubs.some((named) => named.replace(/\/+$/, '') === hubUrl) === true;
  return isNamed ? { hubUrl, topic } : undefined;
}

/** The page asks for its hub once, and may reach another launcher than the one that has finished the launch. */
export async function keepLaunch(launch: FollowedLaunch): Promise<void> {
  const { launchId, ods, settings, answer, accessToken, patientId } = launch;
  const named = hubLaunchOf(settings as FhircastSettings, answer);
  if (!named) return;
  const hub = { ...named, ods, patientId, accessToken };
  rememberLaunch(launchId, hub);
  await launch.keep?.(hub);
}

export function rememberLaunch(launchId: string, hub: HubLaunch): void {
  const [oldest] = KEPT.keys();
  if (KEPT.size >= MOST && oldest !== undefined) KEPT.delete(oldest);
  KEPT.set(launchId, hub);
}

export function forgetLaunch(launchId: string): void {
  KEPT.delete(launchId);
}

/**
 * The launch that this token came with, if its hub is the one that is asked: a site's users follow the small hub by their
 * own tokens, each the topic of their own launch.
 */
export function findFollower(token: string, hubUrl: string): HubLaunch | undefined {
  for (const launch of KEPT.values()) if (launch.accessToken === token && launch.hubUrl === hubUrl) return launch;
  return undefined;
}

export async function takeLaunch(launchId: string, tools: RouterTools): Promise<HubLaunch | undefined> {
  return readLaunch(await tools.take?.(`launch:${launchId}`));
}

/** What this plugin kept comes back as what it was. */
export function readLaunch(kept: Json | undefined): HubLaunch | undefined {
  const [hubUrl, topic, ods, patientId, accessToken] = ['hubUrl', 'topic', 'ods', 'patientId', 'accessToken'].map(
    (name) => asString(kept?.[name]),
  );
  return hubUrl && topic && ods && patientId && accessToken
    ? { hubUrl, topic, ods, patientId, accessToken }
    : undefined;
}
