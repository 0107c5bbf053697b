import type { SourceId } from '../record/source.ts';
import type { RecordEvent } from '../record/wire.ts';
import type { StreamEnd } from './open-stream.ts';
import type { MergingStore } from './merging-store.ts';

export type ResumeDeps = {
  readonly ask: (only: readonly SourceId[], onEvent: (event: RecordEvent) => void) => Promise<StreamEnd>;
  /** Resolves after so many milliseconds, or at once when the view is closed. */
  readonly wait: (ms: number) => Promise<void>;
};

/** Three tries to reach a launcher, over a few seconds; a stream that has begun again and breaks is not begun a third time. */
const WAITS_MS = [500, 1_500, 3_000] as const;
/** More than these at once the launcher doesn't take by name: then everybody is asked. */
const MOST_NAMED = 32;

/** A launcher that was killed or restarted cuts its streams; what does not speak of the stream itself is final. */
export function isBroken(how: StreamEnd): boolean {
  return how.end === 'cut' && (how.reason === 'network' || how.reason === 'truncated');
}

/**
 * Asks once more, wherever the address now leads, for the sources that had not ended. Sources that had are whole, for
 * a source's last line comes after all its others: so nothing is missed and nothing stands twice.
 */
export async function resumeStream(store: MergingStore, cut: StreamEnd, deps: ResumeDeps): Promise<StreamEnd> {
  const rest = store.resume();
  if (!rest) return { end: 'closed' };
  let how = cut;
  for (const ms of WAITS_MS) {
    await deps.wait(ms);
    let begun = false;
    how = await deps.ask(rest.missing.length > MOST_NAMED ? [] : rest.missing, (event) => {
      begun = true;
      rest.take(event);
    });
    if (begun || !mayPass(how)) return how;
  }
  return how;
}

/** Nobody was reached, or only the proxy that waits for a launcher. */
function mayPass(how: StreamEnd): boolean {
  return isBroken(how) || (how.end === 'refused' && [502, 503, 504].includes(how.status));
}
