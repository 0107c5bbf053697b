import type { HostPort } from '../../../plugins/host-port.ts';
import type { BreakGlassEvent } from '../../components/events.ts';
import { hostActWords } from '../../words/host-acts.ts';
import type { CorridorRecord } from '../corridor-record.ts';

/**
 * A line in the host's own banner once everybody who was asked has ended in a state: how many did not answer, or not in
 * full. Numbers and no names, of nobody: a clinician who looks away from the record should still know that it has gaps.
 */
export function sayGaps(port: HostPort, record: CorridorRecord): () => void {
  const words = hostActWords(record.words.language);
  let shown = '';
  let stop: (() => void) | undefined;
  const look = (): void => {
    const { gaps = 0, total = 0, settled = false } = record.store?.record?.completeness ?? {};
    const text = settled && gaps > 0 ? words.gaps(gaps, total) : '';
    if (text === shown) return;
    shown = text;
    port.ui.banner(text === '' ? null : { id: 'completeness', level: 'warning', text });
  };
  const watch = (): void => {
    stop?.();
    stop = record.store?.subscribe(look);
    look();
  };
  // An emergency asks everybody anew, into a store of its own.
  const again = ({ answer }: BreakGlassEvent): void => void answer?.then(watch, () => undefined);
  record.addEventListener('corridor-break-glass', again);
  watch();
  return () => {
    stop?.();
    record.removeEventListener('corridor-break-glass', again);
    if (shown !== '') port.ui.banner(null);
  };
}
