import type { Caution, Entry, EntryState, Reading } from '../entry.ts';
import { readAnswers, readQuestionnaireTitle, type Answer } from '../fhir/answers.ts';
import { readCode, readCoded, hasCode, LOINC, normaliseWords, SNOMED } from '../fhir/coding.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import {
  focusCautions,
  observedCautions,
  readObserved,
  readParts,
  type Observed,
  type ObservedPart,
} from '../fhir/observed.ts';
import { unitInWords } from '../fhir/quantity.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { observationKey } from './observation-key.ts';
import { isAboutMe, isInvestigation, isSupportReason } from './which-section.ts';

/**
 * Examination findings (PRSB CIS; IPS vital signs 8716-3, social history 29762-2, functional status 47420-5): vital
 * signs, height and weight, early warning scores, smoking and alcohol, and every Observation no other section claims.
 * Questionnaires that are not About Me are assessments and stand here with their answers: PRSB gives assessments a heading
 * of their own, this record does not yet, and a completed assessment must not be lost among the unread.
 * Must have: what was observed. A code without a value ("breathing room air") is a finding in itself.
 */
export type ExaminationEntry = Entry &
  Observed & {
    readonly section: 'examination-findings';
    readonly kind: 'vital-sign' | 'social' | 'score' | 'assessment' | 'finding';
    readonly parts: readonly ObservedPart[];
    readonly method?: string;
    readonly bodySite?: string;
    /** An assessment's questions and answers. */
    readonly answers: readonly Answer[];
  };

/** Observation.status and QuestionnaireResponse.status. */
const STATES: { readonly [status: string]: EntryState } = {
  registered: 'planned',
  preliminary: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  cancelled: 'negated',
  'in-progress': 'current',
  completed: 'current',
  stopped: 'past',
  'entered-in-error': 'in-error',
};

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  preliminary: 'preliminary',
  'in-progress': 'preliminary',
  stopped: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  cancelled: 'cancelled',
};

export const examinationFindings: Section<ExaminationEntry> = {
  id: 'examination-findings',
  heading: 'Examination findings',
  reads: ['Observation', 'QuestionnaireResponse'],
  window: { months: 6 },

  read(resource, context) {
    if (resource.resourceType === 'QuestionnaireResponse')
      return isAboutMe(resource) ? null : readAssessment(resource, context);
    return isInvestigation(resource) || isSupportReason(resource) ? null : readFinding(resource, context);
  },

  // As for results: same observation, same time, same value in the same unit. A code-only finding or an assessment
  // stands alone, because "the same" cannot be proved of it.
  factKey(entry) {
    return entry.kind === 'assessment' ? entry.id : observationKey(entry);
  },

  conflicts() {
    return [];
  },
};

function readFinding(resource: Resource, context: ReadContext): Reading<ExaminationEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const status = readCode(resource['status']);
  const parts = readParts(resource);
  const recorded = readObserved(resource);
  const observed = asBloodPressure(recorded, parts);
  const kind = kindOf(resource, code.text);
  const date = readTiming(resource, 'effective');
  const method = readCoded(resource['method'])?.text;
  const bodySite = readCoded(resource['bodySite'])?.text;
  const cautions = [
    ...codedCautions(code),
    ...cautionsBy(status, STATUS_CAUTIONS),
    ...observedCautions(resource, recorded),
    ...(lacksValue(kind, status, observed, resource) ? (['value-missing'] as const) : []),
    ...focusCautions(resource),
  ];
  const statement = readStatement(resource, context, 'examination-findings', cautions);
  return read({
    ...statement,
    ...observed,
    section: 'examination-findings',
    links: [...statement.links, ...linksTo('result', resource['hasMember'], context, resource)],
    kind,
    title: code.text,
    code,
    state: stateBy(status, STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    parts,
    ...(method && { method }),
    ...(bodySite && { bodySite }),
    answers: [],
  });
}

/** A measurement or a score is nothing without its number; a finding ("breathing room air") is complete in its name. */
function lacksValue(
  kind: ExaminationEntry['kind'],
  status: string | undefined,
  observed: Observed,
  resource: Resource,
): boolean {
  const measured = kind === 'vital-sign' || kind === 'score';
  const expected = status !== 'registered' && status !== 'cancelled';
  const carried = asObjects(resource['component']).length > 0 || asObjects(resource['hasMember']).length > 0;
  return measured && expected && observed.value === undefined && !carried;
}

function readAssessment(resource: Resource, context: ReadContext): Reading<ExaminationEntry> {
  const answers = readAnswers(resource);
  // A form that names itself nowhere still says what it asks: its first heading or question stands for the title.
  const title = readQuestionnaireTitle(resource, context) ?? answers[0]?.group ?? answers[0]?.label;
  if (!title) return unreadable(resource, context, 'questionnaire');
  const status = readCode(resource['status']);
  const date = readDate(resource['authored']);
  return read({
    ...readStatement(resource, context, 'examination-findings', cautionsBy(status, STATUS_CAUTIONS)),
    section: 'examination-findings',
    kind: 'assessment',
    title,
    state: stateBy(status, STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    flags: [],
    ranges: [],
    parts: [],
    answers,
  });
}

/** LOINC and SNOMED CT: systolic and diastolic, at the time and over 24 hours. */
const SYSTOLIC = {
  loinc: ['8480-6'],
  snomed: ['271649006', '72313002', '314464000'],
  word: /^(?!.*diastolic).*systolic/,
};
const DIASTOLIC = {
  loinc: ['8462-4'],
  snomed: ['271650006', '1091811000000102', '314465004'],
  word: /^(?!.*systolic).*diastolic/,
};

/** "142/94 mmHg" on one line, as it is spoken; only when both stand in the same unit and neither carries a comparator. */
function asBloodPressure(observed: Observed, parts: readonly ObservedPart[]): Observed {
  const systolic = onlyPart(parts, SYSTOLIC)?.quantity;
  const diastolic = onlyPart(parts, DIASTOLIC)?.quantity;
  if (observed.value !== undefined || !systolic || !diastolic) return observed;
  const plain = systolic.comparator === undefined && diastolic.comparator === undefined;
  if (!plain || systolic.unit !== diastolic.unit || systolic.unitCode !== diastolic.unitCode) return observed;
  const unit = unitInWords(systolic);
  return { ...observed, value: `${systolic.value}/${diastolic.value}${unit ? ` ${unit}` : ''}` };
}

function onlyPart(parts: readonly ObservedPart[], kind: typeof SYSTOLIC): ObservedPart | undefined {
  const found = parts.filter(
    (part) =>
      hasCode(part.code, LOINC, kind.loinc) ||
      hasCode(part.code, SNOMED, kind.snomed) ||
      kind.word.test(normaliseWords(part.label)),
  );
  return found.length === 1 ? found[0] : undefined;
}

function kindOf(resource: Resource, title: string): ExaminationEntry['kind'] {
  const categories = asObjects(resource['category']).flatMap((category) => readCode(category) ?? []);
  const words = normaliseWords(title);
  if (/\b(score|scale|news2?)\b/.test(words)) return 'score';
  if (categories.some((code) => code === 'vital-signs' || code === 'vital-sign')) return 'vital-sign';
  if (categories.includes('social-history') || /\b(smok\w+|tobacco|alcohol\w*|drug use)\b/.test(words)) return 'social';
  return 'finding';
}
