import { stands } from '../build-conflict.ts';
import type { Caution, Entry } from '../entry.ts';
import { readAttachments, type Attachment } from '../fhir/attachment.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { dayOf, readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readObserved } from '../fhir/observed.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, linksTo, read, readStatement, stateBy, type Statement } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isAboutSharing } from '../silence.ts';
import { decisionStates } from './decision-states.ts';
import { isEndOfLifeForm, readEndOfLifeForm } from './end-of-life-form.ts';
import { decisionsDiffer } from './resuscitation-conflicts.ts';
import {
  conceptsOf,
  decisionDenied,
  decisionIn,
  decisionInFormName,
  decisionOf,
  isEndOfLife,
  isResuscitation,
  type Decision,
} from './resuscitation.ts';
import { panelLines, panelSays } from './resuscitation-panel.ts';
import { takeEndOfLife } from './end-of-life-takes.ts';
import { isAboutMe, titlesOf } from './which-section.ts';

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
  readonly decision?: Decision;
  /** The source says that there is no such decision, or that it was taken back: "DNACPR: No". */
  readonly denies?: Decision;
  readonly reviewDate?: RecordedDate;
  /** Where the signed form is kept, in the source's words. */
  readonly documentLocation?: string;
  /** `Type/id` of the signed form at that source, to be opened through the launcher like any document. */
  readonly reference?: string;
  readonly attachments: readonly Attachment[];
  /** The form's own number, `system|value`: the same wherever a copy of that form is filed. */
  readonly businessId?: string;
};

