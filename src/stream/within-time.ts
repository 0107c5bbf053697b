import type { RecordEvent } from '../record/wire.ts';
import type { StreamEnd } from './open-stream.ts';

/** The launcher says that it is alive every quarter of a minute: two such words missed, and nobody is there. */
const SILENCE_MS = 45_000;
/** Every source has ended long before; a stream that goes on saying that it is alive never will. */
const WHOLE_MS = 180_000;

export type TimedAsk = (onEvent: (event: RecordEvent) => void, signal: AbortSignal) => Promise<StreamEnd>;

/**
 * One stream, given so long to say something and so long for the whole. What is out of time is cut, like a connection
 * that breaks; whatever it still says is nobody's.
 */
export function withinTime(
  ask: TimedAsk,
  onEvent: (event: RecordEvent) => void,
  outer: AbortSignal,
  { silenceMs = SILENCE_MS, wholeMs = WHOLE_MS } = {},
): Promise<StreamEnd> {
  const own = new AbortController();
  return new Promise((resolve) => {
    const late = (): void => end({ end: 'cut', reason: 'network' });
    const left = (): void => end({ end: 'stopped' });
    const whole = setTimeout(late, wholeMs);
    let silence = setTimeout(late, silenceMs);
    const end = (how: StreamEnd): void => {
      clearTimeout(whole);
      clearTimeout(silence);
      outer.removeEventListener('abort', left);
      resolve(how);
      own.abort();
    };
    outer.addEventListener('abort', left, { once: true });
    void ask((event) => {
      if (own.signal.aborted) return;
      clearTimeout(silence);
      silence = setTimeout(late, silenceMs);
      onEvent(event);
    }, own.signal).then(end);
    if (outer.aborted) left();
  });
}
