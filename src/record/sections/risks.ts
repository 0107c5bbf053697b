import { conceptKey } from '../concept-key.ts';
import type { Entry, EntryState, Reading } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readTiming } from '../fhir/date.ts';
import { OBSERVATION_CAUTIONS, OBSERVATION_STATES } from '../fhir/observation-status.ts';
import { predictionWords } from '../fhir/prediction.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isRiskKind, kindOfFlag } from './alert-kind.ts';
import { isPrognosis } from './assessments.ts';
import { readFlagStatement } from './flag-statement.ts';
import { keyOfParts } from './key-of-parts.ts';
import { riskKindsOf, type RiskKind } from './risk-kinds.ts';
import { hasOtherHome } from './which-flag.ts';

/**
 * Risks (PRSB CIS: to the patient, to staff, to a third party), from Flag and base RiskAssessment. Must have: of what, by
 * code or category. No window, pinned first (safety H37): a risk stands until it is taken away, and ended ones wait
 * behind their button. To whom is told by code before words (`risk-kinds.ts`), and to all it is to.
 */
export type RiskEntry = Entry & {
  readonly section: 'risks';
  readonly to: readonly RiskKind[];
  /** Categories in the source's words. */
  readonly categories: readonly string[];
  readonly severity?: string;
  /** RiskAssessment: what may happen and how likely, one line for each prediction, as recorded. */
  readonly predictions: readonly string[];
  readonly mitigation?: string;
  readonly basis: readonly string[];
};

export const risks: Section<RiskEntry> = {
  id: 'risks',
  heading: 'Risks',
  groupedBy: 'concept',
  reads: ['Flag', 'RiskAssessment'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'RiskAssessment')
      return isPrognosis(resource) ? null : readAssessment(resource, context);
    return hasOtherHome(resource) || !isRiskKind(kindOfFlag(resource)) ? null : readFlag(resource, context);
  },

  // The same risk to the same people in the same standing, whenever each organisation saw it; for how long it stood is
  // part of it once it has ended. A risk assessed twice is two assessments.
  factKey(entry) {
    const assessed = entry.origin.resource.startsWith('RiskAssessment/');
    const span = entry.state === 'current' ? [entry.period?.end] : [entry.period?.start, entry.period?.end];
    return keyOfParts(
      entry.to,
      entry.state,
      conceptKey(entry.code, entry.title),
      entry.severity,
      span,
      [...entry.cautions].sort(),
      entry.basis,
      assessed ? entry.id : '',
    );
  },

  // A risk seen by one organisation and not by another is everyday: every one is shown, whoever saw it.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

function readFlag(resource: Resource, context: ReadContext): Reading<RiskEntry> {
  const flag = readFlagStatement(resource, context, 'risks');
  if (!flag) return unreadable(resource, context, 'code');
  const to = riskKindsOf([...readConcepts(resource['category']), flag.code]);
  return read({ ...flag, state: inWords(flag.title, flag.state), to: orPatient(to), predictions: [] });
}

function readAssessment(resource: Resource, context: ReadContext): Reading<RiskEntry> {
  const code = readCoded(resource['code']) ?? readCoded(resource['method']);
  const told = asObjects(resource['prediction']);
  const predictions = told.flatMap(predictionWords);
  const condition = readReferenceNames(resource['condition'], context, resource)[0];
  const title = code?.text ?? condition ?? predictions[0];
  if (title === undefined) return unreadable(resource, context, 'code');
  const status = readCode(resource['status']);
  const caution = status === undefined ? undefined : OBSERVATION_CAUTIONS[status];
  const outcomes = told.flatMap((prediction) => readCoded(prediction['outcome']) ?? []);
  return read({
    ...readStatement(resource, context, 'risks', [...codedCautions(code), ...(caution ? [caution] : [])]),
    section: 'risks',
    title,
    ...optional('code', code),
    state: inWords(title, stateBy(status, OBSERVATION_STATES)),
    ...optional('statusAsRecorded', status),
    ...optional('date', readTiming(resource, 'occurrence')),
    to: orPatient(riskKindsOf([...(code ? [code] : []), ...outcomes])),
    categories: [],
    predictions: predictions.filter((prediction) => prediction !== title),
    ...optional('mitigation', plainText(resource['mitigation'])),
    basis: [
      ...readConcepts(resource['reasonCode']).map(({ text }) => text),
      ...readReferenceNames(resource['basis'], context, resource),
    ],
  });
}

function orPatient(to: readonly RiskKind[]): readonly RiskKind[] {
  return to.length > 0 ? to : ['risk-to-patient'];
}

/** Words that say there is none, or no longer one: they are the statement, whatever the status beside them (H08, H17). */
const NONE =
  /^(none|nil)( known| identified)?$|^(no|nil) ((current|known|identified|significant|specific|apparent) )*(risks?|concerns?)\b|\bnot (currently )?at (increased |high )?risk\b/;
/** The same of one risk: "No history of violence", "Denies suicidal ideation". What goes on otherwise is no denial. */
const NOT_SO =
  /^(no|nil|not|never|denies|denied) ((currently|current|known to be|known|recent|previous|any|active|history of|evidence of|thoughts of) )*(violen\w+|aggress\w+|abusive|suicid\w+|self[- ]harm|falls?|weapons?|fire[- ]?setting|arson|pressure (ulcers?|sores?)|wandering|absconding)( (ideation|thoughts|intent|behaviour|history|known|reported|recorded|(in|for) the (last|past) .*|since .*))*$/;
const NO_LONGER =
  /\bno longer\b.*\brisk\b|\brisk (has )?(ended|resolved|removed|no longer)\b|\b(warning|marker|flag|alert) ((has been|was|is|now) )?(removed|expired|withdrawn|ended|closed)\)?$/;

function inWords(title: string, state: EntryState): EntryState {
  const words = normaliseWords(title);
  if (state === 'in-error' || state === 'negated') return state;
  if (NO_LONGER.test(words)) return state === 'planned' ? 'unknown' : 'past';
  return NONE.test(words) || NOT_SO.test(words) ? 'negated' : state;
}

/** The order in which clinicians asked to read risks: to the patient, to staff, to others. */
const ORDER: readonly RiskKind[] = ['risk-to-patient', 'risk-to-staff', 'risk-to-others'];

/** What stands before what has ended, then by whom it is to; one that is to several stands where the first of them does. */
function rank(entry: RiskEntry): number {
  const standing = ['current', 'unknown', 'planned'].indexOf(entry.state);
  const to = entry.to.length > 0 ? entry.to.map((kind) => ORDER.indexOf(kind)) : [0];
  return (standing < 0 ? 3 : standing) * 10 + Math.min(...to);
}
