import { countNoticeSubscriptions } from '../storage/tables/notice-subscriptions.ts';
import { instant, type HandoverGround } from './ports.ts';
import { handlesOf, subscriptionId } from './standing-session.ts';
import type { Reader } from './look.ts';

/** For how many people teams can be told of at once, and for whom there was no room. */
export type Room = {
  /** Whether one more can be followed. */
  isLeft(): Promise<boolean>;
  turnedAway(id: string, address: string): void;
  /** Followed after all, or over. */
  forget(id: string): void;
  /** Whether a list may lack somebody whom its teams care for. Of an open chart: whether it lacks them. */
  isShortFor(reader: Pick<Reader, 'addresses' | 'patient'>, of: 'chart' | 'list'): Promise<boolean>;
};

export type RoomDeps = Pick<HandoverGround, 'agreement' | 'database' | 'vault' | 'now'> & {
  readonly most: number;
  /** For the metrics; `true`: somebody was turned away. */
  readonly onRoom?: (full: boolean) => void;
};

const DAY_MS = 86_400_000;
const COUNTED_MS = 10_000;
const MOST_REMEMBERED = 50_000;

/**
 * Remembered by each launcher for as long as it would have been followed. While the store is full, every launcher says so to
 * everybody, also after a restart: it can't tell whom another turned away.
 */
export function createRoom({ agreement, database, vault, now, most, onRoom }: RoomDeps): Room {
  const away = new Map<string, { readonly address: string; readonly untilMs: number }>();
  let counted: { readonly atMs: number; readonly full: Promise<boolean> } | undefined;

  const isFull = async (): Promise<boolean> =>
    (await countNoticeSubscriptions(database.queries, instant(now()))) >= most;

  async function isLeft(): Promise<boolean> {
    const full = await isFull();
    if (!full) onRoom?.(false);
    return !full;
  }

  /** A list that stands open asks every few seconds. */
  function lately(): Promise<boolean> {
    if (!counted || Math.abs(now() - counted.atMs) >= COUNTED_MS) counted = { atMs: now(), full: isFull() };
    counted.full.catch(() => (counted = undefined));
    return counted.full;
  }

  function isAway(id: string): boolean {
    const known = away.get(id);
    if (known && known.untilMs <= now()) away.delete(id);
    return away.has(id);
  }

  return {
    isLeft,
    turnedAway: (id, address) => {
      if (away.size >= MOST_REMEMBERED) away.delete(away.keys().next().value ?? '');
      away.set(id, { address, untilMs: now() + agreement.subscriptionDays * DAY_MS });
      onRoom?.(true);
    },
    forget: (id) => void away.delete(id),
    isShortFor: async ({ addresses, patient }, of) => {
      if (of === 'chart')
        return (
          patient !== undefined &&
          handlesOf(patient, vault).some((handle) => addresses.some((one) => isAway(subscriptionId(one, handle))))
        );
      // The lead is told of everybody, and so lacks whoever is not followed at all.
      const everybody = addresses.includes(agreement.lead.address);
      const theirs = [...away].some(([id, { address }]) => (everybody || addresses.includes(address)) && isAway(id));
      return theirs || lately();
    },
  };
}
