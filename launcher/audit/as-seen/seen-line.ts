import type { RecordEvent } from '../../../src/record/wire.ts';

/** A line of the wire and the texts of the entries in it, made in one go. */
export type SeenLine = { readonly line: string; readonly entries: readonly string[] };

/** The same bytes as `encodeEvent` (src/record/wire.ts), with each entry's own text at hand to be hashed. */
export function encodeSeen(event: RecordEvent): SeenLine {
  if (event.type !== 'entries') return { line: `${JSON.stringify(event)}\n`, entries: [] };
  const entries = event.entries.map((entry) => JSON.stringify(entry));
  const members = Object.entries(event).map(([name, value]) =>
    name === 'entries' ? `"entries":[${entries.join(',')}]` : `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return { line: `{${members.join(',')}}\n`, entries };
}
