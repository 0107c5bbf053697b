import type { Entry, EntryId } from '../record/entry.ts';
import type { FactKey } from '../record/fact.ts';
import type { Patient } from '../record/patient.ts';
import type { Source, SourceId } from '../record/source.ts';
import { enGB } from '../words/en-GB.ts';
import type { ConvertUnit } from '../record/units.ts';
import type { Words } from '../words/words.ts';

/** What a line needs besides its fact: the words, the names of the sources, and today's date to count from. */
export type Surroundings = {
  readonly words: Words;
  readonly sources: ReadonlyMap<SourceId, Source>;
  /** Who the record is about: a document is held against it, and carries it when it is printed. */
  readonly patient?: Patient;
  /** `yyyy-mm-dd`, from the clock of whoever opened the view. Empty: windows and ages are left out. */
  readonly today: string;
  /** Facts the reader wants shown record by record; kept by whoever holds the view, so that it outlives a redraw. */
  readonly split?: ReadonlySet<FactKey>;
  /** The record the reader has asked to see in its place; a new object for each time they ask. */
  readonly sought?: { readonly entry: EntryId };
  /** How facts differ from what this reader saw the last time; left out: nothing is known of that. */
  readonly fresh?: ReadonlyMap<FactKey, Freshness>;
  /** What another section says against a fact, in words: an allergy against a medicine. */
  readonly crossing?: ReadonlyMap<FactKey, string>;
  /** Conversations that hang on lines, and the way to begin one; left out: there are none to be had here. */
  readonly hung?: Hung | undefined;
  /** Brings units onto one axis, where that is certain; without it each unit keeps its own. */
  readonly convert?: ConvertUnit;
};

/** What conversations add to a line of the record, given by whoever holds them. */
export type Hung = {
  /** On the line: that some hang on one of its records. */
  mark(entries: readonly Entry[], around: Surroundings): unknown;
  /** Beside one of its records: the way to ask about it. */
  ask(entry: Entry, around: Surroundings): unknown;
};

/** `unseen`: whoever says it had not answered when the reader last looked, so it may or may not be new. */
export type Freshness = 'new' | 'changed' | 'unseen';

export const NO_SURROUNDINGS: Surroundings = { words: enGB, sources: new Map(), today: '' };

export function sourceName(id: SourceId, around: Surroundings): string {
  return around.sources.get(id)?.organisation.name ?? id;
}
