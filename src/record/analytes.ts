import { LOINC, normaliseWords, type Coded } from './fhir/coding.ts';
import { sameTest } from './sections/same-test.ts';

/**
 * One substance in serum or plasma, reported by some laboratories as a mass and by others as an amount under two LOINC
 * codes. Only single molecules of known weight (g/mol, from their formulas): "urea nitrogen" is not urea, and fats and
 * proteins have no one weight. Two numbers of one row may stand on one axis once one of them is converted.
 */
type Analyte = {
  readonly id: string;
  readonly molecularWeight: number;
  readonly loinc: readonly string[];
  readonly words: RegExp;
};

const ANALYTES: readonly Analyte[] = [
  // C4H7N3O
  { id: 'creatinine', molecularWeight: 113.12, loinc: ['2160-0', '14682-9'], words: /\bcreatinine\b/ },
  // C6H12O6
  { id: 'glucose', molecularWeight: 180.16, loinc: ['2345-7', '14749-6'], words: /\bglucose\b/ },
  // CH4N2O
  { id: 'urea', molecularWeight: 60.06, loinc: ['3091-6', '22664-7'], words: /\burea\b(?! nitrogen)/ },
  // C27H46O
  { id: 'cholesterol', molecularWeight: 386.65, loinc: ['2093-3', '14647-2'], words: /\bcholesterol\b/ },
  // C33H36N4O6
  { id: 'bilirubin', molecularWeight: 584.66, loinc: ['1975-2', '14631-6'], words: /\bbilirubin\b/ },
  // C5H4N4O3
  { id: 'urate', molecularWeight: 168.11, loinc: ['3084-1', '14933-6'], words: /\b(urate|uric acid)\b/ },
];

/** The analyte that every LOINC code of the concept and its words name, or that UK practice and laboratory share a row for. */
export function analyteOf({ code, specimen, title }: Named): Analyte | undefined {
  if (code?.disagrees) return undefined;
  const same = sameTest(code, specimen, title);
  if (same !== undefined) return ANALYTES.find(({ id }) => id === same);
  const loinc = code?.codings.filter(({ system }) => system === LOINC) ?? [];
  const words = normaliseWords(title);
  // A code of serum typed for what was measured in urine puts no value of the one on the axis of the other.
  if (ELSEWHERE.test(words) || ELSEWHERE.test(normaliseWords(specimen ?? ''))) return undefined;
  return ANALYTES.find(
    (row) => loinc.length > 0 && loinc.every((c) => row.loinc.includes(c.code ?? '')) && row.words.test(words),
  );
}

/** Words that make another test of it, whatever the code: of the title, or of what it was measured in. */
export const ELSEWHERE =
  /\b(urine|urinary|csf|cerebrospinal|fluid|stool|dialysate|sweat|saliva|ratio|clearance|excretion|(un)?conjugated|(in)?direct|hdl|v?ldl)\b/;

type Named = { readonly code?: Coded; readonly specimen?: string; readonly title: string };
