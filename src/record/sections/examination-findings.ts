import type { Entry, Reading } from '../entry.ts';
import { readCode, readCoded, hasCode, LOINC, normaliseWords, SNOMED } from '../fhir/coding.ts';
import { readObservedDate } from '../fhir/date.ts';
import { OBSERVATION_CAUTIONS, OBSERVATION_STATES } from '../fhir/observation-status.ts';
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
import { observationIdentity, observationKey } from './observation-key.ts';
import { isInvestigation, isSupportReason } from './which-section.ts';

/**
 * Examination findings (PRSB CIS; IPS vital signs 8716-3): vital signs, height and weight, early warning and bedside
 * scores, and every Observation that no other section claims.
 * Must have: what was observed. A code without a value ("breathing room air") is a finding in itself.
 */
export type ExaminationEntry = Entry &
  Observed & {
    readonly section: 'examination-findings';
    readonly kind: 'vital-sign' | 'score' | 'finding';
    readonly parts: readonly ObservedPart[];
    readonly method?: string;
    readonly bodySite?: string;
  };

export const examinationFindings: Section<ExaminationEntry> = {
  id: 'examination-findings',
  heading: 'Examination findings',
  groupedBy: 'test',
  reads: ['Observation'],
  window: { months: 6 },

  read(resource, context) {
    return isInvestigation(resource) || isSupportReason(resource) ? null : readFinding(resource, context);
  },

  // As for results: same observation, same time, same value in the same unit. A code-only finding stands alone, because "the same" cannot be proved of it.
  identity: observationIdentity,

  factKey(entry) {
    return observationKey(entry);
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
  const method = readCoded(resource['method'])?.text;
  const bodySite = readCoded(resource['bodySite'])?.text;
  const cautions = [
    ...codedCautions(code),
    ...cautionsBy(status, OBSERVATION_CAUTIONS),
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
    state: stateBy(status, OBSERVATION_STATES),
    ...(status && { statusAsRecorded: status }),
    ...readObservedDate(resource),
    parts,
    ...(method && { method }),
    ...(bodySite && { bodySite }),
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
  return 'finding';
}
