import { conceptNames } from './concept-names.ts';
import { normaliseWords, type Coded } from './fhir/coding.ts';
import type { IdentityName } from './group-entries.ts';
import { remember } from './remember.ts';
import { FORM_BY_WORDS, MOIETY_BY_NAME } from './medicine-relations.ts';
import { productByCode } from './moiety.ts';

type Named = {
  readonly title: string;
  readonly name: string;
  readonly strength?: string;
  readonly form?: string;
  readonly code?: Coded;
};

/**
 * The names of a medicine: where substance, strength and form are all told, that product (dm+d's VMP), however it is
 * written and whether or not it has a code; else its codes and words, together with what is told of strength and form,
 * so that "Ramipril" is never taken for a capsule of one strength. Where its own words and its code disagree it is both.
 */
export function medicineNames(entry: Named): readonly IdentityName[] {
  const product = entry.code?.disagrees ? undefined : productOf(entry);
  if (product !== undefined) return [{ reason: 'medicine', name: `product:${product}` }];
  const told = `${strengthKey(entry.strength ?? '')}|${formKey(entry.form ?? '')}`;
  return conceptNames(entry.code, entry.title, { reason: 'medicine', wordsOf: medicineWords }).map((known) => ({
    ...known,
    name: `${known.name}|${told}`,
  }));
}

/** `moiety|strength|form` by the words, else by the one VMP code, unless the words tell less than the whole of another. */
function productOf(entry: Named): string | undefined {
  const { name, form } = splitForm(entry);
  const strength = entry.strength && strengthKey(entry.strength);
  if (strength && form) return `${MOIETY_BY_NAME.get(name) ?? name}|${strength}|${form}`;
  if (strength || form) return undefined;
  return productByCode(entry.code);
}

/** "Ramipril capsules 5mg", where the form stands before the strength; a manufacturer in brackets is left off. */
function splitForm({ name, form }: Named): { readonly name: string; readonly form?: string } {
  const words = normaliseWords(name.replace(MAKER, ''));
  if (form !== undefined) return { name: words, form: formKey(form.replace(MAKER, '')) };
  const parts = words.split(' ');
  for (let cut = 1; cut < parts.length; cut++) {
    const known = FORM_BY_WORDS.get(parts.slice(cut).join(' '));
    if (known !== undefined) return { name: parts.slice(0, cut).join(' '), form: known };
  }
  return { name: words };
}

const MAKER = /\s*\([^()]*\b(?:ltd|limited|plc|inc|gmbh|llp|uk|pharma\w*|healthcare|generics)\b[^()]*\)\s*$/i;

function formKey(form: string): string {
  const words = normaliseWords(form);
  return FORM_BY_WORDS.get(words) ?? words;
}

const UNIT_WORDS: readonly (readonly [words: RegExp, unit: string])[] = [
  [/(?:micrograms?|mcg|ug|µg|μg)(?![a-z])/g, 'microgram'],
  [/(?:milligrams?)(?![a-z])/g, 'mg'],
  [/(?:grams?|gm)(?![a-z])/g, 'g'],
  [/(?:millilitres?|mls)(?![a-z])/g, 'ml'],
  [/(?:units|iu)(?![a-z])/g, 'unit'],
];

/** "5 mg", "5mg", "5 milligrams" and "5 mg/1 capsule" are one strength; 1g is 1000mg. No other unit is turned into another. */
export const strengthKey: (strength: string) => string = remember((strength) => {
  let words = strength
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/\s/g, '');
  // "microgram" ends in "gram": each spelling is put into its short form before the next is looked for.
  for (const [spelling, unit] of UNIT_WORDS) words = words.replace(spelling, unit === 'microgram' ? '\u0001' : unit);
  words = words.replace(/\u0001/g, 'microgram').replace(/\/(?:1)?(?:tablet|capsule)s?$/, '');
  const grams = /^(\d+(?:\.\d+)?)g$/.exec(words)?.[1];
  return grams === undefined ? words : `${Number(grams) * 1000}mg`;
});

function medicineWords(text: string): string {
  return normaliseWords(text.replace(MAKER, ''));
}
