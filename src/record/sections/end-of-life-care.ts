import { buildConflict, stands } from '../build-conflict.ts';
import type { Caution, Entry, EntryState } from '../entry.ts';
import { hasCode, LOINC, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { dayOf, readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, asString, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import {
  AD_CONSENT_CATEGORIES,
  ADVANCE_DECISION_WORDS,
  ATTEMPT_CPR,
  CPR_PROCEDURE,
  DO_NOT_ATTEMPT_CPR,
  PLAN_DOCUMENTS,
  RESUSCITATION_LOINC,
  RESUSCITATION_STATUS,
} from './end-of-life-codes.ts';

/**
 * End of life care (PRSB CIS: CPR decision with its time, text, review date and where the document is; IPS 42348-3),
 * with advance decisions and ReSPECT forms. No window: a decision stands until it is changed.
 * Must have: words or a code that say what was decided or which document it is.
 * What was decided is read from codes, else from plain words; where they leave doubt no decision is derived and the
 * source's own words stand alone. A decision read the wrong way round is the worst fault this file could have.
 */
export type EndOfLifeEntry = Entry & {
  readonly section: 'end-of-life-care';
  readonly kind: 'resuscitation' | 'advance-decision' | 'plan';
  /** Only where the source leaves no doubt. */
  readonly decision?: 'attempt-resuscitation' | 'do-not-attempt-resuscitation';
  readonly reviewDate?: RecordedDate;
  /** Where the signed form is kept, in the source's words. */
  readonly documentLocation?: string;
};

const STATES: { readonly [status: string]: EntryState } = {
  // Consent, Flag, DocumentReference, Condition and Observation statuses: no word means two things among them.
  active: 'current',
  current: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  preliminary: 'current',
  recurrence: 'current',
  relapse: 'current',
  inactive: 'past',
  superseded: 'past',
  resolved: 'past',
  remission: 'past',
  cancelled: 'past',
  proposed: 'planned',
  draft: 'planned',
  rejected: 'negated',
  refuted: 'negated',
  'entered-in-error': 'in-error',
};

export const endOfLifeCare: Section<EndOfLifeEntry> = {
  id: 'end-of-life-care',
  heading: 'End of life care',
  reads: ['Consent', 'Flag', 'Observation', 'Condition', 'DocumentReference'],
  window: null,

  read(resource, context) {
    if (!isEndOfLife(resource)) return null;
    const concepts = conceptsOf(resource);
    const stated = statedConcept(resource, concepts);
    const kind = kindOf(resource, concepts);
    const period = readPeriod(resource['period']) ?? readPeriod(asObject(resource['provision'])?.['period']);
    const status = statusOf(resource);
    const decision = kind === 'plan' ? undefined : decisionOf(resource, concepts);
    return read({
      ...readStatement(resource, context, 'end-of-life-care', cautionsOf(resource, concepts, decision, kind)),
      section: 'end-of-life-care',
      title: titleOf(resource, stated),
      ...optional('code', stated),
      state: standing(stateBy(status, STATES), period, resource),
      ...optional('statusAsRecorded', status),
      ...datesOf(resource, period),
      ...optional('period', period),
      kind,
      ...optional('decision', decision),
      ...optional('reviewDate', readReviewDate(resource)),
      ...optional('documentLocation', readLocation(resource, context)),
    });
  },

  // The same decision in the same words, taken the same day, in the same standing. A decision taken again later, or
  // with no date, is a line of its own: which one is in force is for a clinician to see.
  factKey(entry) {
    const when = entry.date && entry.dateIs === undefined ? dayOf(entry.date) : entry.id;
    const words = normaliseWords(entry.title);
    return JSON.stringify([entry.kind, entry.state, entry.decision, words, when, entry.period?.end, entry.reviewDate]);
  },

  // Two decisions that stand at the same time and say opposite things (safety H37).
  conflicts(facts) {
    const inForce = facts.filter((fact) => stands(fact.entries[0]));
    const attempt = inForce.filter((fact) => fact.entries[0].decision === 'attempt-resuscitation');
    const doNot = inForce.filter((fact) => fact.entries[0].decision === 'do-not-attempt-resuscitation');
    return attempt.length > 0 && doNot.length > 0
      ? [buildConflict('resuscitation-decisions-differ', 'end-of-life-care', [...attempt, ...doNot])]
      : [];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

/** Whether this resource is a decision, wish or form for the end of life. Sections that read the same types ask this first. */
export function isEndOfLife(resource: Resource): boolean {
  const concepts = conceptsOf(resource);
  if (resource.resourceType === 'Consent') {
    const scope = readCode(resource['scope']);
    return scope === 'adr' || concepts.some((c) => isResuscitation(c) || isAdvanceDecision(c));
  }
  if (resource.resourceType === 'DocumentReference') {
    return concepts.some((c) => hasCode(c, SNOMED, PLAN_DOCUMENTS) || isResuscitation(c) || isAdvanceDecision(c));
  }
  return concepts.some(isResuscitation);
}

function conceptsOf(resource: Resource): readonly Coded[] {
  const provision = asObject(resource['provision']);
  const values: readonly unknown[] =
    resource.resourceType === 'Consent'
      ? [...asObjects(resource['category']), ...asObjects(provision?.['code'])]
      : resource.resourceType === 'DocumentReference'
        ? [resource['type'], ...asObjects(resource['category'])]
        : [resource['code'], resource['valueCodeableConcept']];
  return values.flatMap((value) => readCoded(value) ?? []);
}

const CPR_WORDS =
  /\b(dnacpr|dnar|dnr|cpr|cardio-?pulmonary resuscitation|resuscitation status|for resuscitation|attempt resuscitation|respect form)\b/;
/** Something done or learnt, not decided: a successful resuscitation, a course in CPR. */
const NO_DECISION_WORDS =
  /\b(history of|successful|unsuccessful|performed|training|course|carried out|survived|cardiac arrest)\b/;

function isResuscitation(concept: Coded): boolean {
  if (
    hasCode(concept, SNOMED, [...DO_NOT_ATTEMPT_CPR, ...ATTEMPT_CPR, RESUSCITATION_STATUS]) ||
    hasCode(concept, LOINC, RESUSCITATION_LOINC)
  )
    return true;
  if (concept.codings.some((coding) => coding.code?.toLowerCase() === 'dnr' || coding.code?.toLowerCase() === 'polst'))
    return true;
  const words = normaliseWords(concept.text);
  return CPR_WORDS.test(words) && !NO_DECISION_WORDS.test(words);
}

function isAdvanceDecision(concept: Coded): boolean {
  return (
    concept.codings.some(
      (c) => /consentcategorycodes/.test(c.system ?? '') && AD_CONSENT_CATEGORIES.includes(c.code ?? ''),
    ) || ADVANCE_DECISION_WORDS.test(normaliseWords(concept.text))
  );
}

function kindOf(resource: Resource, concepts: readonly Coded[]): EndOfLifeEntry['kind'] {
  if (resource.resourceType === 'DocumentReference') return 'plan';
  return concepts.some(isResuscitation) ? 'resuscitation' : 'advance-decision';
}

/** An Observation says its decision in the value; the others in their code. */
function statedConcept(resource: Resource, concepts: readonly Coded[]): Coded | undefined {
  const value = readCoded(resource['valueCodeableConcept']);
  return value ?? concepts.find(isResuscitation) ?? concepts[0];
}

function titleOf(resource: Resource, stated: Coded | undefined): string {
  const spoken = plainText(resource['valueString']);
  if (resource.resourceType === 'Observation' && readCoded(resource['valueCodeableConcept']) === undefined) {
    return [readCoded(resource['code'])?.text, spoken].filter((part) => part !== undefined).join(': ');
  }
  const description = resource.resourceType === 'DocumentReference' ? plainText(resource['description']) : undefined;
  return description ?? stated?.text ?? 'End of life care';
}

/** Codes first; words only where they leave no doubt; a code and words that say opposite things give no decision. */
function decisionOf(resource: Resource, concepts: readonly Coded[]): EndOfLifeEntry['decision'] {
  const said = new Set([
    ...concepts.flatMap(decisionIn),
    ...decisionInWords(plainText(resource['valueString'])),
    ...decisionInProvision(resource),
  ]);
  return said.size === 1 ? [...said][0] : undefined;
}

type Decision = NonNullable<EndOfLifeEntry['decision']>;

function decisionIn(concept: Coded): readonly Decision[] {
  const coded: Decision[] = [];
  if (hasCode(concept, SNOMED, DO_NOT_ATTEMPT_CPR) || concept.codings.some((c) => c.code?.toLowerCase() === 'dnr')) {
    coded.push('do-not-attempt-resuscitation');
  }
  if (hasCode(concept, SNOMED, ATTEMPT_CPR)) coded.push('attempt-resuscitation');
  return [...coded, ...decisionInWords(concept.text)];
}

/** Words that take a decision back, put it off or only speak of it: with these in it a text decides nothing. */
const DOUBT =
  /\b(discuss\w*|rescind\w*|revok\w*|withdraw\w*|withdrawn|cancel\w*|review\w*|not appropriate|no longer|not completed|consider\w*|unless|except|suspend\w*|declined|status|\?)\b|\?/;

function decisionInWords(text: string | undefined): readonly Decision[] {
  if (text === undefined) return [];
  const words = normaliseWords(text);
  if (DOUBT.test(words)) return [];
  if (/\b(not for|do not attempt|not to be|not to attempt|do not|dnacpr|dnar|no)\b/.test(words)) {
    return CPR_WORDS.test(words) || /\bresuscitat/.test(words) ? ['do-not-attempt-resuscitation'] : [];
  }
  return /^(for|attempt|for attempted|for full)\b.*\b(cpr|resuscitation)\b/.test(words)
    ? ['attempt-resuscitation']
    : [];
}

/** Consent: the provision permits or denies the procedure "cardiopulmonary resuscitation". */
function decisionInProvision(resource: Resource): readonly Decision[] {
  const provision = asObject(resource['provision']);
  const aboutCpr = asObjects(provision?.['code']).some((code) => hasCode(readCoded(code), SNOMED, CPR_PROCEDURE));
  if (!aboutCpr) return [];
  if (provision?.['type'] === 'deny') return ['do-not-attempt-resuscitation'];
  return provision?.['type'] === 'permit' ? ['attempt-resuscitation'] : [];
}

function cautionsOf(
  resource: Resource,
  concepts: readonly Coded[],
  decision: Decision | undefined,
  kind: EndOfLifeEntry['kind'],
): readonly Caution[] {
  const status = statusOf(resource);
  return [
    ...codedCautions(...concepts),
    ...(status === 'preliminary' ? ['preliminary' as const] : []),
    ...(status === 'amended' || status === 'corrected' ? ['amended' as const] : []),
    ...(status === 'cancelled' ? ['cancelled' as const] : []),
    ...(kind === 'resuscitation' && decision === undefined ? ['source-unclear' as const] : []),
  ];
}

function statusOf(resource: Resource): string | undefined {
  if (resource.resourceType !== 'Condition') return readCode(resource['status']);
  const verification = readCode(resource['verificationStatus']);
  return verification === 'entered-in-error' || verification === 'refuted'
    ? verification
    : readCode(resource['clinicalStatus']);
}

function datesOf(resource: Resource, period: Period | undefined): { date?: RecordedDate; dateIs?: 'recorded' } {
  const date =
    readTiming(resource, 'effective') ??
    readTiming(resource, 'onset') ??
    readDate(resource['dateTime']) ??
    period?.start;
  if (date) return { date };
  const recorded = readDate(resource['recordedDate']) ?? readDate(resource['date']) ?? readDate(resource['issued']);
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}

function readReviewDate(resource: Resource): RecordedDate | undefined {
  const [extension] = extensionsNamed(resource, 'reviewDate', 'ReviewDate', 'UKCore-ReviewDate', 'flag-reviewDate');
  return readDate(extension?.['valueDate']) ?? readDate(extension?.['valueDateTime']);
}

function readLocation(resource: Resource, context: ReadContext): string | undefined {
  const [extension] = extensionsNamed(resource, 'documentLocation', 'DocumentLocation');
  const custodian = resource.resourceType === 'DocumentReference' ? asObject(resource['custodian']) : undefined;
  return (
    plainText(extension?.['valueString']) ?? plainText(custodian?.['display']) ?? locationOfSource(resource, context)
  );
}

function locationOfSource(resource: Resource, context: ReadContext): string | undefined {
  const source = asObject(resource['sourceReference']);
  const target = source && context.resolve(source, resource);
  return (
    plainText(source?.['display']) ??
    plainText(target?.['description']) ??
    asString(asObject(resource['sourceAttachment'])?.['title'])
  );
}

/** Decisions in force, then wishes and forms in force, then what is over. */
function rank(entry: EndOfLifeEntry): number {
  const over = stands(entry) ? 0 : 3;
  return over + (entry.kind === 'resuscitation' ? 0 : entry.kind === 'advance-decision' ? 1 : 2);
}
