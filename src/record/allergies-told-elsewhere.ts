import { stands } from './build-conflict.ts';
import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { normaliseWords } from './fhir/coding.ts';
import type { SectionId } from './section.ts';
import { substancesOfAllergy } from './substances.ts';

/** Headings under which sources file an allergy that they keep as a diagnosis, a finding or a warning. */
const HEADINGS: readonly SectionId[] = ['problems', 'examination-findings', 'alerts'];

/** What names an allergy to something: not "allergic rhinitis", which is a diagnosis and is to nothing by name. */
const ALLERGY =
  /\ballerg(?:y|ies)\b|\ballergic (?:reaction )?to\b|\banaphyla\w+|\badverse (?:drug )?reactions? (?:to|caused by)\b/;
/** What says that it is not so, is somebody else's, or is about finding out: none of it is an allergy that stands. */
const NOT_SO =
  /\b(?:no|not|nil|none|never|denie[sd]|negative|excluded|ruled out|disproved|unlikely|de-?labell?ed|resolved|tolerat\w+|family|fh|mother|father|sister|brother|son|daughter|risk of|tests?|tested|testing|clinic|screening|referral|referred|desensitis\w+|leaflet|unknown)\b/;
/** A finding may be a question, and its value the answer. */
const ANSWERED_YES = /^(?:yes|true|y|present|positive|confirmed|known)$/;

/**
 * Allergies that a source tells of under another heading, by heading: "Allergy to penicillin" is a problem at many
 * practices, a finding or an alert at others, and no less an allergy (safety H07). Those that stand, unless allergies of
 * `standing` name each class that they name, or the substance itself: those say it already.
 */
export function allergiesToldElsewhere(
  facts: ReadonlyMap<SectionId, readonly Fact[]>,
  standing: readonly Fact[],
): readonly (readonly Fact[])[] {
  const known = new Set(standing.flatMap(({ entries: [entry] }) => [...substancesOfAllergy(entry)]));
  const isKnown = (entry: Entry): boolean => {
    const named = [...substancesOfAllergy(entry)];
    // "Penicillin and aspirin" is two classes, of which the allergy to aspirin says one.
    const classes = named.filter((one) => one.startsWith('class:'));
    return classes.length > 0 ? classes.every((one) => known.has(one)) : named.some((one) => known.has(one));
  };
  const told = ({ entries }: Fact): boolean => entries.some(tellsOfAllergy) && !isKnown(entries[0]);
  return HEADINGS.map((id) => (facts.get(id) ?? []).filter(told)).filter((found) => found.length > 0);
}

function tellsOfAllergy(entry: Entry): boolean {
  const words = normaliseWords(entry.title);
  if (!ALLERGY.test(words) || NOT_SO.test(words) || !stands(entry)) return false;
  if (entry.cautions.some((caution) => caution === 'about-somebody-else' || caution === 'cancelled')) return false;
  return !('value' in entry) || (typeof entry.value === 'string' && ANSWERED_YES.test(normaliseWords(entry.value)));
}
