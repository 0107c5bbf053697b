import type { HubEvent } from './hub-event.ts';
import type { Subscription } from './subscriber.ts';

/** What the page is told, in the words of the browser half (`host-wire.ts`). */
export type Told = { readonly type: 'change' | 'closing' | 'lost'; readonly epoch: number; readonly payload: object };

export type Following = {
  /** What an event means for the page; nothing when the screen is right already. */
  take(event: HubEvent): Promise<Told | undefined>;
  /** The page's answer: only it makes a 200, for only the page knows what is on the screen. */
  acked(epoch: number, result: string): void;
  end(): void;
};

const STATUS: { readonly [result: string]: number } = { shown: 200, pending: 202 };

type Waiting = { readonly id: string; late: boolean; readonly timer: NodeJS.Timeout; readonly isEnd: boolean };

/** One page at one hub: which patient it shows, by what epoch, and what the hub waits to hear. */
export function createFollowing(
  subscription: Subscription,
  at: { readonly patientId: string | undefined; readonly answerMs: number; readonly now: () => number },
): Following {
  let epoch = 1;
  let open = at.patientId;
  const waiting = new Map<number, Waiting>();
  const expect = (of: number, id: string, isEnd = false): void => {
    const entry: Waiting = {
      id,
      isEnd,
      late: false,
      timer: setTimeout(() => {
        entry.late = true;
        subscription.answer(id, 202);
      }, at.answerMs),
    };
    waiting.set(of, entry);
  };
  const assertedAt = (): string => new Date(at.now()).toISOString();
  const change = (event: HubEvent, patient: object | null): Told => {
    epoch++;
    expect(epoch, event.id);
    return { type: 'change', epoch, payload: { patient, assertedAt: assertedAt() } };
  };
  const lost = (event: HubEvent, reason: string): Told => {
    // The page lets go of everything in the task in which it hears this: that it is gone is its answer.
    expect(epoch, event.id, true);
    return { type: 'lost', epoch, payload: { reason } };
  };
  const opened = (event: HubEvent): Told | undefined => {
    if (!event.patient) return lost(event, 'mismatch');
    if (event.patient.id === open) return done(event);
    open = event.patient.id;
    return change(event, event.patient.said);
  };
  const done = (event: HubEvent): undefined => subscription.answer(event.id, 200) as undefined;
  return {
    take: async (event) => {
      switch (event.name) {
        case 'patient-open':
          return opened(event);
        case 'encounter-open':
          return event.patient ? opened(event) : done(event);
        case 'patient-close':
          if (event.patient && event.patient.id !== open) return done(event);
          open = undefined;
          expect(epoch, event.id);
          return { type: 'closing', epoch, payload: {} };
        case 'home-open':
          open = undefined;
          return change(event, null);
        case 'userlogout':
          return lost(event, 'logout');
        case 'userhibernate':
          return lost(event, 'locked');
        case 'syncerror': {
          // Somebody is elsewhere: the hub is asked who is right, and it not being able to say is no answer either.
          const held = await subscription.current().catch(() => 'silent' as const);
          if (held === 'silent') return lost(event, 'socket');
          if (!held || held.id === open) return done(event);
          open = held.id;
          return change(event, held.said);
        }
        default:
          return done(event);
      }
    },
    acked: (of, result) => {
      const entry = waiting.get(of);
      if (!entry) return;
      waiting.delete(of);
      clearTimeout(entry.timer);
      if (!entry.late) subscription.answer(entry.id, entry.isEnd ? 200 : (STATUS[result] ?? 409));
      else if (result === 'refused') subscription.syncError().catch(() => undefined);
    },
    end: () => {
      for (const { id, timer, late, isEnd } of waiting.values()) {
        clearTimeout(timer);
        if (!late) subscription.answer(id, isEnd ? 200 : 409);
      }
      waiting.clear();
    },
  };
}
