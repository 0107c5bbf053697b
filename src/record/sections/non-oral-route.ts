import { normaliseWords } from '../fhir/coding.ts';
import type { Dosage } from '../fhir/dosage.ts';

type Routed = { readonly title: string; readonly form?: string; readonly dosages: readonly Dosage[] };

const WAYS: readonly (readonly [way: string, words: RegExp])[] = [
  ['tube', /\b(?:peg|pej|rig|ng|nj|ngt|gastrostomy|jejunostomy|naso-? ?(?:gastric|jejunal)|enteral|tube)\b/],
  [
    'injected',
    /subcut|intraven|intramus|intrathec|epidural|inject|infusion|ampoule|syringe|vial|\b(?:iv|im|sc|s\/c)\b/,
  ],
  ['inhaled', /inhal|nebuli/],
  ['eye', /\b(?:eye|ophthalmic|ocular|intravitreal)\b/],
  ['ear', /\b(?:ear|aural|otic)\b/],
  ['nose', /\b(?:nasal|nose|intranasal)\b/],
  ['skin', /topical|cutaneous|\bskin\b|cream|ointment|gel\b|lotion|patch|plaster|transdermal/],
  ['rectal', /rectal|suppositor|enema/],
  ['vaginal', /vagina|pessar/],
  ['under-tongue', /sublingual|buccal/],
];
export const BY_MOUTH = /\b(?:oral|orally|mouth|po|per os|swallow\w*)\b/;
/** The same product may be given in several such ways: its form says none of them. */
const MUST_BE_SAID: ReadonlySet<string> = new Set(['tube', 'injected']);

/**
 * A record that leaves the route out is of the one that names it only where that is by mouth, or what the form itself says
 * (an inhaler, an eye drop). By a tube or a needle, or by any way that the form does not tell, it stays apart: whoever
 * takes the silent record for the other gives it by the wrong way (safety H12). Empty is by mouth, or not said.
 */
export function nonOralRoutes(entry: Routed): readonly string[] {
  const product = normaliseWords(`${entry.form ?? ''} ${entry.title}`);
  const byForm = BY_MOUTH.test(product) ? '' : (wayIn(product) ?? '');
  const byDosage = entry.dosages.map(({ route }) => (route === undefined ? byForm : wayStated(route)));
  return byDosage.some((way) => way !== '') ? byDosage : [];
}

function wayStated(route: string): string {
  const words = normaliseWords(route);
  const way = wayIn(words);
  if (BY_MOUTH.test(words) && way !== 'tube') return '';
  if (way === undefined) return words;
  return MUST_BE_SAID.has(way) ? `${way}, as said` : way;
}

function wayIn(words: string): string | undefined {
  return WAYS.find(([, pattern]) => pattern.test(words))?.[0];
}
