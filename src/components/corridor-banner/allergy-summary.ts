import type { Caution } from '../../record/entry.ts';
import type { Fact } from '../../record/fact.ts';
import type { PatientRecord, SectionView } from '../../record/patient-record.ts';
import type { AllergyEntry, NoneOf } from '../../record/sections/allergies.ts';
import { summariseAllergy, type AllergyInShort } from '../../record/sections/summarise-allergy.ts';
import { gapList, gapsOf, type Gaps } from '../absence.ts';
import { dateInWords } from '../dates-in-words.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

export type AllergySummary = {
  readonly kind: 'recorded' | 'none-known' | 'nothing' | 'unknown' | 'waiting';
  readonly text: string;
  /** How many are recorded: it stands before the names, of which a narrow panel may cut some off. */
  readonly count?: number;
  /** How many stand behind those named. It is never cut off with them. */
  readonly more?: string;
  readonly gap?: string;
};

const NAMED = 3;

/**
 * One line about allergies that is never more reassuring than the record. "No known allergies" needs a source that says
 * so of all allergies, its name, and nobody silent; "no known drug allergies" is said as just that; that there is no
 * food allergy, or no latex allergy, says nothing of any other. A source that did not answer, or an allergy that came
 * and could not be read, makes it "not known" (safety H07).
 */
export function allergySummary(record: PatientRecord, around: Surroundings): AllergySummary {
  const { banner } = around.words;
  const view = record.sections.find(({ id }) => id === 'allergies');
  if (!view) return { kind: 'unknown', text: around.words.absence.nobody };
  const gaps = { ...gapsOf(view), unread: unreadAllergies(record, view) };
  const gap = gapInWords(gaps, around);
  const facts = view.facts as readonly Fact<AllergyEntry>[];
  const known = facts.filter(({ entries: [entry] }) => entry.statement === 'allergy' && !isOver(entry));
  if (known.length > 0) return { kind: 'recorded', ...listOf(known, around), ...gap };
  if (gaps.waiting > 0) return { kind: 'waiting', text: banner.allergiesWaiting(gaps.waiting) };
  if (gaps.silent > 0)
    return { kind: 'unknown', text: banner.allergiesUnknown(gapList(gaps, around.words)), gap: banner.incomplete };
  if (gaps.unread > 0) return { kind: 'unknown', text: banner.allergiesUnread(gaps.unread), gap: banner.incomplete };
  return { ...noneInWords(view, around), ...gap };
}

/** Nobody is silent, and no allergy stands: what may be said of that. */
function noneInWords(view: SectionView, around: Surroundings): AllergySummary {
  const { banner } = around.words;
  const entries = view.facts.flatMap((fact) => fact.entries.map((entry) => entry as AllergyEntry));
  const past = view.facts.filter((fact) => (fact.entries[0] as AllergyEntry).statement === 'allergy').length;
  if (past > 0) return { kind: 'nothing', text: banner.allergiesPast(past) };
  const denials = entries.filter((entry) => entry.statement === 'none-known' && entry.state === 'current');
  const refuted = entries.find((entry) => entry.statement === 'none-known' && entry.state === 'negated');
  if (refuted) return standsAs(refuted, around);
  const plain = (of: NoneOf): AllergyEntry | undefined =>
    denials.find((entry) => entry.noneOf === of && isPlain(entry));
  const all = plain('anything');
  const none = all ?? plain('medication');
  if (none) {
    const who = sourceName(none.origin.source, around);
    const date = none.date ? dateInWords(none.date, around.words) : '';
    return { kind: 'none-known', text: all ? banner.noneKnown(who, date) : banner.noDrugKnown(who, date) };
  }
  const [other] = denials;
  if (other) return { kind: 'nothing', text: banner.allergiesOnly(other.title) };
  const [said] = entries;
  if (said) return standsAs(said, around);
  return { kind: 'nothing', text: banner.allergiesNone(gapsOf(view).answered) };
}

