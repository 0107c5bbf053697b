import { DMD, normaliseWords, SNOMED, type Coded } from './fhir/coding.ts';
import type { FactReason } from './fact.ts';
import type { IdentityName } from './group-entries.ts';

type Naming = {
  readonly reason: FactReason;
  /** Codes that mean the same under one code (`same-allergy.ts`); the code itself where left out. */
  readonly sameCode?: (code: string) => string;
  /** Words in the one form for comparing. */
  readonly wordsOf?: (text: string) => string;
  /** The code that words alone stand for (`known-terms.ts`). */
  readonly terms?: ReadonlyMap<string, string>;
  /** Code systems whose codes name the thing. */
  readonly systems?: readonly (string | undefined)[];
};

/**
 * The names of a concept: all its SNOMED CT and dm+d codes as one name (dm+d codes are SNOMED CT codes), then its words
 * and the displays of its codes. So "Asthma" without a code is the coded asthma beside it, unless two codes go by that
 * word. Where a source's own words and its code disagree there is one name, of both: "?lung cancer" under the code of
 * lung cancer is not the same statement as lung cancer, and lends its words to nothing.
 * Where its words add a side, a doubt or a number that its code is not known to say, the words are its name.
 */
export function conceptNames(coded: Coded | undefined, title: string, naming: Naming): readonly IdentityName[] {
  const { reason, sameCode = same, wordsOf = plainWords, terms, systems = [SNOMED, DMD] } = naming;
  const own = wordsOf(title);
  const known = coded?.codings.filter(({ system }) => systems.includes(system)) ?? [];
  const codes = [...new Set(known.flatMap(({ code }) => (code === undefined ? [] : sameCode(code))))].sort().join('+');
  const term = terms?.get(own);
  const named = (name: string): IdentityName => ({ reason, name });
  const narrower = coded?.narrower && reason !== 'medicine';
  if (codes === '' || narrower) return [...(term === undefined ? [] : [named(`code:${term}`)]), named(`words:${own}`)];
  if (coded?.disagrees && term !== codes) return [named(`code:${codes} ${own}`)];
  const displays = known.flatMap(({ display }) => (display === undefined ? [] : wordsOf(display)));
  return [named(`code:${codes}`), ...[...new Set([own, ...displays])].map((words) => named(`words:${words}`))];
}

/** SNOMED CT's "AF - Atrial fibrillation": the abbreviation and its own words, which alone are kept. */
function plainWords(text: string): string {
  return normaliseWords(text).replace(/^([a-z]{2,6}) - (.+)/, (words: string, short: string, rest: string) => {
    const initials = rest.split(/[\s-]/).map((word) => word.charAt(0));
    return short === initials.join('') ? rest : words;
  });
}

function same(code: string): string {
  return code;
}
