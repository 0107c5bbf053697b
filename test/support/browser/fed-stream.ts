import { readResources } from '../../../src/record/read-resources.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import type { Source } from '../../../src/record/source.ts';
import { answered } from '../../../src/stream/record-of-entries.ts';
import * as sample from './sample-record.ts';

/** What the launcher would say of a source that answers with these. */
export function says(source: Source, ...resources: readonly object[]): readonly RecordEvent[] {
  const reading = readResources(resources, source.id);
  return [
    { type: 'entries', source: source.id, ...reading },
    { type: 'settled', source: source.id, status: answered(reading.entries, '2026-11-20T09:00:01Z') },
  ];
}

export function opening(...sources: readonly Source[]): RecordEvent {
  return { type: 'opened', version: 1, viewId: 'v', at: '2026-11-20T09:00:00Z', patient: sample.patient, sources };
}

/** A stream that the test feeds. */
export function fedStream(): {
  fetch: typeof fetch;
  send: (...events: readonly RecordEvent[]) => void;
  end: () => void;
} {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (started) => void (controller = started) });
  return {
    fetch: (address) => {
      const asked = typeof address === 'string' ? address : '';
      // Whoever asks a second time reaches nobody.
      if (asked.includes('/record?only=')) return Promise.reject(new TypeError('unreachable'));
      return Promise.resolve(asked.endsWith('/record') ? new Response(body) : new Response());
    },
    send: (...events) =>
      events.forEach((event) => controller?.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`))),
    end: () => void controller?.close(),
  };
}

/** All that can be read below a node, through open shadow roots. */
export function wordsIn(root: Node | null | undefined): string {
  if (!root) return '';
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const children =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return children.map(wordsIn).join(' ').replace(/\s+/g, ' ');
}
