import type { Entry } from '../record/entry.ts';
import { sourceName, type Surroundings } from './surroundings.ts';

/** A place's name, unless the line's own source already says it: said twice, it takes the room of what is not said yet. */
export function elsewhere(place: string | undefined, entry: Entry, around: Surroundings): string | undefined {
  return place?.trim() === sourceName(entry.origin.source, around) ? undefined : place;
}
