import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { keyAlone, type Identity } from './group-entries.ts';
import type { Section, SectionId } from './section.ts';

/**
 * What one build of a view's record found out and the next need not: as sources answer, most entries are the same as
 * before. It belongs to one view and goes with it. A result is used again only for the very same entries.
 */
export class BuildMemory {
  #nowMs = NaN;
  #asOf = new WeakMap<Entry, Entry>();
  readonly #identities = new WeakMap<Entry, { readonly identity: Identity | undefined }>();
  readonly #moments = new WeakMap<Entry, number>();
  readonly #facts = new Map<SectionId, { readonly entries: readonly Entry[]; readonly facts: readonly Fact[] }>();

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
    const known = this.#identities.get(entry);
    if (known) return known.identity;
    const identity = section.identity?.(entry);
    const kept = identity && withAnswersKept(entry, identity);
    this.#identities.set(entry, { identity: kept });
    return kept;
  }

  momentOf(entry: Entry, work: (entry: Entry) => number): number {
    const known = this.#moments.get(entry);
    if (known !== undefined) return known;
    const moment = work(entry);
    this.#moments.set(entry, moment);
    return moment;
  }

  /** The facts of a section, if it held just these entries when they were worked out. */
  factsOf(section: SectionId, entries: readonly Entry[]): readonly Fact[] | undefined {
    const known = this.#facts.get(section);
    return known?.entries.length === entries.length && known.entries.every((entry, index) => entry === entries[index])
      ? known.facts
      : undefined;
  }

  keep(section: SectionId, entries: readonly Entry[], facts: readonly Fact[]): void {
    this.#facts.set(section, { entries, facts });
  }
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
