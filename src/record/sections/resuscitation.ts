import { hasCode, LOINC, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { plainText } from '../fhir/text.ts';
import { remember } from '../remember.ts';
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
import {
  affirmed,
  answersNothing,
  deniedByLine,
  deniesItsQuestion,
  isDenied,
  textsOf,
} from './resuscitation-answer.ts';
import {
  decidesNothing,
  isFormName,
  namesCprAlone,
  namesEscalation,
  namesTheDecision,
  saysFullEscalation,
  saysItAnew,
  saysNotToAttempt,
  saysThereIsNone,
  saysToAttempt,
} from './resuscitation-words.ts';

/** What was decided about cardiopulmonary resuscitation. Reading it the wrong way round is the worst fault there is here. */
export type Decision = 'attempt-resuscitation' | 'do-not-attempt-resuscitation';

/** Whether this resource is a decision, wish or form for the end of life. Sections that read the same types ask this first. */
export function isEndOfLife(resource: Resource): boolean {
  const concepts = conceptsOf(resource);
  if (resource.resourceType === 'ServiceRequest' || resource.resourceType === 'Procedure')
    return decidesByItself(resource, concepts);
  if (resource.resourceType === 'Consent') {
    const scope = readCode(resource['scope']);
    return scope === 'adr' || concepts.some((c) => isResuscitation(c) || isAdvanceDecision(c));
  }
  if (resource.resourceType === 'DocumentReference') {
    return concepts.some((c) => hasCode(c, SNOMED, PLAN_DOCUMENTS) || isResuscitation(c) || isAdvanceDecision(c));
  }
  return concepts.some(isResuscitation) || isAnswered(resource);
}

/** A question under another name whose whole answer is the decision: "Escalation: not for resuscitation". */
function isAnswered(resource: Resource): boolean {
  const spoken = resource.resourceType === 'Observation' ? plainText(resource['valueString']) : undefined;
  return spoken !== undefined && spoken.length <= LONGEST_ANSWER && decisionInWords(spoken).length > 0;
}

/** A note of many sentences stays where notes are. */
const LONGEST_ANSWER = 80;

export function conceptsOf(resource: Resource): readonly Coded[] {
  const provision = asObject(resource['provision']);
  const values: readonly unknown[] =
    resource.resourceType === 'Consent'
      ? [...asObjects(resource['category']), ...asObjects(provision?.['code'])]
      : resource.resourceType === 'DocumentReference'
        ? [resource['type'], ...asObjects(resource['category'])]
        : resource.resourceType === 'ServiceRequest'
          ? [resource['code'], ...asObjects(resource['orderDetail'])]
          : [resource['code'], resource['valueCodeableConcept']];
  return values.flatMap((value) => readCoded(value) ?? []);
}

/**
 * An order or a record of a decision, as against a referral to talk about one or a resuscitation that was given: those stay
 * under their own headings, and what only speaks of a decision is shown here beside them (end-of-life-takes.ts).
 */
function decidesByItself(resource: Resource, concepts: readonly Coded[]): boolean {
  const asked = concepts.some((concept) =>
    /\b(refer\w*|discuss\w*|leaflet|information)\b/.test(normaliseWords(concept.text)),
  );
  return !asked && (concepts.some((c) => decisionIn(c).length > 0) || isCprForbidden(resource, concepts));
}

/** "Do not perform: cardiopulmonary resuscitation" (ServiceRequest.doNotPerform, a modifier; safety H08). */
function isCprForbidden(resource: Resource, concepts: readonly Coded[]): boolean {
  return resource['doNotPerform'] === true && concepts.some(isCprItself);
}

/** The treatment and nothing besides, which "do not perform" turns into a decision. */
export function isCprItself(concept: Coded): boolean {
  return hasCode(concept, SNOMED, CPR_PROCEDURE) || namesCprAlone(normaliseWords(concept.text));
}

export const isResuscitation: (concept: Coded) => boolean = remember((concept) => {
  if (hasCode(concept, SNOMED, ABOUT_CPR) || hasCode(concept, LOINC, RESUSCITATION_LOINC)) return true;
  if (concept.codings.some((coding) => coding.code?.toLowerCase() === 'dnr' || coding.code?.toLowerCase() === 'polst'))
    return true;
  // "Bystander CPR given" is something done: only words that decide, or that name a decision, count.
  const words = normaliseWords(concept.text);
  return saysNotToAttempt(words) || saysToAttempt(words) || namesTheDecision(words) || namesEscalation(words);
});

const ABOUT_CPR = [...DO_NOT_ATTEMPT_CPR, ...ATTEMPT_CPR, RESUSCITATION_STATUS];

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
  if (texts.some(saysThereIsNone) || answersNothing(resource)) return undefined;
  if (isCprForbidden(resource, concepts)) return 'do-not-attempt-resuscitation';
  // "Do not: not for attempted CPR" can be read both ways.
  if (resource['doNotPerform'] === true) return undefined;
  const deciding = concepts.filter((c) => resource.resourceType !== 'Consent' || !namesKindOnly(c));
  const said = new Set([
    ...deciding.flatMap(decisionIn),
    ...[spoken, ...affirmed(resource)].flatMap(decisionInWords),
    ...decisionInProvision(resource),
  ]);
  const dnr = concepts.some((c) => c.codings.some((coding) => coding.code?.toLowerCase() === 'dnr'));
  if (said.size === 0 && dnr && !texts.some(decidesNothing)) {
    return asObject(resource['provision'])?.['type'] === 'permit' ? undefined : 'do-not-attempt-resuscitation';
  }
  // "Deny: for attempted resuscitation" can be read both ways.
  const doubleNegative = asObject(resource['provision'])?.['type'] === 'deny' && said.has('attempt-resuscitation');
  return said.size === 1 && !doubleNegative ? [...said][0] : undefined;
}

