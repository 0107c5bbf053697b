import { hasCode, LOINC, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { readObserved } from '../fhir/observed.ts';
import { plainText } from '../fhir/text.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
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

/** What was decided about cardiopulmonary resuscitation. Reading it the wrong way round is the worst fault there is here. */
export type Decision = 'attempt-resuscitation' | 'do-not-attempt-resuscitation';

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

export function conceptsOf(resource: Resource): readonly Coded[] {
  const provision = asObject(resource['provision']);
  const values: readonly unknown[] =
    resource.resourceType === 'Consent'
      ? [...asObjects(resource['category']), ...asObjects(provision?.['code'])]
      : resource.resourceType === 'DocumentReference'
        ? [resource['type'], ...asObjects(resource['category'])]
        : [resource['code'], resource['valueCodeableConcept']];
  return values.flatMap((value) => readCoded(value) ?? []);
}

const CPR = String.raw`(?:cpr|cardio-?pulmonary resuscitation|resuscitation)`;
const ATTEMPTED = String.raw`(?:attempted |active |full )*`;
const NEGATIVE = new RegExp(
  String.raw`\b(?:dnacpr|dnar|dnr|do not resuscitate|no cpr|not for ${ATTEMPTED}${CPR}|(?:do not|not to) attempt ${CPR})\b`,
);
const POSITIVE = new RegExp(String.raw`^(?:for ${ATTEMPTED}${CPR}|attempt ${CPR})\b`);
/** That a decision exists, whichever it is. */
const TOPIC = new RegExp(String.raw`\b(?:${CPR} (?:status|decision|recommendation|orders?)|respect form)\b`);

export function isResuscitation(concept: Coded): boolean {
  if (
    hasCode(concept, SNOMED, [...DO_NOT_ATTEMPT_CPR, ...ATTEMPT_CPR, RESUSCITATION_STATUS]) ||
    hasCode(concept, LOINC, RESUSCITATION_LOINC)
  )
    return true;
  if (concept.codings.some((coding) => coding.code?.toLowerCase() === 'dnr' || coding.code?.toLowerCase() === 'polst'))
    return true;
  // "Bystander CPR given" is something done: only words that decide, or that name a decision, count.
  const words = normaliseWords(concept.text);
  return NEGATIVE.test(words) || POSITIVE.test(words) || TOPIC.test(words);
}

function isAdvanceDecision(concept: Coded): boolean {
  return (
    concept.codings.some(
      (c) => /consentcategorycodes/.test(c.system ?? '') && AD_CONSENT_CATEGORIES.includes(c.code ?? ''),
    ) || ADVANCE_DECISION_WORDS.test(normaliseWords(concept.text))
  );
}

/**
 * Codes and words together; where they say opposite things there is no decision. A Consent's category "dnr" names the
 * kind of form and counts only when nothing in the form says more.
 */
export function decisionOf(resource: Resource, concepts: readonly Coded[]): Decision | undefined {
  const spoken = plainText(resource['valueString']);
  const texts = [...concepts.flatMap(textsOf), ...(spoken ? [spoken] : [])].map(normaliseWords);
  if (texts.some((text) => TAKEN_BACK.test(text)) || isAnsweredNo(resource)) return undefined;
  const said = new Set([...concepts.flatMap(decisionIn), ...decisionInWords(spoken), ...decisionInProvision(resource)]);
  const dnr = concepts.some((c) => c.codings.some((coding) => coding.code?.toLowerCase() === 'dnr'));
  if (said.size === 0 && dnr && !texts.some((text) => SPEAKS_OF.test(text))) {
    return asObject(resource['provision'])?.['type'] === 'permit' ? undefined : 'do-not-attempt-resuscitation';
  }
  // "Deny: for attempted resuscitation" can be read both ways.
  const doubleNegative = asObject(resource['provision'])?.['type'] === 'deny' && said.has('attempt-resuscitation');
  return said.size === 1 && !doubleNegative ? [...said][0] : undefined;
}

/**
 * "DNACPR in place" that is answered with no, with not known or with nothing at all for a reason decides nothing: the words
 * beside the answer are its question (safety H08).
 */
function isAnsweredNo(resource: Resource): boolean {
  if (resource.resourceType !== 'Observation') return false;
  const { value, valueCode, absent } = readObserved(resource);
  const said = [value ?? '', ...(valueCode ? textsOf(valueCode) : [])].map(normaliseWords);
  return absent !== undefined || said.some((text) => ANSWERED_NO.test(text));
}

const ANSWERED_NO =
  /^(no|n|false|none|nil|negative|absent|never|unknown|declined|refused|n\/[ak]|not (known|present|applicable|recorded|asked|done|completed|discussed))( ?[-–—,;:.(]|$)/;

function textsOf(concept: Coded): readonly string[] {
  return [concept.text, ...concept.codings.flatMap((coding) => coding.display ?? [])];
}

export function decisionIn(concept: Coded): readonly Decision[] {
  const coded: Decision[] = [];
  if (hasCode(concept, SNOMED, DO_NOT_ATTEMPT_CPR)) coded.push('do-not-attempt-resuscitation');
  if (hasCode(concept, SNOMED, ATTEMPT_CPR)) coded.push('attempt-resuscitation');
  return [...coded, ...decisionInWords(concept.text)];
}

/** Words that take a decision back or say there is none: with these in any of its texts nothing is decided, whatever the code. */
const TAKEN_BACK =
  /\b(rescind\w*|revok\w*|withdraw\w*|cancel\w*|suspend\w*|overturn\w*|no longer|not in place|not valid|invalid\w*|void\w*|expired|lapsed|removed|superseded|previous\w*|without|does not have|has not got|(?:no|not|not a|nil) (?:(?:current|valid) )?(?:dnacpr|dnar|dnr)|(?:dnacpr|dnar|dnr)(?: form)? (?:no|not|none|nil|declined|refused))\b|\b(?:dnacpr|dnar|dnr)(?: form)?:? ?(?:no|none|nil)$/;
/** Words that put it off or only speak of it: these decide nothing by themselves, though a code beside them may. */
const SPEAKS_OF =
  /\b(discuss\w*|review\w*|not appropriate|not completed|consider\w*|unless|except|declined|pending|awaiting|if|status)\b|\?/;

function decisionInWords(text: string | undefined): readonly Decision[] {
  if (text === undefined) return [];
  const words = normaliseWords(text);
  if (SPEAKS_OF.test(words)) return [];
  const no = NEGATIVE.test(words);
  const yes = POSITIVE.test(words);
  if (no === yes) return [];
  return [no ? 'do-not-attempt-resuscitation' : 'attempt-resuscitation'];
}

/** Consent: the provision permits or denies the procedure "cardiopulmonary resuscitation". */
function decisionInProvision(resource: Resource): readonly Decision[] {
  const provision = asObject(resource['provision']);
  const aboutCpr = asObjects(provision?.['code']).some((code) => hasCode(readCoded(code), SNOMED, CPR_PROCEDURE));
  if (!aboutCpr) return [];
  if (provision?.['type'] === 'deny') return ['do-not-attempt-resuscitation'];
  return provision?.['type'] === 'permit' ? ['attempt-resuscitation'] : [];
}
