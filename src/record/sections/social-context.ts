import { conceptKey } from '../concept-key.ts';
import { hasCode, LOINC, normaliseWords, readCode, readCoded, SNOMED } from '../fhir/coding.ts';
import { unreadable, read } from '../fhir/statement.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { observationKey } from './observation-key.ts';
import { codeWords, readObservedStatement, saysSomething, type ObservedStatement } from './observed-statement.ts';
import { isInvestigation, isMeasurement, isSupportReason } from './which-section.ts';

/**
 * Social context (PRSB CIS; IPS social history 29762-2; UK Core Observation of tobacco and alcohol use): smoking, alcohol,
 * drugs, with whom and in what the person lives, work, and whom the person cares for. Must have: what it is about. The
 * newest of each kind stands at once, the others wait: a smoker of 2009 who stopped is no smoker (safety H17).
 */
export type SocialContextEntry = ObservedStatement & { readonly section: 'social-context'; readonly kind: SocialKind };

export type SocialKind = 'tobacco' | 'alcohol' | 'drugs' | 'household' | 'housing' | 'occupation' | 'caring' | 'other';

/** LOINC: tobacco smoking status; history of tobacco use; alcoholic drinks per day; history of alcohol use; occupation; housing status; employment status. */
const LOINC_KINDS: { readonly [code: string]: SocialKind } = {
  '72166-2': 'tobacco',
  '11367-0': 'tobacco',
  '74013-4': 'alcohol',
  '11331-6': 'alcohol',
  '11341-5': 'occupation',
  '67875-5': 'occupation',
  '71802-3': 'housing',
};
/** SNOMED CT: tobacco smoking behaviour; never smoked; ex-smoker; smoker; tobacco use and exposure; alcohol intake. */
const SNOMED_KINDS: { readonly [code: string]: SocialKind } = {
  '365981007': 'tobacco',
  '266919005': 'tobacco',
  '8517006': 'tobacco',
  '77176002': 'tobacco',
  '229819007': 'tobacco',
  '160573003': 'alcohol',
};
const WORDS: readonly (readonly [kind: SocialKind, words: RegExp])[] = [
  [
    'tobacco',
    /\b(smok\w+(?! (alarm|detector)s?\b)|tobacco|cigarettes?|pipe smoker|vap(es?|ing)|e-?cigarettes?|nicotine)\b/,
  ],
  ['alcohol', /\b(alcohol\w*|(heavy|light|moderate|social|non-?) ?drinker|teetotal\w*)\b/],
  ['drugs', /\b((illicit|recreational|injecting) drugs?|(drug|substance) (use|misuse|abuse)|cannabis)\b/],
  ['caring', /\b(is a carer|cares for|caring (role|responsibilit\w+)|young carer|looks after (his|her|their|a)\b)/],
  ['household', /\b(liv(es?|ing) (alone|with|on (his|her|their) own)|household|marital status)\b/],
  [
    'housing',
    /\b(housing|smoke (alarm|detector)s?|accommodation|homeless\w*|no fixed abode|sheltered|lives in|tenure|rough sleep\w*)\b/,
  ],
  ['occupation', /\b(occupation\w*|employment|(un)?employed|retired|armed forces|veteran|education status)\b/],
];
/** A score about smoking or drinking is an assessment, and a plan or service against it is neither. */
const NOT_SOCIAL = /\b(score|scale|questionnaire|test|audit|cage|cessation|withdrawal|advice|referral|dependence)\b/;
/** Sources write the category as a code or in words; HL7's Gravity project calls it `sdoh`. */
const CATEGORIES = ['social-history', 'social history', 'sdoh'];

