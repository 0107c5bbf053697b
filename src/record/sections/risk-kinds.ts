import { normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';

/** To whom: most urgent for a visitor first. Where one warning may be told as several, the first of these is told. */
export const RISK_KINDS = ['risk-to-staff', 'risk-to-others', 'risk-to-patient'] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

type Row = readonly [system: string | RegExp, code: string, kinds: readonly RiskKind[]];

/**
 * Codes that say to whom: Interweave's categories of social care flags (risk to other, to self, to self and others), and
 * SNOMED CT: at increased risk for falls, at increased risk for suicide, at risk of harming others.
 */
const CODES: readonly Row[] = [
  [/SocialCareFlagCategory/, 'RTO', ['risk-to-others']],
  [/SocialCareFlagCategory/, 'RTS', ['risk-to-patient']],
  [/SocialCareFlagCategory/, 'RSO', ['risk-to-others', 'risk-to-patient']],
  [SNOMED, '129839007', ['risk-to-patient']],
  [SNOMED, '225444004', ['risk-to-patient']],
  [SNOMED, '389315000', ['risk-to-others']],
];

const WORDS: readonly (readonly [kind: RiskKind, words: RegExp])[] = [
  [
    'risk-to-staff',
    /\b(risk to (staff|carers?|workers?|professionals?|visitors?)|staff (risk|safety)|(do )?not (to be |be )?(visit|see)(ed|n)? alone|no lone (visit|work)\w*|lone work\w*|(?<!victim of |non[- ]?)violen\w+|aggress\w+(?!.*\b(lymphoma|tumou?r|cancer|disease|malignan\w+|fibromatosis)\b)|abusive|assault\w* (on |to )?staff|weapons?|dangerous (dog|animal)|(two|2) (staff|people|persons?|carers?)( to)? (visit|only))\b/,
  ],
  [
    'risk-to-others',
    /\b(risk to others?|risk to (other people|third part(y|ies)|children|family|neighbours?)|risk to the public|risk of harm to others|risk to self (and|&) others?|fire[- ]?setting|arson)\b/,
  ],
  [
    'risk-to-patient',
    /\b(risk to (self|patient|person|him|her|him ?self|her ?self)|falls?|self[- ]harm|suicid\w+|pressure (ulcer|sore)|malnutrition|chok\w+|aspiration|absconding|self[- ]neglect|wandering)\b/,
  ],
];

/**
 * To whom a warning says there is a risk, by its code whatever its words are in, else by its words. One may be to several:
 * all are said. A risk that is to nobody by name is to the patient. Nothing of a risk in it: none.
 */
export function riskKindsOf(concepts: readonly Coded[]): readonly RiskKind[] {
  const found = new Set(concepts.flatMap((concept) => [...byCode(concept), ...byWords(concept)]));
  if (found.size === 0 && concepts.some((concept) => /\brisks?\b/.test(wordsOf(concept)))) return ['risk-to-patient'];
  return RISK_KINDS.filter((kind) => found.has(kind));
}

function byCode(concept: Coded): readonly RiskKind[] {
  return concept.codings.flatMap((coding) =>
    CODES.flatMap(([system, code, kinds]) => {
      const same = typeof system === 'string' ? coding.system === system : system.test(coding.system ?? '');
      return same && coding.code === code ? kinds : [];
    }),
  );
}

function byWords(concept: Coded): readonly RiskKind[] {
  const words = wordsOf(concept);
  return WORDS.filter(([, pattern]) => pattern.test(words)).map(([kind]) => kind);
}

function wordsOf(concept: Coded): string {
  return normaliseWords([concept.text, ...concept.codings.map(({ display }) => display ?? '')].join(' ; '));
}