export const endOfLifeCare: Section<EndOfLifeEntry> = {
  id: 'end-of-life-care',
  heading: 'End of life care',
  groupedBy: 'everything',
  reads: [
    'Consent',
    'Flag',
    'Observation',
    'Condition',
    'DocumentReference',
    'QuestionnaireResponse',
    'ServiceRequest',
    'Procedure',
    'CarePlan',
    'Goal',
    'Composition',
  ],
  window: null,

  read(resource, context) {
    if (isAboutSharing(resource)) return { entries: [], unread: [] };
    if (isEndOfLifeForm(resource)) return isAboutMe(resource) ? null : readEndOfLifeForm(resource, context);
    if (!isEndOfLife(resource)) return null;
    const concepts = conceptsOf(resource);
    const stated = statedConcept(resource, concepts);
    const decision = statedDecision(resource, concepts);
    const kind = kindOf(resource, concepts, decision);
    const period = readPeriod(resource['period']);
    const status = statusOf(resource);
    const denies = kind === 'resuscitation' && !decision ? statedDenial(resource, concepts) : undefined;
    const statement = withDocument(resource, context, cautionsOf(resource, stated, decision, kind));
    return read({
      ...statement,
      notes: [...statement.notes, ...panelLines(resource)],
      section: 'end-of-life-care',
      title: titleOf(resource, stated),
      ...optional('code', stated),
      state: standing(stateBy(status, decisionStates(resource.resourceType)), period, resource),
      ...optional('statusAsRecorded', status),
      ...datesOf(resource, period),
      ...optional('period', period),
      kind,
      ...optional('decision', decision),
      ...optional('denies', denies),
      ...optional('reviewDate', readReviewDate(resource)),
      ...optional('documentLocation', readLocation(resource, context)),
      ...optional('businessId', kind === 'plan' ? readBusinessId(resource) : undefined),
      ...optional('reference', statement.links.find((link) => link.rel === 'document')?.to),
      attachments: readAttachments(asObjects(resource['content']).map((content) => content['attachment'])),
    });
  },

  // A decision is often one line of a plan or of a panel, a goal, or the name of a letter: each stays where it is and is shown here too.
  takes: ['CarePlan', 'Goal', 'DocumentReference', 'Composition', 'ServiceRequest', 'Procedure', 'Observation'],
  take(resource, context) {
    return takeEndOfLife(resource, context);
  },

  // The same decision in the same words, taken the same day, in the same standing, equally sure. A decision taken again
  // later, or with no date, is a line of its own: which one is in force is for a clinician to see. A form filed at two
  // places is one by its number and the day it was written.
  factKey(entry) {
    const written = entry.date && dayOf(entry.date);
    const copy = entry.businessId && written && `${entry.businessId} ${written}`;
    const when = entry.dateIs === undefined ? (written ?? entry.id) : (copy ?? entry.id);
    const words = normaliseWords(entry.title);
    const doubts = [...entry.cautions].sort();
    return JSON.stringify([
      entry.kind,
      entry.state,
      entry.decision,
      words,
      when,
      entry.period?.end,
      entry.reviewDate,
      doubts,
      entry.notes,
    ]);
  },

  conflicts(facts) {
    return decisionsDiffer(facts);
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

/** A form decides by its own name; anything else by what stands in it. */
function statedDecision(resource: Resource, concepts: readonly Coded[]): Decision | undefined {
  if (resource.resourceType === 'Observation') return panelSays(resource).decision;
  if (resource.resourceType !== 'DocumentReference') return decisionOf(resource, concepts);
  return decisionInFormName([...titlesOf(resource), ...concepts.map(({ text }) => text)]);
}

function statedDenial(resource: Resource, concepts: readonly Coded[]): Decision | undefined {
  return resource.resourceType === 'Observation' ? panelSays(resource).denies : decisionDenied(resource, concepts);
}

function kindOf(
  resource: Resource,
  concepts: readonly Coded[],
  decision: Decision | undefined,
): EndOfLifeEntry['kind'] {
  if (resource.resourceType === 'DocumentReference') return decision ? 'resuscitation' : 'plan';
  const cpr = decision !== undefined || concepts.some(isResuscitation);
  return cpr ? 'resuscitation' : 'advance-decision';
}

/** The concept that says what was decided; failing that, the one that says it is about resuscitation, else the first. */
function statedConcept(resource: Resource, concepts: readonly Coded[]): Coded | undefined {
  const value = readCoded(resource['valueCodeableConcept']);
  return value ?? concepts.find((c) => decisionIn(c).length > 0) ?? concepts.find(isResuscitation) ?? concepts[0];
}

function withDocument(resource: Resource, context: ReadContext, cautions: readonly Caution[]): Statement {
  const statement = readStatement(resource, context, 'end-of-life-care', cautions);
  if (resource.resourceType === 'DocumentReference') {
    return { ...statement, links: [...statement.links, { rel: 'document', to: statement.origin.resource }] };
  }
  return {
    ...statement,
    links: [...statement.links, ...linksTo('document', resource['sourceReference'], context, resource)],
  };
}

function titleOf(resource: Resource, stated: Coded | undefined): string {
  if (resource.resourceType === 'Observation') {
    const { value, valueCode } = readObserved(resource);
    // An answer that names no decision is nothing without its question: "No" to "DNACPR in place".
    if (valueCode === undefined || !isResuscitation(valueCode))
      return [readCoded(resource['code'])?.text, value].filter((part) => part !== undefined).join(': ');
  }
  const description = resource.resourceType === 'DocumentReference' ? plainText(resource['description']) : undefined;
  // A description that is only a date names nothing.
  const named = description !== undefined && /\p{L}{4,}/u.test(description);
  return (named ? description : undefined) ?? stated?.text ?? description ?? 'End of life care';
}

function cautionsOf(
  resource: Resource,
  stated: Coded | undefined,
  decision: Decision | undefined,
  kind: EndOfLifeEntry['kind'],
): readonly Caution[] {
  const status = statusOf(resource);
  // A form that nobody has signed off is a draft of a decision, whatever the reference to it says of itself.
  const docStatus = readCode(resource['docStatus']);
  return [
    ...codedCautions(stated),
    ...(status === 'preliminary' || docStatus === 'preliminary' ? ['preliminary' as const] : []),
    ...(['amended', 'corrected'].includes(status ?? '') || docStatus === 'amended' ? ['amended' as const] : []),
    ...(status === 'cancelled' || status === 'revoked' ? ['cancelled' as const] : []),
    ...(kind === 'resuscitation' && decision === undefined ? ['source-unclear' as const] : []),
    // A consent to research decides nothing about care, whatever its category (Consent.scope is a modifier).
    ...(readCode(resource['scope']) === 'research' ? ['source-unclear' as const] : []),
  ];
}

function statusOf(resource: Resource): string | undefined {
  if (readCode(resource['docStatus']) === 'entered-in-error') return 'entered-in-error';
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
    readTiming(resource, 'performed') ??
    readDate(resource['authoredOn']) ??
    readDate(resource['dateTime']) ??
    period?.start;
  if (date) return { date };
  const recorded = readDate(resource['recordedDate']) ?? readDate(resource['date']) ?? readDate(resource['issued']);
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}

function readReviewDate(resource: Resource): RecordedDate | undefined {
  const [extension] = extensionsNamed(resource, 'reviewDate', 'ReviewDate', 'UKCore-ReviewDate', 'flag-reviewDate');
  const provision = asObject(resource['provision']);
  // The end of a Consent's provision is when it must be looked at again: a decision does not lapse by itself (ReSPECT).
  const until = readPeriod(provision?.['period'])?.end;
  return readDate(extension?.['valueDate']) ?? readDate(extension?.['valueDateTime']) ?? until;
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
    plainText(asObject(resource['sourceAttachment'])?.['title'])
  );
}

/** Decisions in force, then wishes and forms in force, then what is over. */
function rank(entry: EndOfLifeEntry): number {
  const over = stands(entry) ? 0 : 3;
  return over + (entry.kind === 'resuscitation' ? 0 : entry.kind === 'advance-decision' ? 1 : 2);
}
