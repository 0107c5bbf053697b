import type { Caution, Entry, EntryState } from '../entry.ts';
import { conceptKey } from '../concept-key.ts';
import { readCode, readCoded } from '../fhir/coding.ts';
import { readTiming } from '../fhir/date.ts';
import { readDecimal } from '../fhir/quantity.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { kindOf, kindOfFlag, type AlertKind } from './alert-kind.ts';
import { isPrognosis } from './assessments.ts';
import { readFlagStatement } from './flag-statement.ts';
import { legalKindOf } from './legal-kinds.ts';
import { isEndOfLife } from './resuscitation.ts';

export type { AlertKind } from './alert-kind.ts';

/**
 * Alerts and risks (PRSB CIS; IPS 104605-1; UKCore-Flag, RiskAssessment). Must have: what the alert says, by code or
 * category. Safeguarding and individual requirements have headings of their own, and `alert-kind.ts` tells them apart.
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
export const alerts: Section<AlertEntry> = {
  id: 'alerts',
  heading: 'Alerts',
  reads: ['Flag', 'RiskAssessment'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'RiskAssessment') return isPrognosis(resource) ? null : readRisk(resource, context);
    return hasOtherHome(resource) ? null : readFlag(resource, context);
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

function hasOtherHome(flag: Resource): boolean {
  const kind = kindOfFlag(flag);
  const own = kind === 'safeguarding' || kind === 'reasonable-adjustment';
  return own || isEndOfLife(flag) || legalKindOf(flag) !== undefined;
}

function readFlag(resource: Resource, context: ReadContext) {
  const flag = readFlagStatement(resource, context, 'alerts');
  return flag
    ? read<AlertEntry>({ ...flag, kind: kindOfFlag(resource), predictions: [] })
    : unreadable(resource, context, 'code');
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
