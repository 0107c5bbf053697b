import { CorridorErrorEvent } from '../components/events.ts';
import type { StorePhase } from '../stream/merging-store.ts';

/** Says to the host that a stream ended as it should not: by the code the reader sees, and what to quote. */
export function tellEnd(element: HTMLElement, phase: StorePhase | undefined, viewId: string | undefined): void {
  if (phase?.phase !== 'ended') return;
  const { how } = phase;
  const code =
    how.end === 'refused'
      ? how.code
      : how.end === 'cut'
        ? `stream.${how.reason}`
        : how.end === 'mismatch'
          ? 'stream.mismatch'
          : how.end === 'unknown-version'
            ? 'stream.unknown_version'
            : undefined;
  if (code !== undefined) element.dispatchEvent(new CorridorErrorEvent(code, viewId ?? ''));
}
