import { hasCode, LOINC, normaliseWords, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { refersTo } from '../fhir/reference.ts';
import type { ReadContext } from '../read-context.ts';
import { remember } from '../remember.ts';
import { asObjects, asString, type Json, type Resource } from '../resource.ts';
import { EXAMINATION_LOINC, EXAMINATION_SNOMED } from './examination-codes.ts';

/**
 * Where a resource belongs when several sections read its type. One resource has one home and none falls between
 * two: sections are offered it in the order of `sections/index.ts`, the particular ones before the general one. Order of belief: what the
 * source's category says, then a known code, then words. What no rule knows goes to the general section of its type.
 *
 * | type                  | rule, in its section's own file unless it stands here      | section                   | otherwise            |
 * |-----------------------|-----------------------------------------------------------|---------------------------|----------------------|
 * | Flag                  | kindOfFlag (alert-kind.ts)                                | safeguarding, individual-requirements | alerts   |
 * | Flag, Consent, …      | legalKindOf (legal-kinds.ts), never a CPR decision        | legal-information         | end-of-life-care     |
 * | Observation           | isSupportReason                                           | services-and-care         |                      |
 * | Observation           | isPregnancy, then isFamilyHistory                         | pregnancy-status, family-history |               |
 * | Observation           | isInvestigation                                           | investigation-results     |                      |
 * | Observation           | isSocialContext, then isAssessment                        | social-context, assessments | examination-findings |
 * | Condition             | isSupportReason                                           | services-and-care         |                      |
 * | Condition             | isSafeguarding, isPregnancy, isFamilyHistory, impairment  | the section of that name  | problems             |
 * | ServiceRequest        | isInvestigationRequest                                    | investigation-results     | services-and-care    |
 * | EpisodeOfCare         | maternity                                                 | pregnancy-status          | services-and-care    |
 * | RiskAssessment        | isPrognosis                                               | assessments               | alerts               |
 * | CarePlan              | isSocialCare                                              | services-and-care         | care-plans           |
 * | QuestionnaireResponse | isEndOfLifeForm | end-of-life-care | |
 * | QuestionnaireResponse | isAboutMe                                                 | about-me                  | assessments          |
 * | DocumentReference     | isAboutMe                                                 | about-me                  | documents            |
 */

/** observation-category codes, and the older and HL7 v2 (0074) words that stand in the same place. */
const INVESTIGATION_CATEGORIES = [
  'laboratory',
  'lab',
  'imaging',
  'procedure',
  'rad',
  'rx',
  'cus',
  'ct',
  'nmr',
  'mb',
  'hm',
  'ch',
  'sr',
  'sp',
  'vr',
  'pat',
];
const EXAMINATION_CATEGORIES = [
  'vital-signs',
  'vital-sign',
  'vitals',
  'social-history',
  'exam',
  'survey',
  'activity',
  'therapy',
  'functional-status',
];

const EXAMINATION_WORDS =
  /\b(blood pressure|systolic|diastolic|pulse|heart rate|respirat\w+|temperature|saturation|weight|height|body mass|bmi|smok\w+|tobacco|alcohol|news2?|score|scale|breathing|oxygen therapy)\b/;
/** A substance measured in a specimen, or a named kind of test. */
const INVESTIGATION_WORDS =
  /\b(serum|plasma|urine|faecal|faeces|stool|csf|cerebrospinal|haemoglobin|hemoglobin|hba1c|leucocytes?|leukocytes?|erythrocytes?|platelets?|haematocrit|hematocrit|creatinine|glomerular|gfr|egfr|cholesterol|culture|antibod(?:y|ies)|antigen|swab|histolog\w+|cytolog\w+|biops\w+|x-?ray|radiograph\w*|ultrasound|ct|mri|tomography|in (?:blood|body fluid|specimen)|full blood count|blood count)\b/;

/**
 * Whether the source files it under laboratory or vital signs: most of a record, and nothing that a person told or a court
 * decided. Asked first by the headings that read few Observations, so that the many cost them nothing.
 */
export function isMeasurement(observation: Resource): boolean {
  return asObjects(observation['category']).some((category) =>
    asObjects(category['coding']).some(({ code }) => code === 'laboratory' || code === 'vital-signs'),
  );
}

/** A laboratory, imaging or procedure result, as against something seen, measured or asked at the bedside. */
export function isInvestigation(observation: Resource): boolean {
  const categories = codesOf(observation['category']);
  if (categories.some((code) => INVESTIGATION_CATEGORIES.includes(code))) return true;
  if (categories.some((code) => EXAMINATION_CATEGORIES.includes(code))) return false;
  const code = readCoded(observation['code']);
  if (hasCode(code, LOINC, EXAMINATION_LOINC) || hasCode(code, SNOMED, EXAMINATION_SNOMED)) return false;
  if (observation['specimen'] !== undefined) return true;
  const words = wordsOf(code);
  return !EXAMINATION_WORDS.test(words) && INVESTIGATION_WORDS.test(words);
}

/** Something seen or measured at the bedside by the source's own category, or by a code that is nothing else. */
export function isExamination(observation: Resource): boolean {
  const categories = codesOf(observation['category']);
  if (categories.some((code) => EXAMINATION_CATEGORIES.includes(code))) return true;
  const code = readCoded(observation['code']);
  return hasCode(code, LOINC, EXAMINATION_LOINC) || hasCode(code, SNOMED, EXAMINATION_SNOMED);
}

/** SNOMED CT: laboratory procedure, imaging, evaluation procedure of a specimen. */
const INVESTIGATION_REQUESTS = ['108252007', '363679005', '15220000'];

/** A test that was asked for, as against a referral or a package of care. */
export function isInvestigationRequest(request: Resource): boolean {
  const categories = asObjects(request['category']).map(readCoded);
  const coded = categories.some((category) => hasCode(category, SNOMED, INVESTIGATION_REQUESTS));
  if (
    coded ||
    categories.some((category) => /\b(laboratory|patholog\w+|imaging|radiolog\w+)\b/.test(wordsOf(category)))
  )
    return true;
  // Many requests carry no category. LOINC names what is measured, and words that name a test are a test, unless somebody
  // is asked to see the person for it.
  const code = readCoded(request['code']);
  const words = wordsOf(code);
  if ([words, ...categories.map(wordsOf)].some((text) => /\brefer(ral|red)?\b/.test(text))) return false;
  return code?.codings.some(({ system }) => system === LOINC) === true || INVESTIGATION_WORDS.test(words);
}

/** Code systems and extensions of social care say so in their names (Interweave, PRSB Local Authority information). */
const SOCIAL_CARE_NAME = /social-?care/i;
const SOCIAL_CARE_WORDS =
  /\b(social care|social services|local authority|adult care|reablement|home ?care|domiciliary|direct payment|care act|care package|package of care|day (?:care|centre|service)|respite|supported living|residential care|meals on wheels|telecare)\b/;

/** A package of care asked for: social care that runs over a time, as against a referral (section referrals). */
export function isPackageRequest(request: Resource): boolean {
  return isSocialCare(request) && asObjects(request['occurrencePeriod']).length > 0;
}

/** What a Task is about: what it works on, else the request it was made for. */
export function requestOf(task: Resource): unknown {
  return task['focus'] ?? asObjects(task['basedOn']).find((request) => refersTo(request, 'ServiceRequest'));
}

/** A Task that tells how far a referral has come: of a request that is one, or called one. */
export function isReferralTask(task: Resource, context: ReadContext): boolean {
  const [focus] = asObjects(requestOf(task));
  const request = focus && context.resolve(focus, task);
  if (request?.resourceType === 'ServiceRequest') return !isInvestigationRequest(request) && !isPackageRequest(request);
  if (focus && !refersTo(focus, 'ServiceRequest')) return false;
  const words = normaliseWords([asString(task['description']), wordsOf(readCoded(task['code']))].join(' ; '));
  return focus !== undefined || /\breferral\b/.test(words);
}

/** England, Wales, Scotland and Northern Ireland: counties, districts, unitary authorities and boroughs (ONS GSS codes). */
const LOCAL_AUTHORITY_CODE = /^(?:E0[6-9]|E10|W06|S12|N09)\d{6}$/;

/** Run by a council, by its code or the words of its name. A health trust's team of social workers is not. */
export function isLocalAuthority({ name, code }: { readonly name?: string; readonly code?: string }): boolean {
  return (
    LOCAL_AUTHORITY_CODE.test(code ?? '') ||
    /\b(council|borough of|local authority|social services|county hall|children'?s services|children’s services)\b/.test(
      normaliseWords(name ?? ''),
    )
  );
}

/** A team of social care by its own words, where it does not say who runs it. */
export function isSocialCareTeam(team: Resource): boolean {
  return (
    isSocialCare(team) ||
    /\b(social (care|work|services)|adult care)\b/.test(normaliseWords(asString(team['name']) ?? ''))
  );
}

const DISCHARGE_SUMMARY = /\bdischarge (summary|letter|report|note|notification|information)\b/;

/** By the codes of SNOMED CT and LOINC for a discharge summary, else by words. */
export function isDischargeSummary(document: Resource): boolean {
  const type = readCoded(document['type']);
  return (
    hasCode(type, SNOMED, ['373942005']) ||
    hasCode(type, LOINC, ['18842-5']) ||
    [wordsOf(type), ...titlesOf(document).map(spaced)].some((words) => DISCHARGE_SUMMARY.test(words))
  );
}

/** A plan or service of the council, by its category, code system, extension or words. */
export function isSocialCare(resource: Resource): boolean {
  const concepts = [...asObjects(resource['category']), ...asObjects(resource['type']), ...asObjects(resource['code'])];
  return (
    concepts.some(
      (concept) =>
        SOCIAL_CARE_WORDS.test(wordsOf(readCoded(concept))) || systemsOf(concept).some((s) => SOCIAL_CARE_NAME.test(s)),
    ) || hasExtension(resource, SOCIAL_CARE_NAME)
  );
}

/** The reason for which social care supports this person (PRSB LA: Primary support reason), never a diagnosis. */
export function isSupportReason(resource: Resource): boolean {
  return (
    asObjects(resource['category']).some((concept) => namesSupportReason(readCoded(concept))) ||
    asObjects(resource['code']).some((concept) => namesSupportReason(readCoded(concept))) ||
    hasExtension(resource, /supportreason/i)
  );
}

const namesSupportReason: (concept: Coded | undefined) => boolean = remember(
  (concept) =>
    /support reason/.test(wordsOf(concept)) ||
    (concept?.codings.some(({ system }) => system !== undefined && /supportreason/i.test(system)) ?? false),
);

/** PRSB About Me: by the words of its own heading. LOINC 81338-6 is the IPS Patient Story. */
const ABOUT_ME = /\b(about me|what matters to me|this is me|patient story|one[- ]page profile|all about me)\b/;

export function isAboutMe(resource: Resource): boolean {
  const concepts = [
    ...asObjects(resource['type']),
    ...asObjects(resource['category']),
    ...asObjects(resource['code']),
  ].map(readCoded);
  if (concepts.some((concept) => hasCode(concept, LOINC, ['81338-6']) || ABOUT_ME.test(wordsOf(concept)))) return true;
  return titlesOf(resource).some((title) => ABOUT_ME.test(spaced(title)));
}

/** Where a title may stand: the document's own, its attachment's, or the name of the questionnaire answered. */
export function titlesOf(resource: Resource): readonly string[] {
  const attachments = asObjects(resource['content']).flatMap((content) => asObjects(content['attachment']));
  const questionnaire = asObjects(asObjects(resource['_questionnaire'])[0]?.['extension']).map(
    (extension) => extension['valueString'],
  );
  const texts = [
    resource['title'],
    resource['description'],
    resource['questionnaire'],
    ...questionnaire,
    ...attachments.map((a) => a['title']),
  ];
  return texts.flatMap((text) => asString(text) ?? []);
}

/** `…/Questionnaire/AboutMe-v2` → `about me v2`: words inside a name or an address, for comparing only. */
export function spaced(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();
}

function codesOf(concepts: unknown): readonly string[] {
  return asObjects(concepts)
    .flatMap((concept) => [
      ...(readCoded(concept)?.codings.flatMap((coding) => coding.code ?? []) ?? []),
      asString(concept['text']) ?? '',
    ])
    .map((code) => code.toLowerCase().replaceAll(' ', '-'));
}

export const wordsOf: (concept: Coded | undefined) => string = remember((concept) =>
  concept === undefined
    ? ''
    : normaliseWords([concept.text, ...concept.codings.flatMap((coding) => coding.display ?? [])].join(' ; ')),
);

function systemsOf(concept: Json): readonly string[] {
  return readCoded(concept)?.codings.flatMap((coding) => coding.system ?? []) ?? [];
}

function hasExtension(resource: Resource, name: RegExp): boolean {
  return asObjects(resource['extension']).some((extension) => name.test(asString(extension['url']) ?? ''));
}
