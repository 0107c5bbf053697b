import { SNOMED } from './fhir/coding.ts';

/**
 * What can be no drug, whoever records it: "no known drug allergies" does not deny it. Asked only where an allergy carries
 * no category, and only of the whole name of its agent, so that "milk of magnesia" is not milk. Kept small on purpose: what
 * is missing here stays a disagreement, and both sides are shown. Foods are from the allergens that food law has named on
 * every label (Food Information Regulations 2014; Regulation (EU) 1169/2011, Annex II), and the animals, pollens and stings
 * are those that allergy clinics test first.
 *
 * Left out, for they are in medicines, dressings, gloves or tests too: latex, soya, gelatin, lactose, sulphites, wheat,
 * sesame, arachis and other oils, plasters, iodine, venoms, moulds, and horses (sera). Peanut, egg and fish stand here as
 * the foods that they are, though arachis oil, egg lecithin and protamine come of them.
 *
 * No clinician has signed this list yet. Until one has, nothing may be added that anybody could doubt.
 */
const WORDS: readonly string[] = [
  ...['food', 'foods'],
  ...['peanut', 'peanuts', 'nut', 'nuts', 'tree nut', 'tree nuts', 'almond', 'almonds', 'brazil nut', 'brazil nuts'],
  ...['cashew', 'cashews', 'cashew nut', 'cashew nuts', 'hazelnut', 'hazelnuts', 'pecan', 'pecans', 'pecan nut'],
  ...['pecan nuts', 'pistachio', 'pistachios', 'pistachio nut', 'pistachio nuts', 'walnut', 'walnuts'],
  ...['egg', 'eggs', 'egg protein', 'egg white', 'egg yolk', 'milk', 'cows milk', 'dairy'],
  ...['fish', 'shellfish', 'crustacean', 'crustaceans', 'crab', 'lobster', 'prawn', 'prawns', 'mollusc', 'molluscs'],
  ...['celery', 'lupin', 'mustard'],
  ...['cat', 'cats', 'cat dander', 'cat fur', 'cat hair', 'dog', 'dogs', 'dog dander', 'dog fur', 'dog hair'],
  ...['animal dander', 'animal fur', 'animal hair'],
  ...['dust mite', 'dust mites', 'house dust', 'house dust mite', 'house dust mites'],
  ...['pollen', 'birch pollen', 'grass pollen', 'tree pollen', 'weed pollen'],
  ...['bee sting', 'bee stings', 'wasp sting', 'wasp stings'],
];

/** Findings and substances of SNOMED CT of which nothing but the code was sent; the same as in `same-allergy.ts`. */
const CODES: readonly string[] = [
  '91935009', // allergy to peanut
  '762952008', // peanut
  '256349002', // peanut (older)
  '91930004', // allergy to egg protein
  '102263004', // egg
];

/** Agents in normalised text without apostrophes; a code that nobody put in words as `readCoded` shows it. */
export const NOT_DRUGS: ReadonlySet<string> = new Set([...WORDS, ...CODES.map((code) => `${code} (${SNOMED})`)]);
