import { createHash, randomBytes } from 'node:crypto';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { NoticeSubscriptionRow } from '../storage/tables/notice-subscriptions.ts';
import {
  endNoticeWatch,
  saveNoticeRemote,
  settleNoticeWatch,
  type NoticeWatchRow,
} from '../storage/tables/notice-watches.ts';
import type { NoticeRoute } from '../trust/community.ts';
import { askChanges, type ChangesDeps, type Heard, type Plan } from './ask-changes.ts';
import { hear, SKEW_MS, type HearDeps } from './hear.ts';
import { instant } from './ports.ts';
import type { Proven } from './standing-session.ts';

export type AttendDeps = HearDeps &
  ChangesDeps & {
    readonly limits: { readonly pollMs: number; readonly heartbeatMs: number };
    /** Where a source tells what has happened: `/notify/…`, whole. */
    readonly endpoint: (watchId: string) => string;
    readonly onFailure: (event: string, error?: unknown) => void;
  };

/** One watch whose time has come, with whom it is for. */
export type Attended = {
  readonly watch: NoticeWatchRow;
  readonly subscription: NoticeSubscriptionRow;
  readonly proven: Proven;
  readonly plan: Plan;
  readonly lease: string;
};

/** A source that tells by itself may be silent for so many of its heartbeats before it is asked. */
const HEARTBEATS = 1.5;
const FIRST_PAUSE_MS = 5_000;

/**
 * Asks one source what has happened since it was last heard whole, and makes notices of it. Whatever led here (its own
 * word, a gap in its numbers, its silence, the time) the question is the same, and so is what comes of an event.
 */
export async function attend(attended: Attended, deps: AttendDeps, signal: AbortSignal): Promise<void> {
  const { watch, plan } = attended;
  const source = deps.community.source(watch.source as SourceId);
  const notices = source?.notices;
  if (!notices) return void (await endNoticeWatch(deps.database.queries, watch.id));
  const askedAt = deps.now();
  const changes = await askChanges(source.id, plan, watch.changedSince, deps, signal);
  const heard = 'heard' in changes ? changes.heard : undefined;
  if (heard) await hearWhole(attended, heard, notices.by, deps);
  if (changes.said === 'refused' || changes.said === 'unknown-person') {
    const state = changes.said === 'refused' ? 'refused' : 'heard';
    const heardAt = state === 'heard' && { heardAt: instant(askedAt), changedSince: instant(askedAt - SKEW_MS) };
    return settle(attended, { state, failures: 0, pauseMs: deps.limits.pollMs, ...heardAt }, deps);
  }
  if (changes.said === 'failed') {
    const failures = watch.failures + 1;
    const pauseMs = Math.min(deps.limits.pollMs, FIRST_PAUSE_MS * 2 ** Math.min(failures, 16));
    return settle(attended, { state: 'failing', failures, pauseMs }, deps);
  }
  // Told from now on; what happened between the answer above and this is asked for once more.
  const tells = notices.by === 'subscription' && (await keepTelling(attended, notices, changes.heard, deps, signal));
  const pauseMs = tells === 'anew' ? 0 : tells ? deps.limits.heartbeatMs * HEARTBEATS : deps.limits.pollMs;
  const whole = { heardAt: instant(askedAt), changedSince: instant(askedAt - SKEW_MS) };
  await settle(attended, { state: 'heard', failures: 0, pauseMs, ...whole }, deps);
}

async function hearWhole(
  { watch, subscription, proven }: Attended,
  heard: Heard,
  route: NoticeRoute['by'],
  deps: AttendDeps,
): Promise<void> {
  // By itself only where it told lately: a silent one was asked, whatever the community file says of it.
  const told = route === 'subscription' && watch.toldAt !== undefined && watch.toldAt >= (watch.heardAt ?? '');
  const hearing = { subscription, proven, source: watch.source as SourceId, heard, since: watch.changedSince };
  await hear({ ...hearing, route: told ? 'subscription' : 'polling' }, deps);
}

/** Whether it tells by itself now; `anew`: it has just been asked to. One that can't be is asked instead. */
async function keepTelling(
  { watch, subscription }: Attended,
  notices: Extract<NoticeRoute, { by: 'subscription' }>,
  { connection, patientId }: Heard,
  deps: AttendDeps,
  signal: AbortSignal,
): Promise<'anew' | boolean> {
  if (!connection.subscribe) return false;
  const { heartbeatMs } = deps.limits;
  const silentSince = deps.now() - heartbeatMs * HEARTBEATS;
  const tells = watch.remoteIds.length > 0 && Date.parse(watch.toldAt ?? '') > silentSince;
  if (tells) return true;
  const { queries } = deps.database;
  const secret = randomBytes(32).toString('base64url');
  try {
    if (watch.remoteIds.length > 0) await connection.unsubscribe?.(watch.remoteIds, signal);
    // Before it is asked to: it says hello before it has answered.
    await saveNoticeRemote(queries, watch.id, { secretHash: secretHash(secret) });
    const { topics } = notices;
    const order = {
      patientId,
      topics,
      endpoint: deps.endpoint(watch.id),
      secret,
      endsAt: subscription.until,
      heartbeatMs,
    };
    const remoteIds = await connection.subscribe(order, signal);
    await saveNoticeRemote(queries, watch.id, { remoteIds, at: instant(deps.now()) });
    return 'anew';
  } catch (error) {
    if (!(error instanceof SourceTrouble) && !signal.aborted) throw error;
    deps.onFailure('notice.not_subscribed', error);
    return false;
  }
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

async function settle(
  { watch, lease }: Attended,
  { pauseMs, ...settled }: Omit<Parameters<typeof settleNoticeWatch>[2], 'dueAt'> & { readonly pauseMs: number },
  deps: AttendDeps,
): Promise<void> {
  const dueAt = instant(deps.now() + pauseMs);
  await settleNoticeWatch(deps.database.queries, { id: watch.id, lease }, { ...settled, dueAt });
}
