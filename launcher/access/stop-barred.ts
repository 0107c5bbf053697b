import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';

/**
 * The same stream, without what may no longer be shown: asked again every so often, a source that a rule now bars sends
 * nothing more and is settled as withheld, so that the reader's view lets go of what it had sent (safety H27).
 */
export async function* stopBarred(
  events: AsyncGenerator<RecordEvent>,
  deps: {
    /** Sources that may no longer be shown, with the rule that says so. */
    readonly barred: () => Promise<ReadonlyMap<SourceId, string>>;
    readonly everyMs: number;
    readonly now: () => number;
  },
): AsyncGenerator<RecordEvent> {
  let barred: ReadonlyMap<SourceId, string> = new Map();
  let unknown = false;
  let asking = false;
  const told = new Set<SourceId>();
  const known = new Set<SourceId>();
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    deps
      .barred()
      .then(
        (now) => (barred = now),
        // Whoever can't be asked whether an objection stands is no leave to go on showing.
        () => (unknown = true),
      )
      .finally(() => (asking = false));
  }, deps.everyMs);
  const stops = function* (): Generator<RecordEvent> {
    for (const [source, rule] of barred) {
      if (told.has(source) || !known.has(source)) continue;
      told.add(source);
      yield { type: 'settled', source, status: withheld(rule, deps.now()) };
    }
  };
  try {
    for await (const event of events) {
      if (unknown) throw new Error('whether an objection stands is not known');
      if (event.type === 'opened') for (const { id } of event.sources) known.add(id);
      else yield* stops();
      if ((event.type === 'entries' || event.type === 'settled') && barred.has(event.source)) continue;
      yield event;
    }
  } finally {
    clearInterval(timer);
  }
}

function withheld(rule: string, nowMs: number): FinalSourceStatus {
  return { state: 'withheld', by: 'policy', rule, at: new Date(nowMs).toISOString(), tookMs: 0, sections: {} };
}
