import { conceptKey } from '../concept-key.ts';
import type { Reading } from '../entry.ts';
import { readAnswers, readQuestionnaireTitle, type Answer } from '../fhir/answers.ts';
import { hasCode, normaliseWords, readCode, readCoded, readConcepts, SNOMED } from '../fhir/coding.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import { OBSERVATION_CAUTIONS, OBSERVATION_STATES } from '../fhir/observation-status.ts';
import { predictionWords } from '../fhir/prediction.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { RESPONSE_CAUTIONS, RESPONSE_STATES } from '../fhir/response-status.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { observationKey } from './observation-key.ts';
import { codeWords, readObservedStatement, saysSomething, type ObservedStatement } from './observed-statement.ts';
import { isAboutMe, isInvestigation, isMeasurement, isSupportReason } from './which-section.ts';

/**
 * Assessments (PRSB CIS: date, type, summary; IPS functional status 47420-5): questionnaires that are not About Me, scores
 * of frailty and function, clinical impressions, and calculated prognoses. Must have: which assessment it is. The latest of
 * each type stands at once, the earlier ones wait. Early warning and bedside scores are examination findings; a risk that
 * somebody must act on stays among the risks.
 */
export type AssessmentEntry = ObservedStatement & {
  readonly section: 'assessments';
  readonly kind: 'questionnaire' | 'score' | 'impression' | 'prognosis';
  readonly answers: readonly Answer[];
  readonly summary?: string;
  readonly findings: readonly string[];
};

export const assessments: Section<AssessmentEntry> = {
  id: 'assessments',
  heading: 'Assessments',
  groupedBy: 'test',
  reads: ['QuestionnaireResponse', 'Observation', 'ClinicalImpression', 'RiskAssessment'],
  window: null,

  read(resource, context) {
    switch (resource.resourceType) {
      case 'QuestionnaireResponse':
        return isAboutMe(resource) ? null : readResponse(resource, context);
      case 'ClinicalImpression':
        return readImpression(resource, context);
      case 'RiskAssessment':
        return isPrognosis(resource) ? readPrognosis(resource, context) : null;
      default:
        return isAssessment(resource) ? readScore(resource, context) : null;
    }
  },

  // A score is an observation like any other: same score, same time, same value. A form, an opinion or a prognosis stands
  // alone, because "the same" cannot be proved of it.
  factKey(entry) {
    return entry.kind === 'score' ? observationKey(entry) : entry.id;
  },

  // Two assessments that differ are two days or two assessors; the newest stands first with its date.
  conflicts() {
    return [];
  },

  latestPer(entry) {
    const empty =
      entry.kind === 'score' && (entry.value === undefined || !saysSomething(entry)) && entry.parts.length === 0;
    return empty ? undefined : conceptKey(entry.code, entry.title);
  },
};

/** SNOMED CT: Rockwood frailty scale; frailty index; Barthel; Waterlow; Mini-Mental; PHQ-9; GAD-7. */
const SCORES = ['445414007', '763264000'];
const WORDS =
  /\b(assessment (scale|tool|score|form)|frailty|rockwood|barthel|waterlow|braden|norton|must score|malnutrition universal|mini[- ]mental|mmse|moca|montreal cognitive|amts?|abbreviated mental|4at|phq-?\d|patient health questionnaire|gad-?\d|generali[sz]ed anxiety|honos|epds|edinburgh postnatal|katz|lawton|activities of daily living|adl|karnofsky|performance status|ecog|rankin|morse fall|tinetti|berg balance|timed up and go|eq-?5d|core-?(10|om)|sdq|audit-?c?|dast|crafft|cage|copd assessment test|mrc (dyspnoea|breathlessness)|dyspnoea scale|oxford (hip|knee)|prapare|functional status|needs assessment|carer'?s assessment|continuing healthcare checklist|abbey pain|ipos|zarit)\b/;
/** At the bedside, hour by hour: these belong with the vital signs. */
const BEDSIDE =
  /\b(news2?|pews|mews|meows|early warning|glasgow coma|gcs|acvpu|avpu|consciousness|pain (score|severity)|apgar|oxygen|breathing)\b/;
const CATEGORIES = [
  'survey',
  'functional-status',
  'functional status',
  'sdoh-survey',
  'cognitive-status',
  'assessment',
];

/** Told by its words, else by the source's category of a survey; what is measured at the bedside is not. */
function isAssessment(observation: Resource): boolean {
  if (observation.resourceType !== 'Observation') return false;
  if (isMeasurement(observation) || !seemsAssessment(observation)) return false;
  return !isInvestigation(observation) && !isSupportReason(observation);
}

function seemsAssessment(observation: Resource): boolean {
  const words = codeWords(observation).map(normaliseWords).join(' ; ');
  const categories = asObjects(observation['category']).flatMap((category) => [
    readCode(category) ?? '',
    readCoded(category)?.text.toLowerCase() ?? '',
  ]);
  if (BEDSIDE.test(words) || categories.some((category) => /^(vital-?signs?|vital signs)$/.test(category)))
    return false;
  if (hasCode(readCoded(observation['code']), SNOMED, SCORES) || WORDS.test(words)) return true;
  return categories.some((category) => CATEGORIES.includes(category));
}

/**
 * A calculated chance of an illness to come, by one of the named tools: a number for a consultation, not a warning. Any
 * other RiskAssessment is a risk and stays pinned with the alerts.
 */
const PROGNOSES =
  /\b(qrisk-?\d?|frax|cha2?ds2?(-vasc)?|has-?bled|orbit|ascvd|framingham|qdiabetes|qfracture|score2|kidney failure risk)\b/;

export function isPrognosis(risk: Resource): boolean {
  const concepts = [risk['code'], risk['method']].flatMap(readConcepts);
  return concepts.some((concept) => PROGNOSES.test(normaliseWords(concept.text)));
}

const NOTHING_OBSERVED = { flags: [], ranges: [], parts: [] } as const;

function readScore(resource: Resource, context: ReadContext): Reading<AssessmentEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const entry = readObservedStatement(resource, context, 'assessments', code);
  const members = linksTo('result', resource['hasMember'], context, resource);
  const empty =
    entry.value === undefined && entry.parts.length === 0 && members.length === 0 && entry.state === 'current';
  return read({
    ...entry,
    links: [...entry.links, ...members],
    // A finding ("Mild frailty") is complete in its name; a score is nothing without its number.
    cautions:
      empty && /\b(score|scale|index|status|test)\b/.test(normaliseWords(code.text))
        ? [...new Set([...entry.cautions, 'value-missing' as const])]
        : entry.cautions,
    kind: 'score',
    answers: [],
    findings: [],
  });
}

