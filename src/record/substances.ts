import { DRUG_CLASSES, type DrugClass } from './drug-classes.ts';
import { codeIn, normaliseWords, SNOMED, type Coded } from './fhir/coding.ts';
import { moietyOf } from './moiety.ts';

/** What an allergy is to, or a medicine is of: classes it belongs to, and its own substance by name. */
type Substances = ReadonlySet<string>;

const PATTERNS: readonly {
  readonly id: string;
  readonly codes: DrugClass['allergyCodes'];
  readonly allergy: RegExp;
  readonly medicine: RegExp;
}[] = DRUG_CLASSES.map((drugClass) => ({
  id: drugClass.id,
  codes: drugClass.allergyCodes,
  allergy: patternOf(drugClass.allergyWords),
  medicine: patternOf([...drugClass.allergyWords, ...drugClass.medicineWords]),
}));

function patternOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => (word.endsWith('*') ? `${escape(word.slice(0, -1))}\\w*` : `${escape(word)}`));
  return new RegExp(`(?<![\\w-])(?:${parts.join('|')})(?!\\w)`);
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether this is a class, as against one substance by name. */
export function isClass(substance: string): boolean {
  return substance.startsWith('class:');
}

export function substancesOfAllergy(entry: {
  readonly title: string;
  readonly code?: Coded;
  readonly substances?: readonly string[];
}): Substances {
  const words = allTexts(entry);
  const code = codeIn(entry.code, SNOMED);
  const classes = PATTERNS.filter((p) => p.allergy.test(words) || (code !== undefined && p.codes.includes(code)));
  const agent = normaliseWords(entry.title)
    .replace(
      /^(allergy|allergic|hypersensitivity|intolerance|adverse reaction|propensity to adverse reactions?) (to|from|caused by) /,
      '',
    )
    .replace(/ (allergy|hypersensitivity|intolerance|sensitivity|adverse reaction)$/, '')
    .replace(/ -?containing product$/, '');
  const named = (entry.substances ?? []).map((substance) => `substance:${normaliseWords(substance)}`);
  return new Set([
    ...classes.map(({ id }) => `class:${id}`),
    ...(agent === '' ? [] : [`substance:${agent}`]),
    ...named,
  ]);
}

export function substancesOfMedicine(entry: {
  readonly title: string;
  readonly name: string;
  readonly code?: Coded;
}): Substances {
  // A brand hides its substance: "Tritace" is looked up as ramipril too.
  const moiety = moietyOf(entry);
  const words = `${allTexts(entry)} ; ${moiety}`;
  const classes = PATTERNS.filter((p) => p.medicine.test(words)).map(({ id }) => `class:${id}`);
  return new Set([...classes, `substance:${moiety}`]);
}

function allTexts(entry: { readonly title: string; readonly code?: Coded }): string {
  const displays = entry.code?.codings.flatMap((coding) => coding.display ?? []) ?? [];
  return normaliseWords([entry.title, ...displays].join(' ; '));
}
