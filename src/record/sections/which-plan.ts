import { hasCode, normaliseWords, readCoded, SNOMED } from '../fhir/coding.ts';
import { asObjects, type Resource } from '../resource.ts';
import { isEndOfLife } from './resuscitation.ts';
import { isSocialCare, spaced, titlesOf, wordsOf } from './which-section.ts';

/** National Record Locator record types: mental health crisis plan, contingency plan, emergency health care plan. */
const CONTINGENCY_RECORDS = ['736253002', '325691000000100', '887701000000100'];

/** What to do when things go wrong: when the illness flares, when the carer cannot come, when there is a crisis. */
const CONTINGENCY_WORDS =
  /\b(contingency|crisis (and contingency |care |management |response |support )?(plan|card)|emergency (health ?care |care |response |health )?plan|escalation plan|rescue plan|relapse (prevention )?plan|early warning signs|safety plan|exacerbation plan|if (i|we|she|he|they) (become|becomes|am|are|is) unwell|coping plan)\b/;

/** Plans beside the care and support plan that the PRSB lists apart: of another agency, or for one need alone. */
const SUPPORTING_WORDS =
  /\b(education,? health (and|&) care( plan)?|ehcp|behaviou?r(al)? support|positive behaviou?r|(communication|hospital|health|care) passport|communication (plan|profile)|health action plan|(asthma|allergy|epilepsy|seizure)( management| action)? plan|dysphagia plan|eating and drinking plan|(moving|manual) (and )?handling plan|evacuation plan|pathway plan|carer['’]?s?['’]? support plan|individual(ised)? health ?care plan|rehabilitation plan|advance statement)\b/;

export type PlanKind = 'contingency' | 'supporting' | 'social' | 'care';

/**
 * Under which heading a CarePlan stands. What it is for decides before whose it is: the council's plan for the day on
 * which the daughter is ill is a contingency plan, and must be found where one looks for it in a hurry.
 */
export function kindOfPlan(plan: Resource): PlanKind {
  return kindBy(plan, asObjects(plan['category'])) ?? (isSocialCare(plan) ? 'social' : 'care');
}

/** A document that is such a plan. ReSPECT forms and advance care plans stand under End of life care alone. */
export function kindOfPlanDocument(document: Resource): 'contingency' | 'supporting' | undefined {
  if (isEndOfLife(document)) return undefined;
  return kindBy(document, [...asObjects(document['type']), ...asObjects(document['category'])]);
}

function kindBy(resource: Resource, concepts: readonly object[]): 'contingency' | 'supporting' | undefined {
  const coded = concepts.map(readCoded);
  if (coded.some((concept) => hasCode(concept, SNOMED, CONTINGENCY_RECORDS))) return 'contingency';
  const words = [
    ...coded.map(wordsOf),
    ...titlesOf(resource).flatMap((title) => [normaliseWords(title), spaced(title)]),
  ];
  if (words.some((text) => CONTINGENCY_WORDS.test(text))) return 'contingency';
  return words.some((text) => SUPPORTING_WORDS.test(text)) ? 'supporting' : undefined;
}
