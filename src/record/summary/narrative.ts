import type { Entry } from '../entry.ts';
import type { Fact } from '../fact.ts';
import type { Dosage } from '../fhir/dosage.ts';
import type { ObservedPart } from '../fhir/observed.ts';
import type { Json } from '../resource.ts';
import type { Reaction } from '../sections/allergies.ts';
import type { SourceId } from '../source.ts';

/** The part of a section that people read (Composition.section.text): what is said, by whom, and what is missing. */
export function narrative(
  gaps: readonly string[],
  facts: readonly Fact[] = [],
  nameOf: (source: SourceId) => string = String,
): Json {
  const lines = facts.flatMap((fact) => linesOf(fact, nameOf)).map((line) => `<li>${escape(line)}</li>`);
  const list = lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
  const missing = gaps.map((gap) => `<p>${escape(gap)}</p>`).join('');
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${list}${missing}</div>` };
}

/** One line for all that say the very same, and one for each that says it otherwise: a date, a dose, a severity. */
function linesOf({ entries }: Fact, nameOf: (source: SourceId) => string): readonly string[] {
  const sources = new Map<string, Set<string>>();
  for (const entry of entries) {
    const said = saidBy(entry);
    sources.set(said, (sources.get(said) ?? new Set()).add(nameOf(entry.origin.source)));
  }
  return [...sources].map(([said, names]) => `${said}: ${[...names].join('; ')}`);
}

function saidBy(entry: Entry): string {
  const doubts = entry.cautions.length > 0 ? ` [${entry.cautions.join(', ')}]` : '';
  const said = [entry.title, ...detailsOf(entry), ...entry.notes].join('; ');
  return `${said} (${[...standingOf(entry), whenOf(entry)].join(', ')})${doubts}`;
}

const STANDINGS: { readonly [state: string]: string } = {
  current: 'current',
  past: 'over',
  planned: 'planned',
  unknown: 'standing not known',
};
/** A medicine that may not be given is not "active", whatever the status of its record (safety H08). */
const NEGATED: { readonly [section: string]: string } = {
  problems: 'ruled out',
  allergies: 'ruled out',
  medications: 'NOT taken or NOT to be given',
  procedures: 'NOT done',
  vaccinations: 'NOT given',
};

/** Our reading and the source's own word. What is a denial by its own name is not denied once more. */
function standingOf({ state, section, statusAsRecorded, ...entry }: Entry): readonly string[] {
  const { statement } = entry as { readonly statement?: unknown };
  const denial = statement === 'none-known' || statement === 'not-asked';
  const standing = denial ? undefined : state === 'negated' ? NEGATED[section] : STANDINGS[state];
  return [standing, statusAsRecorded && `recorded as ${statusAsRecorded}`].filter((word) => word !== undefined);
}

function whenOf({ date, dateIs, period }: Entry): string {
  if (period?.end !== undefined) return `${period.start ?? 'beginning not known'} to ${period.end}`;
  if (date === undefined) return 'date not known';
  return dateIs === 'recorded' ? `recorded on ${date}` : date;
}

/** What a line must not leave out: a value with its flags, a dose, what a reaction was. Sections add these to an entry. */
type Details = {
  readonly value?: string;
  readonly absent?: string;
  readonly flags?: readonly { readonly text: string }[];
  readonly parts?: readonly ObservedPart[];
  readonly strength?: string;
  readonly dosages?: readonly Dosage[];
  readonly severity?: string;
  readonly criticality?: string;
  readonly reactions?: readonly (Reaction | string)[];
};

function detailsOf(entry: Entry): readonly string[] {
  const { parts = [], strength = '', dosages = [], severity, criticality, reactions = [], ...rest } = entry as Details;
  return [
    ...observed(rest),
    ...parts.map((one) => [one.label, ...observed(one)].join(' ')),
    ...(entry.title.includes(strength) ? [] : [strength]),
    ...dosages.map(dosageInWords),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(criticality === undefined ? [] : [`criticality ${criticality}`]),
    ...reactions.map(reactionInWords),
  ];
}

function observed({ value, absent, flags = [] }: Details): readonly string[] {
  const missing = absent === undefined ? [] : [`no value: ${absent}`];
  return [...(value === undefined ? [] : [value]), ...missing, ...flags.map(({ text }) => text)];
}

function dosageInWords({ text, dose, rate, route, frequency, asNeeded, maximum, instructions }: Dosage): string {
  const parts = [dose, rate, route, frequency, asNeeded && 'when needed', typeof asNeeded === 'string' && asNeeded];
  return [text ?? parts.filter((part) => part).join(' '), maximum, ...instructions].filter((part) => part).join(', ');
}

function reactionInWords(reaction: Reaction | string): string {
  if (typeof reaction === 'string') return `reaction: ${reaction}`;
  const { substance, manifestations, severity, description } = reaction;
  const what = [...manifestations, severity, description, substance && `to ${substance}`].filter((part) => part);
  return `reaction: ${what.join(', ')}`;
}

const MARKS: { readonly [mark: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escape(text: string): string {
  return text.replace(/[&<>]/g, (mark) => MARKS[mark] ?? '');
}
