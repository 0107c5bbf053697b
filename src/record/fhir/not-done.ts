import { normaliseWords, type Coded } from './coding.ts';

/**
 * Concepts that name a thing and say that it was not done: "Influenza vaccination declined", "Cervical smear not done",
 * "Did not attend". Practices record them under the type of the thing itself, often as completed; the words are the
 * statement, whatever status stands beside them (safety H08). "Failed", "abandoned" and "attempted" are left out: what
 * was begun was done in part, and a failed intubation is the very thing to know.
 */
export function saysNotDone(concept: Coded | undefined): boolean {
  if (!concept) return false;
  const texts = [concept.text, ...concept.codings.flatMap(({ display }) => display ?? [])];
  const said = texts.flatMap((text) => normaliseWords(text).split(EARLIER));
  return said.some((words) => NOT_DONE.test(words) || DNA.test(words));
}

/** "Influenza vaccination given, previously declined": it was done after all. */
const EARLIER =
  /\b(?:previously|initially|formerly|earlier|at first|had(?: been)?|not) (?:declined|refused|deferred|contra-?indicated)\b/;

const NOT_DONE =
  /\b(declined|refused|refusal of|not (done|given|performed|carried out|undertaken|administered|attended|consented to)|did not attend|contra-?indicated|no consent|consent (refused|declined|not given|withheld)|deferred|not brought)\b|^cancelled\b|\bcancelled$/;

/** "DNA" for who did not attend; not the molecule. */
const DNA =
  /(?<!\b(?:h[bp]v|ebv|cmv|viral|cell[- ]free|f(?:o)?etal|stranded|tumou?r) )\bdna\b(?! (?:test|anal|sequenc|stud|extract|sample|probe|level|pcr|screen|bank|profil|methyl|repair|fragment))/;