/** The code "dnr" and no words: read out it would look like a decision in words. */
function namesKindOnly({ text, codings }: Coded): boolean {
  return /^dnr( \(|$)/i.test(text) && codings.every(({ display }) => display === undefined);
}

/**
 * A decision that the source says there is none of, or that was taken back: "DNACPR: No". It decides nothing by itself, and
 * it is not in agreement with another source that holds such a decision (safety H37).
 */
export function decisionDenied(resource: Resource, concepts: readonly Coded[]): Decision | undefined {
  const spoken = plainText(resource['valueString']);
  const texts = [...concepts.flatMap(textsOf), ...(spoken ? [spoken] : [])].map(normaliseWords);
  if (isFullEscalation(resource, texts)) return 'do-not-attempt-resuscitation';
  const asked = texts.filter((text) => /\?$/.test(text));
  // "DNACPR cancelled?" says neither that it was nor that it was not, whatever is answered.
  if (asked.some(saysThereIsNone) || texts.some(saysItAnew) || deniesItsQuestion(resource)) return undefined;
  if (!(texts.some(saysThereIsNone) || isDenied(resource))) return undefined;
  const coded = (codes: readonly string[]): boolean => concepts.some((concept) => hasCode(concept, SNOMED, codes));
  if (coded(DO_NOT_ATTEMPT_CPR) || texts.some(saysNotToAttempt)) return 'do-not-attempt-resuscitation';
  return coded(ATTEMPT_CPR) || texts.some(saysToAttempt) ? 'attempt-resuscitation' : undefined;
}

/** The decision that a line of a form denies: "Is there a DNACPR? No". */
export function decisionDeniedByLine(question: string, answer: string): Decision | undefined {
  return decisionInWords(deniedByLine(question, answer))[0];
}

function isFullEscalation(resource: Resource, texts: readonly string[]): boolean {
  const turned = resource['doNotPerform'] === true || answersNothing(resource);
  return !turned && texts.some(saysFullEscalation) && !texts.some(saysThereIsNone);
}

/**
 * A form that is the decision itself, by its own name and nothing besides ("DNACPR form, signed.pdf"). A letter about one, a
 * leaflet and a draft decide nothing.
 */
export function decisionInFormName(names: readonly string[]): Decision | undefined {
  return names.map(normaliseWords).some(isFormName) ? 'do-not-attempt-resuscitation' : undefined;
}

export function decisionIn(concept: Coded): readonly Decision[] {
  const coded: Decision[] = [];
  if (hasCode(concept, SNOMED, DO_NOT_ATTEMPT_CPR)) coded.push('do-not-attempt-resuscitation');
  if (hasCode(concept, SNOMED, ATTEMPT_CPR)) coded.push('attempt-resuscitation');
  return [...coded, ...decisionInWords(concept.text)];
}

function decisionInWords(text: string | undefined): readonly Decision[] {
  if (text === undefined) return [];
  const words = normaliseWords(text);
  if (decidesNothing(words)) return [];
  const no = saysNotToAttempt(words);
  const yes = saysToAttempt(words);
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
