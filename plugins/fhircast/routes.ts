import { asObject, asString } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginRequest, PluginSession, RouterFace, RouterTools } from '../router-face.ts';
import { createFollowing, type Following, type Told } from './following.ts';
import { hubRoutes, hubSocket } from './hub/routes.ts';
import { rememberLaunch, takeLaunch } from './launches.ts';
import type { FhircastSettings } from './manifest.ts';
import { nextPatient, resumed, type Resumed } from './next-patient.ts';
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

type Page = { readonly session: PluginSession; readonly following: Following; readonly subscription: Subscription };

/** The page's `hello`; what the hub says comes back as lines, for as long as the page and its session are there. */
async function follow({ session, body, signal }: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const member = tools.members.find(({ ods }) => ods === session?.ods);
  const re = asString(asObject(body)?.['id']);
  const from = session && !FOLLOWED.has(session.launchId) ? await asked(body, session, tools) : undefined;
  if (!session || !member || re === undefined || !from)
    throw new PluginTrouble('request.not_found', 'no hub to follow');
  const { launch, epoch } = from;
  const { leaseS, answerMs } = member.settings as FhircastSettings;
  // Before anything is asked of the hub: it may be the small one, which knows its users by their launches.
  rememberLaunch(session.launchId, launch);
  const subscription = await subscribe(launch, { member, tools, leaseS, signal });
  const held = await subscription.current().catch(async (error: unknown) => {
    await subscription.close();
    throw error;
  });
  const following = createFollowing(subscription, {
    patientId: launch.patientId,
    epoch,
    answerMs,
    now: () => tools.now(),
    openNext: nextPatient({ session, launch, tools }, () => void subscription.syncError().catch(() => undefined)),
    heardElsewhere: async (of) => asString((await tools.take?.(`ack:${session.launchId}:${String(of)}`))?.['result']),
  });
  const page = { session, following, subscription };
  FOLLOWED.set(session.launchId, following);
  signal.addEventListener('abort', () => void leave(page), { once: true });
  await tools.audit({ outcome: 'success', what: 'followed', ods: member.ods, launchId: session.launchId });
  return {
    lines: tell(page, from.isResumed ? await following.catchUp(held) : opening(re, launch.patientId, held, tools)),
  };
}

/** A page after its launch, or one that a change has led to its next patient. Either comes once. */
async function asked(
  body: unknown,
  session: PluginSession,
  tools: RouterTools,
): Promise<(Resumed & { readonly isResumed: boolean }) | undefined> {
  const resume = asString(asObject(body)?.['resume']);
  if (resume !== undefined) {
    const found = await resumed(resume, session, tools);
    return found && { ...found, isResumed: true };
  }
  const launch = await takeLaunch(session.launchId, tools);
  return launch && { launch, epoch: 1, isResumed: false };
}

/** Ids of one EPR: another id is another patient, even where the hub says no more of them. */
function opening(
  re: string,
  patientId: string,
  held: Awaited<ReturnType<Subscription['current']>>,
  tools: RouterTools,
): Told | { readonly type: 'context'; readonly re: string; readonly epoch: 1; readonly payload: object } {
  if (held !== undefined && held.id !== patientId) return { type: 'lost', epoch: 1, payload: { reason: 'mismatch' } };
  const assertedAt = new Date(tools.now()).toISOString();
  return { re, type: 'context', epoch: 1, payload: { assertedAt, ...(held && { patient: held.said }) } };
}

async function* tell(page: Page, first: object | undefined): AsyncGenerator<object> {
  const { session, following, subscription } = page;
  let count = 0;
  const envelope = (said: object): object => ({
    corridor: 1,
    id: `hub-${String(++count)}`,
    launchId: session.launchId,
    ...said,
  });
  try {
    if (first) yield envelope(first);
    if (first && 'type' in first && first.type === 'lost') return;
    for await (const event of subscription.events) {
      const said = await following.take(event);
      if (said) yield envelope(said);
    }
    yield envelope({ type: 'lost', epoch: 1, payload: { reason: subscription.isExpired() ? 'expired' : 'socket' } });
  } finally {
    await leave(page);
  }
}

async function leave({ session, following, subscription }: Page): Promise<void> {
  if (FOLLOWED.get(session.launchId) === following) FOLLOWED.delete(session.launchId);
  following.end();
  await subscription.close();
}

/** Kept for the launcher that has the page's stream, where it is another. */
const ACK_MS = 20_000;

async function ack({ session, body }: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const { of, result } = asObject(body) ?? {};
  if (!session || typeof of !== 'number' || !Number.isSafeInteger(of) || !isResult(result))
    throw new PluginTrouble('request.invalid', 'not an answer');
  const { launchId, ods } = session;
  const here = FOLLOWED.get(launchId);
  if (here) here.acked(of, result);
  // A second answer to one event is refused: the first stands.
  else await tools.keep?.(ods, { result }, ACK_MS, `ack:${launchId}:${String(of)}`).catch(() => undefined);
  return { nothing: true };
}

function isResult(value: unknown): value is 'shown' | 'pending' | 'refused' {
  return value === 'shown' || value === 'pending' || value === 'refused';
}
