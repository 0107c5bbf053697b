import { hasCode, normaliseWords, readCoded, readConcepts, SNOMED, type Coded } from '../fhir/coding.ts';
import { asObject, asObjects, asString, type Resource } from '../resource.ts';
import { RISK_KINDS, riskKindsOf, type RiskKind } from './risk-kinds.ts';

/**
 * What a warning is about, by its category, code and words. The headings that share FHIR's Flag (alerts, risks,
 * safeguarding, individual requirements) all ask here, so that each warning has one home and none falls between two.
 */
export type AlertKind = 'safeguarding' | RiskKind | 'reasonable-adjustment' | 'alert';

export function isRiskKind(kind: AlertKind): kind is RiskKind {
  return RISK_KINDS.some((risk) => risk === kind);
}

/** SNOMED CT (CP-IS): subject to child protection plan; unborn child subject to child protection plan; looked after child. */
export const SAFEGUARDING_CODES = ['342191000000101', '375041000000100', '764841000000100'];
const SAFEGUARDING_WORDS =
  /\b(safeguarding|child protection|looked after child|subject of abuse|at risk of abuse|domestic (abuse|violence)|vulnerable (adult|child)|marac|fgm|female genital mutilation|child in need|(child|elder) (abuse|neglect)|child (sexual |criminal )?exploitation|(neglect|abuse|(sexual |criminal )?exploitation) of (a )?(child|vulnerable)|non-?accidental injury|modern slavery|(human|victim of) trafficking|forced marriage|honou?r[- ]based|coercive control)\b/;
const ADJUSTMENT_WORDS =
  /\b(reasonable adjustments?|accessible information|communication support|individual care requirements?|additional (support|needs))\b/;
/** Interweave's category of social care flags: safeguarding concern, whatever its display. */
const SAFEGUARDING_CATEGORY = 'SGC';

/** NHS England Reasonable Adjustments: NRAF "National Reasonable Adjustments Flag", its code systems of R4 and of STU3. */
const ADJUSTMENT_SYSTEM = /\/(CodeSystem-)?(RA-?Flag|RARecord|ReasonableAdjustment)/i;

/** A concept of the national flag for reasonable adjustments, whatever stands in its words. */
export function isAdjustmentConcept(concept: Coded): boolean {
  return concept.codings.some(({ code, system }) => code === 'NRAF' || ADJUSTMENT_SYSTEM.test(system ?? ''));
}

export function kindOf(concepts: readonly Coded[]): AlertKind {
  if (concepts.some(isAdjustmentConcept)) return 'reasonable-adjustment';
  if (concepts.some(isSafeguardingConcept)) return 'safeguarding';
  // A visitor's own safety, or somebody else's, is said before what the person may need and what may befall her.
  const risks = riskKindsOf(concepts);
  const words = concepts.map(wordsOf);
  const adjusts = words.some((text) => ADJUSTMENT_WORDS.test(text));
  const [worst] = risks;
  if (worst === undefined || (worst === 'risk-to-patient' && adjusts))
    return adjusts ? 'reasonable-adjustment' : 'alert';
  return worst;
}

function isSafeguardingConcept(concept: Coded): boolean {
  const coded = concept.codings.some(
    ({ system, code }) => code === SAFEGUARDING_CATEGORY && /SocialCareFlagCategory/.test(system ?? ''),
  );
  return coded || hasCode(concept, SNOMED, SAFEGUARDING_CODES) || SAFEGUARDING_WORDS.test(wordsOf(concept));
}

function wordsOf(concept: Coded): string {
  return normaliseWords([concept.text, ...concept.codings.map(({ display }) => display ?? '')].join(' ; '));
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
