import { DRUG_CLASSES } from './drug-classes.ts';
import { codeIn, DMD, normaliseWords, SNOMED, type Coded } from './fhir/coding.ts';
import { splitName } from './fhir/medicine.ts';
import { moietyOf } from './moiety.ts';
import { NOT_DRUGS } from './not-drugs.ts';

/** What an allergy is to, or a medicine is of: classes it belongs to, and its own substance by name. */
type Substances = ReadonlySet<string>;

const CLASSES = Object.entries(DRUG_CLASSES).map(([id, { words, allergyCodes }]) => ({
  id,
  allergyCodes,
  words: patternOf(words),
}));

function patternOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => word.replaceAll('*', '\\w*'));
  return new RegExp(`(?<![\\w-])(?:${parts.join('|')})(?!\\w)`);
}

/** Whether this is a class, as against one substance by name. */
export function isClass(substance: string): boolean {
  return substance.startsWith('class:');
}

/** Ways of saying that it is an allergy, before the name of the agent or behind it. */
const REACTION =
  '(?:(?:drug|medication) )?(?:allerg(?:y|ic(?: reaction)?)|anaphylaxis|(?:hyper)?sensitivity|intolerance|adverse (?:drug )?reactions?|propensity to adverse reactions?)';
const DENIAL = '(?:no known|no|nil known|denies(?: any)?|(?:is )?not(?: known to be)?)';
const BEFORE = new RegExp(
  `^(?:${DENIAL} )?(?:(?:personal )?(?:history of|h/o):? )?(?:${REACTION}(?: (?:to|from|caused by|due to)|:) )?(?:product containing (?:only )?)?`,
);
const BEHIND = new RegExp(
  ` (?:${REACTION}(?:(?: -)? (?:excluded|ruled out|disproved))?|causing adverse effects? in therapeutic use)$|[ -]+containing product$`,
);

type Allergy = { readonly title: string; readonly code?: Coded; readonly substances?: readonly string[] };

export function substancesOfAllergy(entry: Allergy): Substances {
  const code = codeIn(entry.code, SNOMED);
  const texts = textsOf(entry);
  const agents = texts.map(agentIn);
  const names = [...agents, ...(entry.substances ?? [])].flatMap((name) => [normaliseWords(name), ...moietiesIn(name)]);
  const said = [...texts, ...names].map(normaliseWords).join(' ; ');
  const classes = CLASSES.filter(
    ({ words, allergyCodes }) => words.test(said) || (code !== undefined && allergyCodes?.includes(code)),
  );
  return substancesFrom(classes, names);
}

/**
 * Whether an allergy without a category can be to no drug: each of its names, or the code that stands for one, is in
 * `not-drugs.ts`, no product is meant, and neither its codes nor what is `told` beside it are of a class of drugs.
 */
export function isNoDrug(entry: Allergy, told: readonly string[]): boolean {
  const { code, title, substances = [] } = entry;
  const names = [...textsOf({ ...entry, title: code?.text ?? title }), ...substances].map(agentIn);
  if (codeIn(code, DMD) !== undefined || [...substancesOfAllergy(entry)].some(isClass)) return false;
  return names.every((name) => NOT_DRUGS.has(name.replaceAll(/['’]/gu, ''))) && !told.some(namesClass);
}

function namesClass(text: string): boolean {
  const words = normaliseWords(text);
  return CLASSES.some((one) => one.words.test(words));
}

/** The agent of "Allergy to penicillin" and of "Penicillin-containing product". */
function agentIn(text: string): string {
  return normaliseWords(text).replace(BEFORE, '').replace(BEHIND, '');
}

type Product = { readonly title: string; readonly name: string; readonly code?: Coded };

export function substancesOfMedicine(entry: Product): Substances {
  const names = [moietyOf(entry), ...moietiesIn(entry.name)];
  const said = [...textsOf(entry), ...names].map(normaliseWords).join(' ; ');
  const classes = CLASSES.filter(({ words }) => words.test(said));
  return substancesFrom(classes, names);
}

function substancesFrom(classes: readonly { readonly id: string }[], names: readonly string[]): Substances {
  const named = names.filter((name) => name !== '').map((name) => `substance:${name}`);
  return new Set([...classes.map(({ id }) => `class:${id}`), ...named]);
}

/**
 * Each substance of a product, under its own name: who reacts to one reacts to it in any salt, strength and form, under
 * any brand ("Tritace" is ramipril), and as one of several in one tablet.
 */
function moietiesIn(name: string): readonly string[] {
  return [name, ...name.split(/\s[/+]\s/)].map((part) => moietyOf({ name: splitName(part).name }));
}

function textsOf({ title, code }: { readonly title: string; readonly code?: Coded }): readonly string[] {
  return [title, ...(code?.codings.flatMap(({ display }) => display ?? []) ?? [])];
}
