import type { SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { hear, NOTHING_SAID, type Said } from './involved.ts';

/** What one view has been told of who cares for its resident. */
export type Heard = {
  readonly said: ReadonlyMap<SourceId, Said>;
  /** Sources that were asked and have not answered in full: they may know of somebody. */
  readonly unheard: ReadonlySet<SourceId>;
  /** Whether all have settled. */
  readonly settled: boolean;
  /** Resolves once they have, or the view is at its end. */
  readonly whenSettled: Promise<void>;
};

type Hearing = {
  readonly said: Map<SourceId, Said>;
  readonly unheard: Set<SourceId>;
  readonly untilMs: number;
  readonly whenSettled: Promise<void>;
  settle(): void;
  settled: boolean;
};

/**
 * What sources have said to a session of who cares for its resident, as it went by on the way to its reader: after the
 * rules had cut it, and in memory alone. It is for that session and nobody else, and is forgotten after `lifeMs`.
 */
export type Hearings = {
  listen(sessionId: string, events: AsyncGenerator<RecordEvent>): AsyncGenerator<RecordEvent>;
  of(sessionId: string): Heard | undefined;
};

const MOST_SESSIONS = 2_000;
const HEARD_MS = 900_000;
/** These are answers: whoever gave one is not waited for. A rule that keeps a source back is no gap of this book's. */
const ANSWERS: ReadonlySet<string> = new Set([
  'answered',
  'nothing-held',
  'withheld',
  'not-agreed',
  'not-connected',
  'not-asked',
]);

export function createHearings(now: () => number, lifeMs = HEARD_MS): Hearings {
  const sessions = new Map<string, Hearing>();

  function begin(sessionId: string): Hearing {
    const known = sessions.get(sessionId);
    if (known && known.untilMs > now()) return known;
    sessions.delete(sessionId);
    if (sessions.size >= MOST_SESSIONS) forgetOldest();
    let settle = (): void => undefined;
    const whenSettled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const made: Hearing = {
      said: new Map(),
      unheard: new Set(),
      untilMs: now() + lifeMs,
      whenSettled,
      settle,
      settled: false,
    };
    sessions.set(sessionId, made);
    return made;
  }

  function forgetOldest(): void {
    for (const [id, { untilMs }] of sessions) if (untilMs <= now()) sessions.delete(id);
    for (const id of sessions.keys()) {
      if (sessions.size < MOST_SESSIONS) return;
      sessions.delete(id);
    }
  }

  return {
    listen: async function* (sessionId, events) {
      const hearing = begin(sessionId);
      const began = new Set<SourceId>();
      try {
        for await (const event of events) {
          take(hearing, event, began);
          yield event;
        }
      } finally {
        hearing.settled = true;
        hearing.settle();
      }
    },
    of: (sessionId) => {
      const known = sessions.get(sessionId);
      return known && known.untilMs > now() ? known : undefined;
    },
  };
}

/** A source that is asked once more says all of it anew: what it said before does not count beside it. */
function take({ said, unheard }: Hearing, event: RecordEvent, began: Set<SourceId>): void {
  if (event.type === 'opened') for (const { id } of event.sources) unheard.add(id);
  if (event.type === 'entries') {
    const before = began.has(event.source) ? said.get(event.source) : undefined;
    began.add(event.source);
    said.set(event.source, hear(before ?? NOTHING_SAID, event.entries));
  }
  if (event.type === 'settled') {
    if (!began.has(event.source)) said.delete(event.source);
    if (ANSWERS.has(event.status.state)) unheard.delete(event.source);
    else unheard.add(event.source);
  }
}
