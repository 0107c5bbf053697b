import type { DocumentEntry } from '../../record/sections/documents.ts';
import type { Line } from '../line.ts';
import type { Surroundings } from '../surroundings.ts';

/** What the document is and who wrote it. */
export function documentLine(entry: DocumentEntry, { words }: Surroundings): Line {
  const type = entry.type === entry.title ? undefined : entry.type;
  return {
    main: entry.title,
    parts: [type, entry.authors[0], entry.setting],
    aside: entry.attachments.length === 0 && entry.kind === 'document' ? words.documents.noCopy : undefined,
    detail: [...entry.headings, ...entry.events],
  };
}
