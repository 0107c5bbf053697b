import type { Caution, EntryState } from '../entry.ts';
import { readAttachments } from '../fhir/attachment.ts';
import { hasCode, readCode, readCoded, readConcepts, SNOMED, type Coded } from '../fhir/coding.ts';
import { readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { readActivities } from '../fhir/planned-activity.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, entryIdOf, readStatement, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import { GOAL_STATES } from './care-plans.ts';
import { decisionStates } from './decision-states.ts';
import type { EndOfLifeEntry } from './end-of-life-care.ts';
import { PLAN_DOCUMENTS } from './end-of-life-codes.ts';
import { namesEndOfLifeForm } from './end-of-life-form.ts';
import {
  conceptsOf,
  decisionDenied,
  decisionInFormName,
  decisionOf,
  isCprItself,
  isEndOfLife,
  isResuscitation,
} from './resuscitation.ts';
import { PLAN_STATES } from './plan-parts.ts';
import { panelLines, panelSays, partAboutResuscitation } from './resuscitation-panel.ts';
import { isAboutMe, isMeasurement, titlesOf } from './which-section.ts';

/**
 * What other headings read and a decision for the end of life stands in: an activity or the name of a care plan, a goal, the
 * name of a letter, a referral to talk about it. The resource stays under its own heading with all it says, and the decision
 * is shown here too, where one looks for it in a hurry (safety H37).
 */
export function takeEndOfLife(resource: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  switch (resource.resourceType) {
    case 'CarePlan':
      return [...namedPlan(resource, context), ...plannedDecisions(resource, context)];
    case 'Goal':
      return goalFor(resource, context);
    case 'DocumentReference':
    case 'Composition':
      return namedDocument(resource, context);
    case 'Observation':
      return partOfPanel(resource, context);
    default:
      return spokenOf(resource, context);
  }
}

/** A care plan that is one for the end of life by its own name or category. */
function namedPlan(plan: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  const categories = readConcepts(plan['category']);
  const named = [plainText(plan['title']), plainText(plan['description']), ...categories.map(({ text }) => text)];
  const name =
    named.find((text) => text !== undefined && namesEndOfLifeForm(text)) ??
    named.find((text) => text !== undefined && isResuscitation({ text, codings: [] }));
  const coded = categories.find((concept) => hasCode(concept, SNOMED, PLAN_DOCUMENTS) || isResuscitation(concept));
  const title = name ?? coded?.text;
  if (title === undefined) return [];
  const said = [...categories, { text: title, codings: [] }];
  const cpr = said.some(isResuscitation);
  return [taken(plan, context, 'plan', title, cpr ? said : [], cpr ? 'resuscitation' : 'plan', planState(plan))];
}

/** What a plan says is to be done, or not, when the heart stops. */
function plannedDecisions(plan: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  return readActivities(plan, context).flatMap((activity, index) => {
    const said: Coded = { text: activity.text, codings: [] };
    const forbidden = activity.prohibited === true && isCprItself(said);
    if (!(isResuscitation(said) || forbidden) || activity.status === 'cancelled') return [];
    // That it must not be done is the decision, as it is of an order of its own.
    const stated = forbidden ? { ...plan, doNotPerform: true } : plan;
    const own = ACTIVITY_STATES[activity.status ?? ''];
    const state = activityState(planState(plan), own);
    const entry = taken(stated, context, `cpr-${index + 1}`, activity.text, [said], 'resuscitation', state);
    const notes = activity.notes;
    // "Not to be done: not for CPR" can be read both ways.
    const told = { ...(activity.prohibited && !forbidden ? withoutDecision(entry) : entry), notes };
    return [{ ...told, ...optional('statusAsRecorded', own ? activity.status : told.statusAsRecorded) }];
  });
}

/**
 * What the plan's own status does not say of one of its activities: a decision that was stopped or revoked is over, however
 * active the rest of the plan. What "completed" and "on hold" mean of not doing something nobody has said, as of an order.
 */
const ACTIVITY_STATES: { readonly [status: string]: EntryState } = {
  stopped: 'past',
  revoked: 'past',
  completed: 'unknown',
  'on-hold': 'unknown',
  unknown: 'unknown',
  draft: 'planned',
};

function activityState(plan: EntryState, own: EntryState | undefined): EntryState {
  return own !== undefined && ['current', 'unknown', 'planned'].includes(plan) ? own : plan;
}

function withoutDecision({ decision: _both, ...entry }: EndOfLifeEntry): EndOfLifeEntry {
  return { ...entry, cautions: [...new Set<Caution>([...entry.cautions, 'source-unclear'])] };
}

function planState(plan: Resource): EntryState {
  return stateBy(readCode(plan['status']), PLAN_STATES);
}

function goalFor(goal: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  const description = readCoded(goal['description']);
  if (!description || !isResuscitation(description)) return [];
  const state = stateBy(readCode(goal['lifecycleStatus']), GOAL_STATES);
  return [taken(goal, context, 'cpr', description.text, [description], 'resuscitation', state)];
}

/** A document that is filed as a letter or a scan and is a form for the end of life by its name. */
function namedDocument(document: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  if (isEndOfLife(document) || isAboutMe(document)) return [];
  const types = [...readConcepts(document['type']), ...readConcepts(document['category'])];
  const names = [...titlesOf(document), ...types.map(({ text }) => text)];
  const coded = types.find((type) => hasCode(type, SNOMED, PLAN_DOCUMENTS));
  const name = names.find(namesEndOfLifeForm) ?? coded?.text;
  if (name === undefined) return [];
  const decision = decisionInFormName(names);
  const status = readCode(document['status']);
  const state =
    document.resourceType === 'Composition' ? compositionState(status) : stateBy(status, decisionStates(''));
  const withdrawn = readCode(document['docStatus']) === 'entered-in-error';
  const entry = taken(document, context, 'end-of-life', name, [], 'plan', withdrawn ? 'in-error' : state);
  return [
    {
      ...entry,
      ...(decision && { kind: 'resuscitation' as const, decision }),
      reference: entry.origin.resource,
      links: [...entry.links, { rel: 'document', to: entry.origin.resource }],
      attachments: readAttachments(asObjects(document['content']).map((content) => content['attachment'])),
    },
  ];
}

/** One part of an assessment: "Treatment escalation" with "DNACPR in place", yes. */
function partOfPanel(observation: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  if (observation['component'] === undefined || isMeasurement(observation) || isEndOfLife(observation)) return [];
  const about = partAboutResuscitation(observation);
  if (about === undefined) return [];
  const state = stateBy(readCode(observation['status']), decisionStates('Observation'));
  const {
    decision: _own,
    denies: _no,
    ...entry
  } = taken(observation, context, 'cpr', about, [], 'resuscitation', state);
  const says = panelSays(observation);
  const title = readCoded(observation['code'])?.text ?? about;
  const cautions = entry.cautions.filter((caution) => says.decision === undefined || caution !== 'source-unclear');
  return [{ ...entry, ...says, title, cautions, notes: [...entry.notes, ...panelLines(observation)] }];
}

function compositionState(status: string | undefined): EntryState {
  return stateBy(status === 'preliminary' ? 'draft' : status, decisionStates('Composition'));
}

/** "DNACPR discussion with the family" as a procedure, a referral to have one. */
function spokenOf(resource: Resource, context: ReadContext): readonly EndOfLifeEntry[] {
  if (isEndOfLife(resource)) return [];
  const concepts = conceptsOf(resource);
  const about = concepts.find(isResuscitation);
  if (!about) return [];
  const state = stateBy(readCode(resource['status']), decisionStates(resource.resourceType));
  return [withoutDecision(taken(resource, context, 'cpr', about.text, concepts, 'resuscitation', state))];
}

function taken(
  resource: Resource,
  context: ReadContext,
  part: string,
  title: string,
  said: readonly Coded[],
  kind: EndOfLifeEntry['kind'],
  state: EntryState,
): EndOfLifeEntry {
  const decision = kind === 'resuscitation' ? decisionOf(resource, said) : undefined;
  const denies = kind === 'resuscitation' && !decision ? decisionDenied(resource, said) : undefined;
  const period = readPeriod(resource['period']);
  const status = readCode(resource['status']) ?? readCode(resource['lifecycleStatus']);
  const unclear = kind === 'resuscitation' && decision === undefined ? ['source-unclear' as const] : [];
  const draft =
    readCode(resource['docStatus']) === 'preliminary' || state === 'planned' ? ['preliminary' as const] : [];
  const [code] = said;
  return {
    ...readStatement(resource, context, 'end-of-life-care', [...codedCautions(code), ...unclear, ...draft]),
    id: entryIdOf(resource, context, part),
    section: 'end-of-life-care',
    title,
    ...optional('code', code && code.codings.length > 0 ? code : undefined),
    state: standing(state, period, resource),
    ...optional('statusAsRecorded', status),
    ...dateOf(resource, period),
    ...optional('period', period),
    kind,
    ...optional('decision', decision),
    ...optional('denies', denies),
    attachments: [],
  };
}

function dateOf(resource: Resource, period: Period | undefined): { date?: RecordedDate; dateIs?: 'recorded' } {
  const date =
    period?.start ??
    readDate(resource['startDate']) ??
    readTiming(resource, 'performed') ??
    readTiming(resource, 'effective') ??
    readDate(resource['authoredOn']);
  if (date) return { date };
  const recorded =
    readDate(resource['created']) ??
    readDate(resource['statusDate']) ??
    readDate(resource['date']) ??
    readDate(resource['issued']);
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}
