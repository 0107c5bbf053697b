import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, asString, type Resource } from '../resource.ts';
import { normaliseWords, readCoded, type Coded } from './coding.ts';
import { modifierCautions } from './modifiers.ts';
import { formatQuantity, readQuantity } from './quantity.ts';
import { plainText } from './text.ts';

/** A medicine as named by the source, with the parts of its name that can be told apart without doubt. */
export type Medicine = {
  readonly coded: Coded;
  /** The name without strength and form; the whole name where they cannot be told apart. */
  readonly name: string;
  readonly strength?: string;
  readonly form?: string;
  /** The Medication it leads to is withdrawn or inactive at its source. */
  readonly doubtful?: true;
};

/** `medication[x]`: a concept, or a Medication contained, included or sent earlier; its display when it is nowhere. */
export function readMedicine(resource: Resource, context: ReadContext): Medicine | undefined {
  const direct = readCoded(resource['medicationCodeableConcept']);
  if (direct) return partsOf(direct, undefined);
  const reference = asObject(resource['medicationReference']);
  if (!reference) return undefined;
  const target = context.resolve(reference, resource);
  const named = readCoded(target?.['code']) ?? ingredientsOf(target) ?? readCoded(plainText(reference['display']));
  if (!named) return undefined;
  return partsOf(named, target);
}

/** A Medication without a name of its own is named by what it is made of. */
function ingredientsOf(medication: Resource | undefined): Coded | undefined {
  const items = asObjects(medication?.['ingredient']).flatMap((i) => readCoded(i['itemCodeableConcept'])?.text ?? []);
  return items.length > 0 ? { text: items.join(' + '), codings: [] } : undefined;
}

function partsOf(coded: Coded, medication: Resource | undefined): Medicine {
  const split = splitName(coded.text);
  const strength = split.strength ?? strengthOf(medication);
  const form = split.form ?? readCoded(medication?.['form'])?.text;
  const status = asString(medication?.['status']);
  const strange = medication !== undefined && modifierCautions(medication).length > 0;
  return {
    coded,
    name: split.name,
    ...(strength && { strength }),
    ...(form && { form }),
    ...((status === 'entered-in-error' || status === 'inactive' || strange) && { doubtful: true as const }),
  };
}

function strengthOf(medication: Resource | undefined): string | undefined {
  const ingredients = asObjects(medication?.['ingredient']);
  const ratio = ingredients.length === 1 ? asObject(ingredients[0]?.['strength']) : undefined;
  const top = readQuantity(ratio?.['numerator']);
  const bottom = readQuantity(ratio?.['denominator']);
  if (!top) return undefined;
  return bottom && (bottom.value !== '1' || bottom.unit !== undefined)
    ? `${formatQuantity(top)}/${formatQuantity(bottom)}`
    : formatQuantity(top);
}

const AMOUNT = String.raw`\d[\d.,]*\s?(?:%(?:\s?w\/[wv])?|(?:nanograms?|micrograms?|milligrams?|mcg|mg|grams?|g|kg|ml|litres?|l|units?|iu|mmol|mega ?units?|million units?)\b)`;
const PER = String.raw`(?:\s?\/\s?(?:\d[\d.,]*\s?)?(?:ml|l|dose|hours?|h|g|actuation|tablet|capsule|${AMOUNT}))*`;
const NAME = new RegExp(String.raw`^(\S.*?)\s+(${AMOUNT}${PER})(?:\s+(.*))?$`, 'i');

/**
 * "Ramipril 5mg capsules" → Ramipril, 5mg, capsules, as dm+d writes names. A name with several strengths of several
 * substances ("Umeclidinium 65micrograms/dose / Vilanterol …") is left whole: cut, it would name only the first.
 */
export function splitName(text: string): { readonly name: string; readonly strength?: string; readonly form?: string } {
  const match = NAME.exec(text);
  const [, name, strength, form] = match ?? [];
  if (
    name === undefined ||
    strength === undefined ||
    (form !== undefined && /^[/+&]|\s[/+]\s|\d\s?(?:mg|micrograms?|mcg|g)\b/i.test(form))
  ) {
    return { name: text };
  }
  return { name, strength, ...(form && !form.startsWith('[') && { form }) };
}

/** Salts, esters and solvates that prescribers leave out or write as they please. Lithium's stay: they are not equivalent. */
const SALTS =
  / (?:sodium|potassium|hydrochloride|hydrobromide|fumarate|maleate|besilate|besylate|mesilate|mesylate|tosilate|tosylate|sulfate|sulphate|tartrate|succinate|oxalate|phosphate|calcium|arginine|erbumine|lysine|magnesium|cilexetil|medoxomil|etexilate|trihydrate|dihydrate|hemihydrate)$/;
const FORMS =
  /(?<![\w-])(?:modified[- ]release|prolonged[- ]release|gastro-?resistant|dispersible|effervescent|chewable|orodispersible|oral|film-coated|m\/r|mr|xl|sr|e\/c|tablets?|tabs?|capsules?|caps?|caplets?|suspension|solution|liquid|syrup|cream|ointment|inhaler|injection|patch(?:es)?|drops?|sachets?|spray)\b.*$/;

/** The substance by which two lines are said to be about one medicine. For finding disagreements only, never for merging. */
export function substanceKey(medicine: { readonly name: string }): string {
  let words = normaliseWords(medicine.name.replace(/\(.*?\)/g, ' '))
    .replace(FORMS, '')
    .trim();
  while (SALTS.test(words) && !words.startsWith('lithium')) words = words.replace(SALTS, '');
  return words === '' ? normaliseWords(medicine.name) : words;
}
