import type { EventPatient, HubEvent } from './hub-event.ts';
import type { Subscription } from './subscriber.ts';

/** What the page is told, in the words of the browser half (`host-wire.ts`). */
export type Told = { readonly type: 'change' | 'closing' | 'lost'; readonly epoch: number; readonly payload: object };

export type Following = {
  /** What an event means for the page; nothing when the screen is right already. */
  take(event: HubEvent): Promise<Told | undefined>;
  /** What the hub holds now, for a page that comes from another stream: it may have missed something in between. */
  catchUp(held: EventPatient | undefined): Promise<Told | undefined>;
  /** The page's answer: only it makes a 200, for only the page knows what is on the screen. */
  acked(epoch: number, result: string): void;
  end(): void;
};

const STATUS: { readonly [result: string]: number } = { shown: 200, pending: 202 };

type Waiting = {
  readonly id: string;
  late: boolean;
  readonly timer: NodeJS.Timeout;
  readonly isEnd: boolean;
  /** The page is being led to the next patient, and its stream may end before its answer has come. */
  isLed?: boolean;
};

export type FollowingFrom = {
  readonly patientId: string | undefined;
  readonly epoch: number;
  readonly answerMs: number;
  readonly now: () => number;
  /** A ticket for the patient the chart has moved to, and what the page goes on with; nothing when there can be none. */
  openNext?(patient: EventPatient, epoch: number): Promise<object | undefined>;
  /** The page's answer, where another launcher has heard it. */
  heardElsewhere?(epoch: number): Promise<string | undefined>;
};

/** How often another launcher's word is looked for, while the hub waits for one. */
const LOOK_MS = 250;

/** One page at one hub: which patient it shows, by what epoch, and what the hub waits to hear. */
export function createFollowing(subscription: Subscription, at: FollowingFrom): Following {
  let { epoch } = at;
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
    void look(of, entry);
  };
  const look = async (of: number, entry: Waiting): Promise<void> => {
    if (!at.heardElsewhere) return;
    for (let left = (at.answerMs * 2) / LOOK_MS; left > 0; left--) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
      if (waiting.get(of) !== entry) return;
      // A store that does not answer is asked again; the hub hears 202 meanwhile.
      const result = await at.heardElsewhere(of).catch(() => undefined);
      if (result !== undefined) acked(of, result);
    }
  };
  const assertedAt = (): string => new Date(at.now()).toISOString();
  const change = async (patient: EventPatient | null, eventId?: string): Promise<Told> => {
    const of = ++epoch;
    open = patient?.id;
    if (eventId !== undefined) expect(of, eventId);
    const entry = waiting.get(of);
    const next = patient && (await at.openNext?.(patient, of));
    if (entry && next) entry.isLed = true;
    return {
      type: 'change',
      epoch: of,
      payload: { patient: patient?.said ?? null, assertedAt: assertedAt(), ...next },
    };
  };
  const lost = (event: HubEvent, reason: string): Told => {
    // The page lets go of everything in the task in which it hears this: that it is gone is its answer.
    expect(epoch, event.id, true);
    return { type: 'lost', epoch, payload: { reason } };
  };
  const opened = (event: HubEvent): Told | undefined | Promise<Told> => {
    if (!event.patient) return lost(event, 'mismatch');
    return event.patient.id === open ? done(event) : change(event.patient, event.id);
  };
  const done = (event: HubEvent): undefined => subscription.answer(event.id, 200) as undefined;
  function acked(of: number, result: string): void {
    const entry = waiting.get(of);
    if (!entry) return;
    waiting.delete(of);
    clearTimeout(entry.timer);
    if (!entry.late) subscription.answer(entry.id, entry.isEnd ? 200 : (STATUS[result] ?? 409));
    else if (result === 'refused') subscription.syncError().catch(() => undefined);
  }
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
          return change(null, event.id);
        case 'userlogout':
          return lost(event, 'logout');
        case 'userhibernate':
          return lost(event, 'locked');
        case 'syncerror': {
          // Somebody is elsewhere: the hub is asked who is right, and it not being able to say is no answer either.
          const held = await subscription.current().catch(() => 'silent' as const);
          if (held === 'silent') return lost(event, 'socket');
          return !held || held.id === open ? done(event) : change(held, event.id);
        }
        default:
          return done(event);
      }
    },
    catchUp: async (held) => {
      if (held?.id === open) return undefined;
      if (held) return change(held);
      open = undefined;
      return { type: 'closing', epoch, payload: {} };
    },
    acked,
    end: () => {
      for (const { id, timer, late, isEnd, isLed } of waiting.values()) {
        clearTimeout(timer);
        if (!late) subscription.answer(id, isEnd ? 200 : isLed ? 202 : 409);
      }
      waiting.clear();
    },
  };
}
