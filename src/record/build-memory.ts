import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { keyAlone, type Identity } from './group-entries.ts';
import type { Section, SectionId } from './section.ts';

/** What was found out about one entry of a section. */
type Known = { readonly identity: Identity | undefined; moment: number | undefined };

/** A section as it was last built. Held by the section and not weakly by entry: marking so many holds up the page. */
type Kept = {
  readonly entries: readonly Entry[];
  readonly facts: readonly Fact[];
  readonly known: ReadonlyMap<Entry, Known>;
};

/**
 * What one build of a view's record found out and the next need not: as sources answer, most entries are the same as
 * before. It belongs to one view and goes with it, and what it holds of an entry goes when its section is built without
 * that entry. A result is used again only for the very same entries.
 */
export class BuildMemory {
  #nowMs = NaN;
  #asOf = new WeakMap<Entry, Entry>();
  readonly #kept = new Map<SectionId, Kept>();
  /** Of the sections that are being built. */
  readonly #known = new Map<SectionId, Map<Entry, Known>>();

  asOf(raw: Entry, nowMs: number, work: (entry: Entry, nowMs: number) => Entry): Entry {
    if (nowMs !== this.#nowMs) {
      this.#nowMs = nowMs;
      this.#asOf = new WeakMap();
    }
    const known = this.#asOf.get(raw);
    if (known) return known;
    const entry = work(raw, nowMs);
    this.#asOf.set(raw, entry);
    return entry;
  }

  identityOf(section: Section, entry: Entry): Identity | undefined {
    const found = this.#knownOf(section.id);
    const known = found.get(entry) ?? this.#kept.get(section.id)?.known.get(entry) ?? knownAnew(section, entry);
    found.set(entry, known);
    return known.identity;
  }

  momentOf(entry: Entry, work: (entry: Entry) => number): number {
    const known = this.#knownOf(entry.section).get(entry);
    if (!known) return work(entry);
    return (known.moment ??= work(entry));
  }

  /** The facts of a section, if it held just these entries when they were worked out. */
  factsOf(section: SectionId, entries: readonly Entry[]): readonly Fact[] | undefined {
    const kept = this.#kept.get(section);
    return kept?.entries.length === entries.length && kept.entries.every((entry, index) => entry === entries[index])
      ? kept.facts
      : undefined;
  }

  keep(section: SectionId, entries: readonly Entry[], facts: readonly Fact[]): void {
    this.#kept.set(section, { entries, facts, known: this.#knownOf(section) });
    this.#known.delete(section);
  }

  #knownOf(section: SectionId): Map<Entry, Known> {
    const known = this.#known.get(section) ?? new Map<Entry, Known>();
    this.#known.set(section, known);
    return known;
  }
}

function knownAnew(section: Section, entry: Entry): Known {
  const identity = section.identity?.(entry);
  return { identity: identity && withAnswersKept(entry, identity), moment: undefined };
}

/** Names and details are asked for only where entries meet; then once. */
function withAnswersKept(entry: Entry, identity: Identity): Identity {
  let names: ReturnType<Identity['names']> | undefined;
  let details: readonly (string | undefined)[] | undefined;
  let alone: string | undefined;
  const kept: Identity = {
    base: identity.base,
    names: () => (names ??= identity.names()),
    details: () => (details ??= identity.details?.() ?? []),
    get alone() {
      return (alone ??= keyAlone(entry, kept));
    },
  };
  return kept;
}
