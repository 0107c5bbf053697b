import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import type { TypeEnd } from '../plugin.ts';

/**
 * The clinical areas of GP Connect Access Record Structured: what each is called in the question, by which List it is
 * answered (SNOMED CT), and which R4 types of ours it fills.
 */
export type Area = {
  readonly parameter: string;
  readonly lists: readonly string[];
  readonly types: readonly string[];
};

export const AREAS: readonly Area[] = [
  {
    parameter: 'includeAllergies',
    lists: ['886921000000105', '1103671000000101', 'TBD'],
    types: ['AllergyIntolerance'],
  },
  { parameter: 'includeMedication', lists: ['933361000000108'], types: ['MedicationStatement', 'MedicationRequest'] },
  { parameter: 'includeProblems', lists: ['717711000000103'], types: ['Condition'] },
  { parameter: 'includeConsultations', lists: ['1149501000000101'], types: ['Encounter'] },
  { parameter: 'includeImmunisations', lists: ['1102181000000102'], types: ['Immunization'] },
  {
    parameter: 'includeUncategorisedData',
    lists: ['826501000000100'],
    types: ['Observation', 'QuestionnaireResponse'],
  },
  { parameter: 'includeInvestigations', lists: ['887191000000108'], types: ['DiagnosticReport', 'Observation'] },
  { parameter: 'includeReferrals', lists: ['792931000000107'], types: ['ServiceRequest'] },
  { parameter: 'includeDiaryEntries', lists: ['714311000000108'], types: ['ServiceRequest'] },
];

export function areasFor(types: readonly string[]): readonly Area[] {
  return AREAS.filter((area) => area.types.some((type) => types.includes(type)));
}

/** Letters have no area of their own: they come along with the consultations and problems that name them. */
export function areasWithLetters(): readonly Area[] {
  return areasFor(['Encounter', 'Condition']);
}

/** What a List or an OperationOutcome says about the completeness of an area. */
export type Gap =
  'confidential-items' | 'data-in-transit' | 'data-awaiting-filing' | 'not-understood' | 'not-implemented';

export type Gaps = {
  /** What is said of the area with this parameter; under `*` what is said of no area in particular. */
  readonly of: ReadonlyMap<string, ReadonlySet<Gap>>;
  /** Areas for which a List came. */
  readonly answered: ReadonlySet<string>;
};

const WARNINGS: readonly string[] = ['confidential-items', 'data-in-transit', 'data-awaiting-filing'];
/** Empty, and known to be: GP Connect's own reason, and FHIR's. */
const TRULY_EMPTY = ['no-content-recorded', 'nilknown'];

export function readGaps(lists: readonly Json[], outcomes: readonly Json[]): Gaps {
  const of = new Map<string, Set<Gap>>();
  const answered = new Set<string>();
  const add = (area: string, gap: Gap): void => void of.set(area, (of.get(area) ?? new Set<Gap>()).add(gap));
  for (const list of lists) {
    const area = areaOf(list);
    if (area) answered.add(area.parameter);
    for (const gap of gapsOfList(list)) add(area?.parameter ?? '*', gap);
  }
  for (const issue of outcomes.flatMap((outcome) => asObjects(outcome['issue']))) {
    const area = AREAS.find(({ parameter }) =>
      [issue['diagnostics'], asObject(issue['details'])?.['text']].some((text) => asString(text)?.includes(parameter)),
    );
    if (area) add(area.parameter, 'not-implemented');
    else if (issue['severity'] !== 'information') add('*', 'not-understood');
  }
  return { of, answered };
}

function areaOf(list: Json): Area | undefined {
  const codes = asObjects(asObject(list['code'])?.['coding']).map(({ code }) => asString(code) ?? '');
  return AREAS.find(({ lists }) => lists.some((code) => codes.includes(code)));
}

export function gapsOfList(list: Json): readonly Gap[] {
  const warnings = asObjects(list['extension'])
    .filter((extension) => /ListWarningCode-1$/.test(asString(extension['url']) ?? ''))
    .map((extension) => asString(extension['valueCode']) ?? '');
  const reasons = asObjects(asObject(list['emptyReason'])?.['coding']).map(({ code }) => asString(code) ?? '');
  return [
    ...warnings.map((code) => (WARNINGS.includes(code) ? (code as Gap) : 'not-understood')),
    ...reasons
      .filter((code) => !TRULY_EMPTY.includes(code))
      .map((code): Gap => (code === 'withheld' ? 'confidential-items' : 'not-understood')),
  ];
}

/** How one type ended, worst of its areas. An area for which neither a List nor anything else came was not answered. */
export function endOfType(type: string, received: number, gaps: Gaps): TypeEnd {
  const areas = AREAS.filter((area) => area.types.includes(type));
  if (areas.length === 0) return { state: 'not-supported' };
  const states = areas.map((area) => {
    const said = new Set([...(gaps.of.get(area.parameter) ?? []), ...(gaps.of.get('*') ?? [])]);
    const silent = !gaps.answered.has(area.parameter) && received === 0;
    return silent || said.has('not-implemented') ? new Set<Gap>(['not-implemented']) : said;
  });
  const any = (gap: Gap): boolean => states.some((state) => state.has(gap));
  if (states.every((state) => state.has('not-implemented')) && received === 0) return { state: 'not-supported' };
  if (any('not-understood')) return { state: 'failed', code: 'source.invalid_answer' };
  if (any('data-in-transit')) return { state: 'truncated', code: 'source.in_transit', received };
  if (any('data-awaiting-filing')) return { state: 'truncated', code: 'source.awaiting_filing', received };
  // Part of what fills this type can't be asked of this system: it may hold more.
  if (any('not-implemented')) return { state: 'truncated', code: 'source.truncated', received };
  if (any('confidential-items')) return { state: 'withheld' };
  return { state: 'complete', received };
}
