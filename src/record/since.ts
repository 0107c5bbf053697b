import type { Entry, EntryId } from './entry.ts';
import type { Fact, FactKey } from './fact.ts';
import type { PatientRecord, SectionView } from './patient-record.ts';
import type { SectionId } from './section.ts';
import type { SourceId } from './source.ts';

/**
 * A keyed hash (HMAC with a secret of the launcher). It must be keyed: "asthma, active" has few alternatives, and whoever
 * holds a plain hash can try them all.
 */
export type Hash = (text: string) => string;

/** What one reader saw of one record: hashes and nothing else. Nobody can read a fact, a source or a person out of it. */
export type RecordDigest = {
  readonly version: 1;
  readonly of: string;
  readonly sections: { readonly [id in SectionId]?: SectionDigest };
};

type SectionDigest = {
  /** Sources that had answered for the section in full. */
  readonly answered: readonly string[];
  readonly facts: readonly (readonly SeenEntry[])[];
};

type SeenEntry = readonly [source: string, id: string, content: string];

/** What each keyed hash has made of each entry: once for as long as the entry is there. */
const hashed = new WeakMap<Hash, WeakMap<Entry, SeenEntry>>();

/** Hashes a record a few entries at a time, so that what is asked afterwards finds everything done (safety H32). */
export function* hashInSteps(record: PatientRecord, hash: Hash): Generator<undefined, void> {
  for (const { facts } of record.sections)
    for (const { entries } of facts) {
      for (const entry of entries) seen(entry, hash);
      yield;
    }
}

/**
 * What a reader has seen of a person after this look: of a source that did not answer this time, what it had said the
 * time before still counts as seen, and as answered then. So a silence never makes old things new.
 */
export function afterLook(before: RecordDigest | undefined, now: RecordDigest): RecordDigest {
  if (before?.version !== 1 || before.of !== now.of) return now;
  const ids = new Set([...Object.keys(before.sections), ...Object.keys(now.sections)]) as ReadonlySet<SectionId>;
  const sections = [...ids].map((id): readonly [SectionId, SectionDigest] => {
    const [then, here] = [before.sections[id] ?? NOTHING_SEEN, now.sections[id] ?? NOTHING_SEEN];
    const answering = new Set(here.answered);
    const known = new Set(here.facts.flat().map(([, entry]) => entry));
    const kept = then.facts
      .map((entries) => entries.filter(([source, entry]) => !answering.has(source) && !known.has(entry)))
      .filter((entries) => entries.length > 0);
    return [
      id,
      { answered: [...new Set([...here.answered, ...then.answered])].sort(), facts: [...here.facts, ...kept] },
    ];
  });
  return { version: 1, of: now.of, sections: Object.fromEntries(sections) };
}

/** What differs in one section between what was seen then and what is there now. */
export type SinceThen = {
  readonly id: SectionId;
  /** No record of the fact was there, and a source that now gives one had answered then. */
  readonly new: readonly FactKey[];
  /** Not seen then because every source that gives it was silent or not asked: new to this reader, perhaps not new. */
  readonly notSeenBefore: readonly FactKey[];
  /** A record that was there says something else now. */
  readonly changed: readonly FactKey[];
  /** Taken back by its source since, and findable among what was withdrawn. */
  readonly withdrawn: readonly EntryId[];
  /** Facts whose sources answer and no longer hold them. What they were is not kept. */
  readonly gone: number;
  /** Facts of sources that do not (fully) answer now: nobody can say whether they still stand. */
  readonly notKnown: number;
};

export function digestOf(record: PatientRecord, hash: Hash): RecordDigest {
  const sections = record.sections.map((view): readonly [SectionId, SectionDigest] => [
    view.id,
    {
      answered: answeredIn(view).map(hash).sort(),
      facts: view.facts.map(({ entries }) => entries.map((entry) => seen(entry, hash))),
    },
  ]);
  return { version: 1, of: hash(record.patient.nhsNumber), sections: Object.fromEntries(sections) };
}

/**
 * What is new, changed and gone since then. Pure. `undefined`: the digest is of another person, or of a version that
 * cannot be compared, and nothing may be said. Only sections in which something differs are given.
 */
