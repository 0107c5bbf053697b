import { asObject, asString } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginRequest, RouterFace, RouterTools } from '../router-face.ts';
import { createFollowing, type Following } from './following.ts';
import { hubRoutes, hubSocket } from './hub/routes.ts';
import { findLaunch } from './launches.ts';
import type { FhircastSettings } from './manifest.ts';
import { subscribe, type Subscription } from './subscriber.ts';

export const router: RouterFace = {
  routes: [
    { method: 'POST', path: '/context', caller: 'page', body: 'json', handle: follow },
    { method: 'POST', path: '/ack', caller: 'page', body: 'json', handle: ack },
    ...hubRoutes,
  ],
  sockets: [hubSocket],
};

/** By launch: one page, one subscription. */
const FOLLOWED = new Map<string, Following>();

/** The page's `hello`; what the hub says comes back as lines, for as long as the page and its session are there. */
async function follow({ session, body, signal }: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const launchId = session?.launchId ?? '';
  const launch = findLaunch(launchId);
  const member = tools.members.find(({ ods }) => ods === session?.ods);
  const re = asString(asObject(body)?.['id']);
  if (!launch || !member || re === undefined || FOLLOWED.has(launchId))
    throw new PluginTrouble('request.not_found', 'no hub to follow');
  const { leaseS, answerMs } = member.settings as FhircastSettings;
  const subscription = await subscribe(launch, { member, tools, leaseS, signal });
  const held = await subscription.current().catch(async (error: unknown) => {
    await subscription.close();
    throw error;
  });
  const following = createFollowing(subscription, { patientId: launch.patientId, answerMs, now: () => tools.now() });
  FOLLOWED.set(launchId, following);
  const leave = (): void => {
    FOLLOWED.delete(launchId);
    following.end();
    void subscription.close();
  };
  signal.addEventListener('abort', leave, { once: true });
  await tools.audit({ outcome: 'success', what: 'followed', ods: member.ods, launchId });
  // Ids of one EPR: another id is another patient, even where the hub says no more of them.
  const isOther = held !== undefined && held.id !== launch.patientId;
  const assertedAt = new Date(tools.now()).toISOString();
  const first = { re, type: 'context', epoch: 1, payload: { assertedAt, ...(held && { patient: held.said }) } };
  const lines = tell({ launchId, following, subscription, first: isOther ? undefined : first });
  return { lines };
}

async function* tell({
  launchId,
  following,
  subscription,
  first,
}: {
  readonly launchId: string;
  readonly following: Following;
  readonly subscription: Subscription;
  readonly first: object | undefined;
}): AsyncGenerator<object> {
  let count = 0;
  const envelope = (said: object): object => ({ corridor: 1, id: `hub-${String(++count)}`, launchId, ...said });
  try {
    if (!first) {
      yield envelope({ type: 'lost', epoch: 1, payload: { reason: 'mismatch' } });
      return;
    }
    yield envelope(first);
    for await (const event of subscription.events) {
      const said = await following.take(event);
      if (said) yield envelope(said);
    }
    yield envelope({ type: 'lost', epoch: 1, payload: { reason: subscription.isExpired() ? 'expired' : 'socket' } });
  } finally {
    FOLLOWED.delete(launchId);
    following.end();
    await subscription.close();
  }
}

function ack({ session, body }: PluginRequest): Promise<PluginAnswer> {
  const said = asObject(body);
  const { of, result } = said ?? {};
  if (typeof of !== 'number' || typeof result !== 'string') throw new PluginTrouble('request.invalid', 'not an answer');
  FOLLOWED.get(session?.launchId ?? '')?.acked(of, result);
  return Promise.resolve({ nothing: true });
}
