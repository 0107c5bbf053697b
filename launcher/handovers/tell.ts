import type { SourceId } from '../../src/record/source.ts';
import { findNoticeSubscription } from '../storage/tables/notice-subscriptions.ts';
import { findNoticeWatch, tellNoticeWatch, type NoticeWatchRow } from '../storage/tables/notice-watches.ts';
import type { CommunitySource } from '../trust/community.ts';
import { secretHash } from './attend.ts';
import { instant, type HandoverGround } from './ports.ts';
import type { Notification } from './read-notification.ts';
import { openProven } from './standing-session.ts';

export type Tell = {
  /** Whose address it is, as long as anybody is told by it. */
  find(watchId: string): Promise<Told | undefined>;
  /** Whether this is the secret that the source was given for this watch. */
  knows(told: Told, secret: string): boolean;
  /** Something came that can't be believed: written down, once the address is one of ours. */
  refuse(told: Told, why: string): Promise<void>;
  /** What was told, proven to be the source's own word. */
  take(told: Told, notification: Notification): Promise<void>;
};

export type Told = {
  readonly watch: NoticeWatchRow;
  readonly source: CommunitySource;
  readonly topics: readonly string[];
};

export type TellDeps = HandoverGround & {
  readonly heartbeatMs: number;
  readonly sameSecret: (given: string, expected: string) => boolean;
  /** Look now (`worker.ts`). */
  readonly nudge: () => void;
};

const HEARTBEATS = 1.5;
/** Statuses by which a source says that it tells no more (FHIR SubscriptionStatusCodes). */
const OVER: readonly string[] = ['error', 'off'];

/**
 * A notification is believed for one thing: that it is time to ask. Nothing it says of a person is read. One event, many,
 * a gap in their numbers or a word that it tells no more all come to the same question, and the question misses nothing.
 */
export function createTell(deps: TellDeps): Tell {
  const { database, community } = deps;

  async function auditOf({ watch, source }: Told) {
    const subscription = await findNoticeSubscription(database.queries, watch.subscriptionId);
    return {
      at: instant(deps.now()),
      organisation: source.ods,
      purpose: 'direct-care',
      source: source.id,
      ...(subscription && { nhsNumber: openProven(subscription, deps).patient.nhsNumber }),
    } as const;
  }

  return {
    find: async (watchId) => {
      const watch = await findNoticeWatch(database.queries, watchId);
      const source = watch && community.source(watch.source as SourceId);
      if (!watch || !source || source.notices?.by !== 'subscription' || watch.state === 'ended') return undefined;
      return { watch, source, topics: source.notices.topics };
    },
    knows: ({ watch }, secret) =>
      watch.secretHash !== undefined && deps.sameSecret(secretHash(secret), watch.secretHash),
    refuse: async (told, why) => {
      await deps.audit.record({
        ...(await auditOf(told)),
        type: 'notice.refused',
        outcome: 'refused',
        code: `notice.${why}`,
        detail: { watch: told.watch.id },
      });
    },
    take: async (told, notification) => {
      const { type, subscription, count, events, status } = notification;
      const lastEvent = Math.max(count, ...events);
      const happened = type === 'event-notification' || OVER.includes(status);
      const outcome = await tellNoticeWatch(database, told.watch.id, {
        at: instant(deps.now()),
        remoteId: subscription,
        lastEvent,
        asks: (before) => happened || lastEvent > before,
        quietUntil: instant(deps.now() + deps.heartbeatMs * HEARTBEATS),
      });
      if (!outcome?.asks) return;
      const missed = Math.max(0, lastEvent - outcome.before - events.length);
      await deps.audit.record({
        ...(await auditOf(told)),
        type: 'notice.told',
        outcome: 'success',
        ...(missed > 0 && { code: 'notice.gap' }),
        detail: { what: type, events: events.length, ...(missed > 0 && { missed }) },
      });
      deps.nudge();
    },
  };
}
