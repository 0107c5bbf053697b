import type { Caution, Entry, EntryState } from '../entry.ts';
import { conceptKey } from '../concept-key.ts';
import { hasCode, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { readDate, readPeriod, readTiming, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readDecimal } from '../fhir/quantity.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isEndOfLife } from './resuscitation.ts';

/**
 * Alerts, risks, safeguarding and individual requirements (PRSB CIS; IPS 104605-1; UKCore-Flag, RiskAssessment).
 * Must have: what the alert says, by code or category. No window, and an ended safeguarding flag is shown as ended with
 * its dates (PRSB: start and end date): that a child was on a protection plan stays worth knowing.
 */
export type AlertEntry = Entry & {
  readonly section: 'alerts';
  readonly kind: AlertKind;
  /** Categories in the source's words. */
  readonly categories: readonly string[];
  readonly severity?: string;
  /** RiskAssessment: what may happen and how likely, one line for each prediction, as recorded. */
  readonly predictions: readonly string[];
  readonly mitigation?: string;
  readonly basis: readonly string[];
};

export type AlertKind =
  'safeguarding' | 'risk-to-staff' | 'risk-to-others' | 'risk-to-patient' | 'reasonable-adjustment' | 'alert';

/** FHIR R4 Flag.status. */
const FLAG_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  inactive: 'past',
  'entered-in-error': 'in-error',
};
/** FHIR R4 RiskAssessment.status (observation-status). */
const RISK_STATES: { readonly [status: string]: EntryState } = {
  registered: 'planned',
  preliminary: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  cancelled: 'past',
  'entered-in-error': 'in-error',
};
const CONDITION_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  recurrence: 'current',
  relapse: 'current',
  inactive: 'past',
  remission: 'past',
  resolved: 'past',
};

export const alerts: Section<AlertEntry> = {
  id: 'alerts',
  heading: 'Alerts',
  reads: ['Flag', 'RiskAssessment', 'Condition'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'RiskAssessment') return readRisk(resource, context);
    if (resource.resourceType === 'Condition')
      return isSafeguarding(resource) ? readSafeguarding(resource, context) : null;
    return isEndOfLife(resource) ? null : readFlag(resource, context);
  },

  // The same alert of the same kind in the same standing. For how long it stood is part of it once it has ended, and a
  // risk assessed twice is two assessments.
  factKey(entry) {
    const span = entry.state === 'current' ? [entry.period?.end] : [entry.period?.start, entry.period?.end];
    const risk = entry.predictions.length > 0 || entry.basis.length > 0 || entry.mitigation !== undefined;
    const what = conceptKey(entry.code, entry.title);
    return JSON.stringify([entry.kind, entry.state, what, entry.severity, span, risk ? entry.id : '']);
  },

  // An alert at one organisation and none at another is everyday: every one is shown, whoever raised it.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

function readFlag(resource: Resource, context: ReadContext) {
  const categories = asObjects(resource['category']).flatMap((category) => readCoded(category) ?? []);
  const code = readCoded(resource['code']) ?? categories[0];
  if (!code) return unreadable(resource, context, 'code');
  const period = readPeriod(resource['period']);
  const status = readCode(resource['status']);
  return read<AlertEntry>({
    ...readStatement(resource, context, 'alerts', codedCautions(code)),
    section: 'alerts',
    title: code.text,
    code,
    state: standing(stateBy(status, FLAG_STATES), period, resource),
    ...optional('statusAsRecorded', status),
    ...optional('date', period?.start ?? period?.end),
    ...optional('period', period),
    kind: kindOfFlag(categories, code),
    categories: categories.map((category) => category.text),
    ...optional('severity', readFlagPriority(resource)),
    predictions: [],
    basis: readReferenceNames(
      extensionsNamed(resource, 'flag-detail').map((e) => e['valueReference']),
      context,
      resource,
    ),
  });
}

/** HL7 flag-priority extension: PN no alarm, PL low, PM medium, PH high; its display, else nothing. */
function readFlagPriority(resource: Resource): string | undefined {
  return readCoded(extensionsNamed(resource, 'flag-priority')[0]?.['valueCodeableConcept'])?.text;
}

const RISK_CAUTIONS: { readonly [status: string]: Caution } = {
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  cancelled: 'cancelled',
};

function readRisk(resource: Resource, context: ReadContext) {
  const code = readCoded(resource['code']) ?? readCoded(resource['method']);
  const predictions = asObjects(resource['prediction']).flatMap(predictionWords);
  const condition = readReferenceNames(resource['condition'], context, resource)[0];
  const title = code?.text ?? condition ?? predictions[0];
  if (title === undefined) return unreadable(resource, context, 'code');
  const status = readCode(resource['status']);
  const caution = status === undefined ? undefined : RISK_CAUTIONS[status];
  const reasons = asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []);
  const outcomes = asObjects(resource['prediction']).flatMap((prediction) => readCoded(prediction['outcome']) ?? []);
  const known = kindOf([...(code ? [code] : []), ...outcomes]);
  return read<AlertEntry>({
    ...readStatement(resource, context, 'alerts', [...codedCautions(code), ...(caution ? [caution] : [])]),
    section: 'alerts',
    title,
    ...optional('code', code),
    state: stateBy(status, RISK_STATES),
    ...optional('statusAsRecorded', status),
    ...optional('date', readTiming(resource, 'occurrence')),
    kind: known === 'alert' ? 'risk-to-patient' : known,
    categories: [],
    predictions: predictions.filter((prediction) => prediction !== title),
    ...optional('mitigation', plainText(resource['mitigation'])),
    basis: [...reasons, ...readReferenceNames(resource['basis'], context, resource)],
  });
}