function readResponse(resource: Resource, context: ReadContext): Reading<AssessmentEntry> {
  const answers = readAnswers(resource);
  // A form that names itself nowhere still says what it asks: its first heading or question stands for the title.
  const title = readQuestionnaireTitle(resource, context) ?? answers[0]?.group ?? answers[0]?.label;
  if (!title) return unreadable(resource, context, 'questionnaire');
  const status = readCode(resource['status']);
  return read({
    ...readStatement(resource, context, 'assessments', cautionsBy(status, RESPONSE_CAUTIONS)),
    ...NOTHING_OBSERVED,
    section: 'assessments',
    title,
    state: stateBy(status, RESPONSE_STATES),
    ...optional('statusAsRecorded', status),
    ...optional('date', readDate(resource['authored'])),
    kind: 'questionnaire',
    answers,
    findings: [],
  });
}

function readImpression(resource: Resource, context: ReadContext): Reading<AssessmentEntry> {
  const code = readCoded(resource['code']);
  const description = plainText(resource['description']);
  const summary = plainText(resource['summary']);
  const title = code?.text ?? description ?? summary;
  if (title === undefined) return unreadable(resource, context, 'description');
  const status = readCode(resource['status']);
  const date = readTiming(resource, 'effective');
  const recorded = readDate(resource['date']);
  const prognoses = readConcepts(resource['prognosisCodeableConcept']).map((one) => one.text);
  const assessor = readReferenceName(resource['assessor'], context, resource);
  const statement = readStatement(resource, context, 'assessments', [
    ...codedCautions(code),
    ...cautionsBy(status, RESPONSE_CAUTIONS),
  ]);
  return read({
    ...statement,
    ...NOTHING_OBSERVED,
    ...(assessor && !statement.origin.by && { origin: { ...statement.origin, by: assessor } }),
    section: 'assessments',
    title,
    ...optional('code', code),
    state: stateBy(status, RESPONSE_STATES),
    ...optional('statusAsRecorded', status),
    ...(date ? { date } : recorded ? { date: recorded, dateIs: 'recorded' as const } : {}),
    kind: 'impression',
    answers: [],
    ...optional('summary', summary !== title ? summary : undefined),
    findings: [...(code && description ? [description] : []), ...findingsOf(resource, context), ...prognoses],
  });
}

function findingsOf(resource: Resource, context: ReadContext): readonly string[] {
  return asObjects(resource['finding']).flatMap((finding) => {
    const what =
      readCoded(finding['itemCodeableConcept'])?.text ?? readReferenceName(finding['itemReference'], context, resource);
    const basis = plainText(finding['basis']);
    return what === undefined ? [] : [basis ? `${what} (${basis})` : what];
  });
}

function readPrognosis(resource: Resource, context: ReadContext): Reading<AssessmentEntry> {
  const code = readCoded(resource['code']) ?? readCoded(resource['method']);
  if (!code) return unreadable(resource, context, 'code');
  const status = readCode(resource['status']);
  return read({
    ...readStatement(resource, context, 'assessments', [
      ...codedCautions(code),
      ...cautionsBy(status, OBSERVATION_CAUTIONS),
    ]),
    ...NOTHING_OBSERVED,
    section: 'assessments',
    title: code.text,
    code,
    state: stateBy(status, OBSERVATION_STATES),
    ...optional('statusAsRecorded', status),
    ...optional('date', readTiming(resource, 'occurrence')),
    kind: 'prognosis',
    answers: [],
    ...optional('summary', plainText(resource['mitigation'])),
    findings: asObjects(resource['prediction']).flatMap(predictionWords),
  });
}
