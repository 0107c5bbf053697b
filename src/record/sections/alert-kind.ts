import { hasCode, normaliseWords, readCoded, readConcepts, SNOMED, type Coded } from '../fhir/coding.ts';
import { asObject, asObjects, asString, type Resource } from '../resource.ts';

/**
 * What a warning is about, by its category, code and words. The headings that share FHIR's Flag (alerts, risks,
 * safeguarding, individual requirements) all ask here, so that each warning has one home and none falls between two.
 */
export type AlertKind =
  'safeguarding' | 'risk-to-staff' | 'risk-to-others' | 'risk-to-patient' | 'reasonable-adjustment' | 'alert';

/** SNOMED CT (CP-IS): subject to child protection plan; unborn child subject to child protection plan; looked after child. */
export const SAFEGUARDING_CODES = ['342191000000101', '375041000000100', '764841000000100'];
const WORDS: readonly (readonly [kind: AlertKind, words: RegExp])[] = [
  [
    'safeguarding',
    /\b(safeguarding|child protection|looked after child|subject of abuse|at risk of abuse|domestic (abuse|violence)|vulnerable (adult|child)|marac|fgm|female genital mutilation)\b/,
  ],
  [
    'risk-to-staff',
    /\b(risk to staff|staff (risk|safety)|do not (visit|see) alone|lone work\w*|violen\w+|aggress\w+|abusive|assault\w* (on )?staff|weapons?|dangerous (dog|animal)|two (staff|person|carers?) (visit|only))\b/,
  ],
  [
    'risk-to-others',
    /\b(risk to others?|risk to other people|risk to the public|risk of harm to others|fire ?setting|arson)\b/,
  ],
  [
    'reasonable-adjustment',
    /\b(reasonable adjustments?|accessible information|communication support|individual care requirements?|additional (support|needs))\b/,
  ],
  [
    'risk-to-patient',
    /\b(risk|falls?|self[- ]harm|suicid\w+|pressure (ulcer|sore)|malnutrition|chok\w+|aspiration|absconding|self[- ]neglect|wandering)\b/,
  ],
];
/** NHS England Reasonable Adjustments: NRAF "National Reasonable Adjustments Flag", its code systems of R4 and of STU3. */
const ADJUSTMENT_SYSTEM = /\/(CodeSystem-)?(RA-?Flag|RARecord|ReasonableAdjustment)/i;

/** A concept of the national flag for reasonable adjustments, whatever stands in its words. */
export function isAdjustmentConcept(concept: Coded): boolean {
  return concept.codings.some(({ code, system }) => code === 'NRAF' || ADJUSTMENT_SYSTEM.test(system ?? ''));
}

export function kindOf(concepts: readonly Coded[]): AlertKind {
  if (concepts.some(isAdjustmentConcept)) return 'reasonable-adjustment';
  if (concepts.some((concept) => hasCode(concept, SNOMED, SAFEGUARDING_CODES))) return 'safeguarding';
  const words = concepts.map((c) =>
    normaliseWords([c.text, ...c.codings.map((coding) => coding.display ?? '')].join(' ; ')),
  );
  return WORDS.find(([, pattern]) => words.some((text) => pattern.test(text)))?.[0] ?? 'alert';
}

/** v3 ActCode: sexual assault, abuse or domestic violence. A source that labels a flag so says what it is about. */
const ABUSE_LABELS = ['SDV'];

export function kindOfFlag(flag: Resource): AlertKind {
  const categories = readConcepts(flag['category']);
  const code = readCoded(flag['code']) ?? categories[0];
  const labels = asObjects(asObject(flag['meta'])?.['security']).flatMap((label) => asString(label['code']) ?? []);
  if (labels.some((label) => ABUSE_LABELS.includes(label))) return 'safeguarding';
  return code ? kindByCategory(categories, code) : 'alert';
}

/** The category says what kind of alert it is; safeguarding in the code is believed over any category. */
function kindByCategory(categories: readonly Coded[], code: Coded): AlertKind {
  const own = kindOf([code]);
  const byCategory = kindOf(categories);
  return own === 'safeguarding' || byCategory === 'alert' ? own : byCategory;
}
