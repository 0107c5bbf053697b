import { hasCode, LOINC, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
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

const CPR_WORDS =
  /\b(dnacpr|dnar|dnr|cpr|cardio-?pulmonary resuscitation|resuscitation status|for (?:full |active )?resuscitation|attempt resuscitation|respect form)\b/;
/** Something done or learnt, not decided: a successful resuscitation, a course in CPR. */
const NO_DECISION_WORDS =
  /\b(history of|successful|unsuccessful|performed|training|course|carried out|survived|cardiac arrest)\b/;

export function isResuscitation(concept: Coded): boolean {
  if (
    hasCode(concept, SNOMED, [...DO_NOT_ATTEMPT_CPR, ...ATTEMPT_CPR, RESUSCITATION_STATUS]) ||
    hasCode(concept, LOINC, RESUSCITATION_LOINC)
  )
    return true;
  if (concept.codings.some((coding) => coding.code?.toLowerCase() === 'dnr' || coding.code?.toLowerCase() === 'polst'))
    return true;
  const words = normaliseWords(concept.text);
  return CPR_WORDS.test(words) && !NO_DECISION_WORDS.test(words);
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
  const said = new Set([
    ...concepts.flatMap(decisionIn),
    ...decisionInWords(plainText(resource['valueString'])),
    ...decisionInProvision(resource),
  ]);
  if (said.size === 0 && concepts.some((c) => c.codings.some((coding) => coding.code?.toLowerCase() === 'dnr'))) {
    return asObject(resource['provision'])?.['type'] === 'permit' ? undefined : 'do-not-attempt-resuscitation';
  }
  // "Deny: for attempted resuscitation" can be read both ways.
  const doubleNegative = asObject(resource['provision'])?.['type'] === 'deny' && said.has('attempt-resuscitation');
  return said.size === 1 && !doubleNegative ? [...said][0] : undefined;
}

export function decisionIn(concept: Coded): readonly Decision[] {
  const coded: Decision[] = [];
  if (hasCode(concept, SNOMED, DO_NOT_ATTEMPT_CPR)) coded.push('do-not-attempt-resuscitation');
  if (hasCode(concept, SNOMED, ATTEMPT_CPR)) coded.push('attempt-resuscitation');
  return [...coded, ...decisionInWords(concept.text)];
}

/** Words that take a decision back, put it off or only speak of it: with these in it a text decides nothing. */
const DOUBT =
  /\b(discuss\w*|rescind\w*|revok\w*|withdraw\w*|withdrawn|cancel\w*|review\w*|not appropriate|no longer|not completed|consider\w*|unless|except|suspend\w*|declined|status|\?)\b|\?/;

function decisionInWords(text: string | undefined): readonly Decision[] {
  if (text === undefined) return [];
  const words = normaliseWords(text);
  if (DOUBT.test(words)) return [];
  if (/\b(not for|do not attempt|not to be|not to attempt|do not|dnacpr|dnar|no)\b/.test(words)) {
    return CPR_WORDS.test(words) || /\bresuscitat/.test(words) ? ['do-not-attempt-resuscitation'] : [];
  }
  return /^(for|attempt|for attempted|for full)\b.*\b(cpr|resuscitation)\b/.test(words)
    ? ['attempt-resuscitation']
    : [];
}

/** Consent: the provision permits or denies the procedure "cardiopulmonary resuscitation". */
function decisionInProvision(resource: Resource): readonly Decision[] {
  const provision = asObject(resource['provision']);
  const aboutCpr = asObjects(provision?.['code']).some((code) => hasCode(readCoded(code), SNOMED, CPR_PROCEDURE));
  if (!aboutCpr) return [];
  if (provision?.['type'] === 'deny') return ['do-not-attempt-resuscitation'];
  return provision?.['type'] === 'permit' ? ['attempt-resuscitation'] : [];
}
