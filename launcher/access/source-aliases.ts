import { createHash } from 'node:crypto';
import type { EntryId, Unread } from '../../src/record/entry.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';

/** Names for the sources of one session that tell nothing about them, and the way back. */
export type SourceAliases = {
  nameOf(source: SourceId): SourceId;
  /** The source behind a name of ours; a real id is no name of ours and leads nowhere. */
  sourceOf(name: SourceId): SourceId | undefined;
};

/**
 * The id of a source often names its organisation, and by that the place of a person whose whereabouts are restricted
 * (safety H24). The session's id never leaves the launcher, so that a name can't be worked out from outside.
 */
export function createSourceAliases(sessionId: string, sources: readonly SourceId[]): SourceAliases {
  const nameOf = (source: SourceId): SourceId => {
    const hash = createHash('sha256').update(`${sessionId}|${source}`).digest('base64url');
    return `s-${hash.slice(0, 16)}` as SourceId;
  };
  const bySource = new Map(sources.map((source) => [nameOf(source), source]));
  return { nameOf, sourceOf: (name) => bySource.get(name) };
}

/** The same stream with every source under its other name. */
export async function* underAliases(
  events: AsyncGenerator<RecordEvent>,
  aliases: SourceAliases,
): AsyncGenerator<RecordEvent> {
  for await (const event of events) {
    if (event.type === 'opened') {
      yield {
        ...event,
        sources: event.sources.map((source): Source => ({ ...source, id: aliases.nameOf(source.id) })),
      };
    } else if (event.type === 'settled') {
      yield { ...event, source: aliases.nameOf(event.source) };
    } else if (event.type === 'entries') {
      const name = aliases.nameOf(event.source);
      const rename = <T extends Pick<Unread, 'origin'>>(item: T): T => ({
        ...item,
        origin: { ...item.origin, source: name },
      });
      const entries = event.entries.map((entry) => {
        const id = (name + entry.id.slice(event.source.length)) as EntryId;
        return { ...rename(entry), id };
      });
      yield { ...event, source: name, entries, unread: event.unread.map(rename) };
    } else yield event;
  }
}
