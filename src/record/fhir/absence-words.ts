/** What the codes of data-absent-reason mean (FHIR R4). Beside a question "masked" alone can be taken for its answer. */
const WORDS: ReadonlyMap<string | undefined, string> = new Map([
  ['unknown', 'not known'],
  ['asked-unknown', 'asked, and not known'],
  ['temp-unknown', 'not known yet'],
  ['not-asked', 'not asked'],
  ['asked-declined', 'asked, and declined to answer'],
  ['masked', 'kept back by the source'],
  ['not-applicable', 'does not apply'],
  ['unsupported', 'cannot be said in the source’s system'],
  ['as-text', 'in the source’s own text'],
  ['error', 'not there for an error at the source'],
  ['not-performed', 'not done'],
  ['not-permitted', 'not permitted'],
]);

/** Why there is no answer, for a line of text in which its question stands; a reason that is not known as it is written. */
export function absenceWords(reason: string | undefined): string | undefined {
  return WORDS.get(reason) ?? reason;
}
