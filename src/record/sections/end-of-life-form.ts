import type { Reading } from '../entry.ts';
import { readAnswers, readQuestionnaireTitle } from '../fhir/answers.ts';
import { normaliseWords, readCode } from '../fhir/coding.ts';
import { readDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { RESPONSE_CAUTIONS, RESPONSE_STATES } from '../fhir/response-status.ts';
import { cautionsBy, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asString, type Resource } from '../resource.ts';
import type { EndOfLifeEntry } from './end-of-life-care.ts';
import { decisionDeniedByLine } from './resuscitation.ts';
import { spaced } from './which-section.ts';

/** Forms by which plans for the end of life are written down: EPaCCS, ReSPECT, advance care and escalation plans. */
const FORMS =
  /\b(eol ?plan|end of life|epaccs|respect (form|plan)|recommended summary plan|treatment escalation|advance care plan|advance statement|anticipatory care plan|palliative care plan|preferred place of (care|death)|u?dna-?cpr|dnar|(cpr|cardio ?pulmonary resuscitation|resuscitation) (decision|status|plan|form))\b/;

/** By the name of the form that was filled in, never by an answer in it. */
export function isEndOfLifeForm(response: Resource): boolean {
  if (response.resourceType !== 'QuestionnaireResponse') return false;
  const display = extensionsNamed(asObject(response['_questionnaire']), 'display')[0]?.['valueString'];
  return [response['questionnaire'], display].some((name) => namesEndOfLifeForm(asString(name) ?? ''));
}

/** The form's own name is written in a way of its own, and "respect" is a common word. */
const RESPECT = /(?<![\p{L}])ReSPECT(?![\p{L}])/u;

/** Whether these words name such a form, as a title, a file's name or an address. */
export function namesEndOfLifeForm(name: string): boolean {
  return RESPECT.test(name) || FORMS.test(normaliseWords(name)) || FORMS.test(spaced(name));
}

/**
 * A form's answers are shown under their questions. No decision is derived from them: a tick in a form is not the decision
 * itself, and one read the wrong way round is the worst fault there is here. That it says there is none is kept: it is not
 * in agreement with a source that holds such a decision, and a reader is to be shown both (safety H37).
 */
export function readEndOfLifeForm(resource: Resource, context: ReadContext): Reading<EndOfLifeEntry> {
  const answers = readAnswers(resource);
  const title = readQuestionnaireTitle(resource, context) ?? answers[0]?.group;
  if (title === undefined) return unreadable(resource, context, 'questionnaire');
  const status = readCode(resource['status']);
  const denied = new Set(answers.flatMap(({ label, value }) => decisionDeniedByLine(label, value) ?? []));
  const [denies] = denied.size === 1 ? denied : [];
  const statement = readStatement(resource, context, 'end-of-life-care', cautionsBy(status, RESPONSE_CAUTIONS));
  return read({
    ...statement,
    section: 'end-of-life-care',
    title,
    notes: [...statement.notes, ...answers.map(({ label, value }) => `${label}: ${value}`)],
    state: stateBy(status, RESPONSE_STATES),
    ...optional('statusAsRecorded', status),
    ...optional('date', readDate(resource['authored'])),
    kind: 'plan',
    ...optional('denies', denies),
    attachments: [],
    ...optional('businessId', readBusinessId(resource)),
  });
}
