import { normaliseWords, readCoded, type Coded } from '../fhir/coding.ts';
import { readObserved } from '../fhir/observed.ts';
import type { Resource } from '../resource.ts';
import {
  askedFor,
  asksSomethingElse,
  saysNotToAttempt,
  saysThereIsNone,
  saysToAttempt,
} from './resuscitation-words.ts';

/**
 * A decision kept as a question and its answer. The words of the question ("DNACPR in place") hold the decision, and the
 * answer says whether it was made: only an Observation is read so.
 */
const PLAIN_YES = /^(?:yes|y|true|positive|present|in place|active|current|valid)(?: ?[-–—,;:.(]|$)/;
const PLAIN_NO =
  /^(?:(?:no|n|nope|false|none|nil|negative|absent|never|not (?:present|in place|in situ|active|valid|made|signed|yet|currently))(?: ?[-–—,;:.(]|$)|no (?:form|order|decision)\b)/;
/** Everything that leaves it open, or denies it without saying plainly that there is none. */
const NO_DECISION =
  /^(?:(?:no(?! (?:changes?|capacity|concerns?|objections?|expiry|end date|review date)\b)|not|nil|none|nope|never|n|0|false|negative|absent|unknown|unsure|unclear|uncertain|undecided|undetermined|unconfirmed|unsigned|unavailable|unable to (?:confirm|find|locate|obtain|say|answer)|declined|refused|query|pending|awaiting|to be \w+|tbc|tba|under (?:review|discussion|consideration)|possibl[ey]|maybe|do(?:n[’']?t| not) know|in draft|draft|incomplete)(?![\p{L}\d])|\?)|\?$/u;

/**
 * "DNACPR in place" that is answered with no, with a doubt, with not known or with nothing at all for a reason decides
 * nothing: the words beside the answer are its question (safety H08). An answer that names the decision itself is one.
 */
export function answersNothing(resource: Resource): boolean {
  if (resource.resourceType !== 'Observation') return false;
  const said = answersOf(resource);
  return readObserved(resource).absent !== undefined || said.some((text) => NO_DECISION.test(text) && !names(text));
}

function names(answer: string): boolean {
  return saysNotToAttempt(answer) || saysToAttempt(answer);
}

/** Answered with a plain no: not known and not asked deny nothing, nor does the "no" to what was not asked of the decision. */
export function isDenied(resource: Resource): boolean {
  if (resource.resourceType !== 'Observation' || !answersOf(resource).some((text) => PLAIN_NO.test(text))) return false;
  // "DNACPR withdrawn?" answered with no is a double negative, and is read neither way.
  return !questionsOf(resource).some((text) => saysThereIsNone(text) || asksSomethingElse(text));
}

/** "DNACPR cancelled", with or without its mark, that is answered with no or not known, says nothing either. */
export function deniesItsQuestion(resource: Resource): boolean {
  return answersNothing(resource) && questionsOf(resource).some(saysThereIsNone);
}

/** The question without its mark where it asks for the decision alone and the answer is a plain yes. */
export function affirmed(resource: Resource): readonly string[] {
  const yes = resource.resourceType === 'Observation' && answersOf(resource).some((text) => PLAIN_YES.test(text));
  if (!yes || answersNothing(resource)) return [];
  return questionsOf(resource).flatMap((text) => askedFor(text) ?? []);
}

/** A line of a form: what it asks whether there is, where that is a decision alone and the answer is a plain no. */
export function deniedByLine(question: string, answer: string): string | undefined {
  return PLAIN_NO.test(normaliseWords(answer)) ? askedFor(normaliseWords(question)) : undefined;
}

function answersOf(resource: Resource): readonly string[] {
  const { value, valueCode } = readObserved(resource);
  return [...(value === undefined ? [] : [value]), ...(valueCode ? textsOf(valueCode) : [])].map(normaliseWords);
}

function questionsOf(resource: Resource): readonly string[] {
  const code = readCoded(resource['code']);
  return code ? textsOf(code).map(normaliseWords) : [];
}

/** All words of a concept: a source's own, and those of its codes. */
export function textsOf(concept: Coded): readonly string[] {
  return [concept.text, ...concept.codings.flatMap((coding) => coding.display ?? [])];
}
