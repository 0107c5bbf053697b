import type { Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { optional } from '../optional.ts';
import type { AllergyEntry, Reaction } from './allergies.ts';

/** What one line about an allergy must say when several records of it were joined: the worst that any of them says. */
export type AllergyInShort = {
  /** The record that says the worst; of equals the newest. Its words, date and source are the line's. */
  readonly lead: AllergyEntry;
  /** High criticality, a severe reaction or anaphylaxis, in any of the records. */
  readonly grave: boolean;
  readonly criticality?: NonNullable<AllergyEntry['criticality']>;
  /** The worst severity stated, in the source's word. */
  readonly severity?: string;
  /** Every distinct reaction of every record, the worst first; a reaction without a manifestation by its description. */
  readonly manifestations: readonly string[];
  /** Two of the records that state a reaction, a severity or a criticality state another one. Silence is no difference. */
  readonly differs: boolean;
};

/** Worst first. A record that could not be assessed may be high: it comes before "low". */
const CRITICALITIES = ['high', 'unable-to-assess', 'low'] as const;
/** FHIR reaction-event-severity, worst first. A word that is none of these may mean anything: only "severe" outranks it. */
const SEVERITIES = ['severe', undefined, 'moderate', 'mild'] as const;

/** Severe by what it is, whether or not somebody filled in the severity. It moves a line up, and puts no word on it. */
const ANAPHYLAXIS = /\banaphyla(?:xis|ctic|ctoid)/i;

/** The worst and all that is said of one allergy by all of its records (safety H12). Pure. */
export function summariseAllergy(fact: Fact<AllergyEntry>): AllergyInShort {
  const [lead] = [...fact.entries].sort(worstFirst) as [AllergyEntry, ...AllergyEntry[]];
  const criticality = CRITICALITIES.find((one) => fact.entries.some((entry) => entry.criticality === one));
  const reactions = fact.entries.flatMap((entry) => entry.reactions).sort((a, b) => rankOf(a) - rankOf(b));
  const severity = reactions
    .flatMap((reaction) => reaction.severity ?? [])
    .sort((a, b) => bySeverity(a) - bySeverity(b));
  return {
    lead,
    grave: fact.entries.some(isGrave),
    ...optional('criticality', criticality),
    ...optional('severity', severity[0]),
    manifestations: distinct(reactions.flatMap(saidOf)),
    differs: differ(fact.entries),
  };
}

function worstFirst(a: AllergyEntry, b: AllergyEntry): number {
  return (
    Number(isGrave(b)) - Number(isGrave(a)) ||
    Math.min(...a.reactions.map(rankOf), UNSTATED) - Math.min(...b.reactions.map(rankOf), UNSTATED) ||
    byCriticality(a) - byCriticality(b)
  );
}

export function isGrave({ criticality, reactions }: AllergyEntry): boolean {
  return criticality === 'high' || reactions.some((reaction) => rankOf(reaction) === 0);
}

/** A reaction without a severity comes after the graded ones, and an allergy without a reaction last. */
const UNGRADED = SEVERITIES.length;
const UNSTATED = UNGRADED + 1;

function rankOf(reaction: Reaction): number {
  if (saidOf(reaction).some((words) => ANAPHYLAXIS.test(words))) return 0;
  return reaction.severity === undefined ? UNGRADED : bySeverity(reaction.severity);
}

function bySeverity(severity: string): number {
  const at = SEVERITIES.findIndex((one) => one === severity.toLowerCase());
  return at < 0 ? SEVERITIES.indexOf(undefined) : at;
}

function byCriticality({ criticality }: AllergyEntry): number {
  return criticality === undefined ? CRITICALITIES.length : CRITICALITIES.indexOf(criticality);
}

function saidOf({ manifestations, description }: Reaction): readonly string[] {
  return manifestations.length > 0 || description === undefined ? manifestations : [description];
}

/** Each once, in the words that come first. */
function distinct(words: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const word of words) if (!seen.has(normaliseWords(word))) seen.set(normaliseWords(word), word);
  return [...seen.values()];
}

function differ(entries: readonly AllergyEntry[]): boolean {
  const stated = (of: (entry: AllergyEntry) => readonly string[]): ReadonlySet<string> =>
    new Set(entries.map((entry) => distinct(of(entry)).map(normaliseWords).sort().join('\n')).filter(Boolean));
  return (
    stated(({ reactions }) => reactions.flatMap(saidOf)).size > 1 ||
    stated(({ reactions }) => reactions.flatMap(({ severity }) => severity ?? [])).size > 1 ||
    stated(({ criticality }) => (criticality ? [criticality] : [])).size > 1
  );
}