/** Outcome and likelihood as recorded: "Fall: high", "Stroke: 12%". Nothing is calculated from it. */
function predictionWords(prediction: { readonly [element: string]: unknown }): readonly string[] {
  const outcome = readCoded(prediction['outcome'])?.text;
  const probability = readDecimal(prediction['probabilityDecimal']);
  const likelihood = readCoded(prediction['qualitativeRisk'])?.text ?? (probability && `${probability}%`);
  const rationale = plainText(prediction['rationale']);
  const words = [outcome, likelihood].filter((part) => part !== undefined).join(': ');
  return words === '' && rationale === undefined ? [] : [[words, rationale].filter(Boolean).join(' – ')];
}

/** Safeguarding is often coded as a problem in general practice; it belongs where it can't be scrolled past. */
export function isSafeguarding(resource: Resource): boolean {
  const code = readCoded(resource['code']);
  return resource.resourceType === 'Condition' && code !== undefined && kindOf([code]) === 'safeguarding';
}

function readSafeguarding(resource: Resource, context: ReadContext) {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const verification = readCode(resource['verificationStatus']);
  const status = readCode(resource['clinicalStatus']);
  const start = readTiming(resource, 'onset');
  const end = readDate(resource['abatementDateTime']);
  const period = start || end ? { ...optional('start', start), ...optional('end', end) } : undefined;
  const recorded = readDate(resource['recordedDate']);
  const unsure: readonly Caution[] = verification && verification !== 'confirmed' ? ['unconfirmed'] : [];
  return read<AlertEntry>({
    ...readStatement(resource, context, 'alerts', [...codedCautions(code), ...unsure]),
    section: 'alerts',
    title: code.text,
    code,
    state: verifiedState(verification) ?? standing(stateBy(status, CONDITION_STATES), period, resource),
    ...optional('statusAsRecorded', [status, verification].filter(Boolean).join(', ') || undefined),
    ...dateOf(start, recorded),
    ...optional('period', period),
    kind: 'safeguarding',
    categories: [],
    predictions: [],
    basis: [],
  });
}

function verifiedState(verification: string | undefined): EntryState | undefined {
  if (verification === 'entered-in-error') return 'in-error';
  return verification === 'refuted' ? 'negated' : undefined;
}

function dateOf(
  start: RecordedDate | undefined,
  recorded: RecordedDate | undefined,
): { date?: RecordedDate; dateIs?: 'recorded' } {
  if (start) return { date: start };
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}

/** SNOMED CT (CP-IS): subject to child protection plan; unborn child subject to child protection plan; looked after child. */
const SAFEGUARDING = ['342191000000101', '375041000000100', '764841000000100'];
const WORDS: readonly (readonly [kind: AlertKind, words: RegExp])[] = [
  [
    'safeguarding',
    /\b(safeguarding|child protection|looked after child|subject of abuse|at risk of abuse|domestic (abuse|violence)|vulnerable (adult|child)|marac|fgm)\b/,
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
/** NHS England Reasonable Adjustments: NRAF "National Reasonable Adjustments Flag" and its code systems. */
const ADJUSTMENT_SYSTEM = /\/RA-Flag/;

function kindOf(concepts: readonly Coded[]): AlertKind {
  if (
    concepts.some((c) =>
      c.codings.some((coding) => coding.code === 'NRAF' || ADJUSTMENT_SYSTEM.test(coding.system ?? '')),
    )
  ) {
    return 'reasonable-adjustment';
  }
  if (concepts.some((concept) => hasCode(concept, SNOMED, SAFEGUARDING))) return 'safeguarding';
  const words = concepts.map((c) =>
    normaliseWords([c.text, ...c.codings.map((coding) => coding.display ?? '')].join(' ; ')),
  );
  return WORDS.find(([, pattern]) => words.some((text) => pattern.test(text)))?.[0] ?? 'alert';
}

/** The category says what kind of alert it is; safeguarding in the code is believed over any category. */
function kindOfFlag(categories: readonly Coded[], code: Coded): AlertKind {
  const own = kindOf([code]);
  const byCategory = kindOf(categories);
  return own === 'safeguarding' || byCategory === 'alert' ? own : byCategory;
}

const ORDER: readonly AlertKind[] = [
  'safeguarding',
  'risk-to-staff',
  'risk-to-others',
  'risk-to-patient',
  'alert',
  'reasonable-adjustment',
];

/** What stands before what has ended, then by kind. */
function rank(entry: AlertEntry): number {
  const standingRank =
    entry.state === 'current' ? 0 : entry.state === 'unknown' ? 1 : entry.state === 'planned' ? 2 : 3;
  return standingRank * 10 + ORDER.indexOf(entry.kind);
}