export const socialContext: Section<SocialContextEntry> = {
  id: 'social-context',
  heading: 'Social context',
  groupedBy: 'test',
  reads: ['Observation'],
  window: null,

  read(resource, context) {
    if (resource.resourceType !== 'Observation' || !isSocialContext(resource)) return null;
    const code = readCoded(resource['code']);
    if (!code) return unreadable(resource, context, 'code');
    const entry = readObservedStatement(resource, context, 'social-context', code);
    const empty = entry.value === undefined && entry.parts.length === 0 && entry.state === 'current';
    return read({
      ...entry,
      kind: kindOf(resource),
      // "Smoking status" is a heading, and says nothing without a value; "Ex-smoker" is a statement.
      cautions:
        empty && HEADING.test(normaliseWords(code.text))
          ? [...new Set([...entry.cautions, 'value-missing' as const])]
          : entry.cautions,
    });
  },

  // The same observation at the same time with the same value in the same unit, as for any other. A finding that is only
  // a code ("Ex-smoker") stands alone: two practices may each have asked.
  factKey(entry) {
    return observationKey(entry);
  },

  // Answers to different people in different years differ every day; the newest stands first, with its date.
  conflicts() {
    return [];
  },

  // Smoking status and "ex-smoker" answer one question. Amounts (pack years, units a week) are a question each, and so is
  // whatever has no kind here, and advice that was given. "Never vaped" is no answer to whether she smokes. "Not asked"
  // answers none.
  latestPer(entry) {
    if (!saysSomething(entry)) return undefined;
    const words = normaliseWords(`${entry.title} ; ${entry.value ?? ''}`);
    const measured = entry.quantity !== undefined || entry.parts.length > 0 || entry.kind === 'other';
    if (measured || NOT_SOCIAL.test(words)) return `${entry.kind} ${conceptKey(entry.code, entry.title)}`;
    const own = OWN_QUESTIONS.flatMap((pattern) => pattern.exec(words)?.[0] ?? []);
    return [entry.kind, ...own].join(' ');
  },

  compare(a, b) {
    return ORDER.indexOf(a.entries[0].kind) - ORDER.indexOf(b.entries[0].kind);
  },
};

/** Questions of their own within a kind: a newer answer to one of them says nothing of the others. */
const OWN_QUESTIONS: readonly RegExp[] = [
  /\b(?:vap|e-?cig)/,
  /\b(?:passive|second-?hand|smokeless|chew|snuff|shisha)\b/,
  /\b(?:inject|cannabis|cocaine|heroin|opi(?:oid|ate)|amphetamine|ketamine|benzodiazepine)/,
  /\b(?:marital|married|divorced|widow|civil partner)/,
  /\b(?:veteran|armed forces|education)\b/,
  /\b(?:tenure|smoke (?:alarm|detector))/,
];

const HEADING = /\b(status|consumption|intake|behaviou?r|use|history|details|arrangements?|type)$/;

const ORDER: readonly SocialKind[] = [
  'household',
  'housing',
  'caring',
  'tobacco',
  'alcohol',
  'drugs',
  'occupation',
  'other',
];

/** Told by the source's category, then by a code, then by words; a test or a score of it is not. */
function isSocialContext(observation: Resource): boolean {
  if (isMeasurement(observation) || !seemsSocial(observation)) return false;
  return !isInvestigation(observation) && !isSupportReason(observation);
}

function seemsSocial(observation: Resource): boolean {
  if (asObjects(observation['category']).some(isSocialCategory)) return true;
  const code = readCoded(observation['code']);
  if (hasCode(code, LOINC, Object.keys(LOINC_KINDS)) || hasCode(code, SNOMED, Object.keys(SNOMED_KINDS))) return true;
  const words = codeWords(observation).map(normaliseWords).join(' ; ');
  return !NOT_SOCIAL.test(words) && WORDS.some(([, pattern]) => pattern.test(words));
}

function isSocialCategory(category: unknown): boolean {
  const coded = readCoded(category);
  const said = [readCode(category), coded?.text, ...(coded?.codings.map((coding) => coding.code) ?? [])];
  return said.some((one) => one !== undefined && CATEGORIES.includes(one.toLowerCase()));
}

function kindOf(observation: Resource): SocialKind {
  for (const coding of readCoded(observation['code'])?.codings ?? []) {
    const known = coding.system === LOINC ? LOINC_KINDS : coding.system === SNOMED ? SNOMED_KINDS : {};
    if (coding.code !== undefined && Object.hasOwn(known, coding.code)) return known[coding.code] ?? 'other';
  }
  const words = codeWords(observation).map(normaliseWords).join(' ; ');
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
}