/**
 * A denial that is refuted, over or of unknown standing, or that nobody asked, is neither a denial nor nothing: who refuted
 * "no known allergies" knew of one. It is said as it is recorded.
 */
function standsAs({ statement, state, title }: AllergyEntry, { words }: Surroundings): AllergySummary {
  const { banner } = words;
  if (statement === 'not-asked') return { kind: 'nothing', text: banner.allergiesOnly(title) };
  return { kind: 'nothing', text: banner.allergiesDoubted(title, words.fact.states[state]) };
}

/** A note beside the denial may be the allergy: it is read under the heading, never summed up as none. */
function isPlain({ cautions, notes }: AllergyEntry): boolean {
  return notes.length === 0 && !cautions.some((caution) => DOUBTFUL.has(caution));
}

/** What may not be taken as plain reassurance. */
const DOUBTFUL: ReadonlySet<Caution> = new Set([
  'not-interpretable',
  'unconfirmed',
  'about-somebody-else',
  'source-unclear',
  'text-differs',
]);

function isOver(entry: AllergyEntry): boolean {
  return entry.state === 'negated' || entry.state === 'past';
}

function unreadAllergies({ unread }: PatientRecord, { section }: SectionView): number {
  const types = section.reads;
  return unread.filter(({ reason, resourceType }) => reason !== 'type-not-read' && types.includes(resourceType)).length;
}

function gapInWords(gaps: Gaps, around: Surroundings): { readonly gap?: string } {
  const { banner } = around.words;
  if (gaps.silent + gaps.unread > 0) return { gap: banner.incomplete };
  if (gaps.waiting > 0) return { gap: banner.stillWaiting(gaps.waiting) };
  return gaps.withheld > 0 ? { gap: banner.mayBeMissing } : {};
}

/** Reactions named in brackets. */
const REACTIONS = 2;

/**
 * The agents, the worst first, each once with the worst reactions recorded for it by anybody; "Allergy to" says nothing
 * under the word "Allergies".
 */
function listOf(
  facts: readonly Fact<AllergyEntry>[],
  around: Surroundings,
): Pick<AllergySummary, 'text' | 'count' | 'more'> {
  const named = new Map<string, { readonly agent: string; readonly reactions: readonly string[] }>();
  const worstFirst = facts.map((fact) => summariseAllergy(fact)).sort((a, b) => weight(a) - weight(b));
  for (const { lead, manifestations } of worstFirst) {
    const agent = agentOf(lead);
    const key = agent.toLocaleLowerCase('en-GB');
    const before = named.get(key);
    const reactions = manifestations.map((what) => what.toLocaleLowerCase('en-GB'));
    named.set(key, {
      agent: before?.agent ?? agent,
      reactions: [...new Set([...(before?.reactions ?? []), ...reactions])],
    });
  }
  const said = [...named.values()].map(({ agent, reactions }) =>
    reactions.length > 0 ? `${agent} (${bracketed(reactions)})` : agent,
  );
  const rest = said.length - NAMED;
  const text = said.slice(0, NAMED).join(', ');
  return { text, count: said.length, ...(rest > 0 && { more: around.words.banner.more(rest) }) };
}

function bracketed(reactions: readonly string[]): string {
  const rest = reactions.length - REACTIONS;
  return reactions.slice(0, REACTIONS).join(', ') + (rest > 0 ? ` +${rest}` : '');
}

/** Smaller is worse. Equals keep the section's own order. */
function weight({ grave, criticality }: AllergyInShort): number {
  if (grave) return criticality === 'high' ? 0 : 1;
  return criticality === 'low' ? 3 : 2;
}

function agentOf({ title }: AllergyEntry): string {
  const agent = title.replace(/^allergy to (the )?/i, '');
  return agent.charAt(0).toLocaleUpperCase('en-GB') + agent.slice(1);
}