export function changesSince(before: RecordDigest, now: PatientRecord, hash: Hash): readonly SinceThen[] | undefined {
  if (before.version !== 1 || before.of !== hash(now.patient.nhsNumber)) return undefined;
  return now.sections
    .map((view) => changesIn(view, before.sections[view.id] ?? NOTHING_SEEN, now.withdrawn, hash))
    .filter(differs);
}

const NOTHING_SEEN: SectionDigest = { answered: [], facts: [] };

function changesIn(view: SectionView, then: SectionDigest, withdrawn: readonly Entry[], hash: Hash): SinceThen {
  const known = new Map(then.facts.flat().map(([, id, content]) => [id, content]));
  const answeredThen = new Set(then.answered);
  const fresh = view.facts.filter(({ entries }) => entries.every((entry) => !known.has(seen(entry, hash)[1])));
  const wasAsked = ({ entries }: Fact): boolean => entries.some((entry) => answeredThen.has(seen(entry, hash)[0]));
  const back = withdrawn.filter((entry) => entry.section === view.id && known.has(hash(entry.id)));
  return {
    id: view.id,
    new: fresh.filter(wasAsked).map(({ key }) => key),
    notSeenBefore: fresh.filter((fact) => !wasAsked(fact)).map(({ key }) => key),
    changed: view.facts.filter(({ entries }) => entries.some((e) => hasChanged(e, known, hash))).map(({ key }) => key),
    withdrawn: back.map(({ id }) => id),
    ...lost(view, then, back, hash),
  };
}

function hasChanged(entry: Entry, known: ReadonlyMap<string, string>, hash: Hash): boolean {
  const [, id, said] = seen(entry, hash);
  const content = known.get(id);
  return content !== undefined && content !== said;
}

/** A silence is not a loss: what a source held is gone only when that source has answered again without it (safety H06). */
function lost(
  view: SectionView,
  then: SectionDigest,
  withdrawn: readonly Entry[],
  hash: Hash,
): Pick<SinceThen, 'gone' | 'notKnown'> {
  const here = new Set(
    [...view.facts.flatMap(({ entries }) => entries), ...withdrawn].map((entry) => seen(entry, hash)[1]),
  );
  const answering = new Set(answeredIn(view).map(hash));
  const missing = then.facts.filter((entries) => entries.every(([, id]) => !here.has(id)));
  const gone = missing.filter((entries) => entries.every(([source]) => answering.has(source)));
  return { gone: gone.length, notKnown: missing.length - gone.length };
}

function differs(section: SinceThen): boolean {
  const { new: fresh, notSeenBefore, changed, withdrawn, gone, notKnown } = section;
  return fresh.length + notSeenBefore.length + changed.length + withdrawn.length + gone + notKnown > 0;
}

function answeredIn({ answers }: SectionView): readonly SourceId[] {
  return answers
    .filter(({ answer }) => answer.state === 'answered' || answer.state === 'nothing-held')
    .map(({ source }) => source);
}

function seen(entry: Entry, hash: Hash): SeenEntry {
  const entries = hashed.get(hash) ?? new WeakMap<Entry, SeenEntry>();
  hashed.set(hash, entries);
  const before = entries.get(entry);
  if (before) return before;
  const made: SeenEntry = [hash(entry.origin.source), hash(entry.id), hash(contentOf(entry))];
  entries.set(entry, made);
  return made;
}

/**
 * What the entry says. Not when it was last saved, nor by which version, nor how it is labelled; and not what the clock
 * alone makes of it: an appointment that is over since yesterday was not changed by anybody.
 */
function contentOf(entry: Entry): string {
  const { id: _id, origin, labels: _labels, links: _links, state, cautions, ...said } = entry;
  return JSON.stringify(
    sorted({
      ...said,
      by: origin.by,
      negated: state === 'negated',
      cautions: cautions.filter((caution) => caution !== 'date-in-future').sort(),
    }),
  );
}

/** The same content has the same text, whatever order its parts were written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parts.map(([name, part]) => [name, sorted(part)]));
}
