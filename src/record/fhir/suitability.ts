/**
 * A laboratory that reports a number from a spoilt sample says so in words beside it. Such a value is shown with its
 * comment and never charted (data-quirks: "a value its own comment calls unsuitable is not charted").
 */
const UNSUITABLE =
  /\b(unsuitable|not suitable|un(?:satisfactory|labell?ed)|mislabell?ed|ha?emoly[sz](?:ed|is)|clotted(?! blood)|lipa?emic|insufficient(?= (?:sample|specimen|blood|serum|plasma|urine|material|volume|quantity|for)\b|[.,;]|$)|contaminat(?:ed|ion)|leak(?:ed|ing)|under-?filled|over-?filled|wrong (?:tube|container|bottle|patient)|(?:sample|specimen) (?:rejected|too old|delayed|deteriorated|invalid|not received|aged)|delay(?:ed)? in transit|drip arm|unreliable|should be (?:disregarded|ignored)|(?:disregard|ignore) (?:this|these|the (?:above|result|value))|do not (?:use|act on|interpret)|results? (?:(?:is|was|were|has been|have been) )?(?:withdrawn|retracted|invalid|erroneous|incorrect|in error)|invalid result|mix(?:ed)?[- ]up|(?:another|different) patient|spurious(?:ly)?|pseudo-?hyper\w+|artefactual(?:ly)?|erroneous(?:ly)?|(?:old|aged|stale) (?:sample|specimen))\b/giu;

/** "Previous sample haemolysed": that one was, and this one is the repeat. It must be the sample that is called so. */
const EARLIER =
  /\b(?:previous|prior|earlier|last) (?:blood |serum |urine )?(?:sample|specimen|tube)s?(?: was| were)?(?: \w+ly)? $/iu;

/** "Not haemolysed", "no evidence of contamination": the word is there to be denied. */
const DENIED =
  /\b(?:no|not|nil|without|non|never|free (?:of|from))\b(?:[\s-]+(?:evidence|sign|signs|obvious|visible|significant|any|of))*[\s-]*$/iu;

export function saysUnsuitable(texts: readonly string[]): boolean {
  return texts.some((text) =>
    [...text.matchAll(UNSUITABLE)].some((match) => {
      const before = text.slice(0, match.index);
      return match[0].toLowerCase().startsWith('not ') || !(DENIED.test(before) || EARLIER.test(before));
    }),
  );
}

/** HL7 v2-0493 specimen conditions that spoil a result: autolysed, clotted, contaminated, haemolysed, not received. */
export const UNSUITABLE_CONDITIONS: readonly string[] = ['AUT', 'CLOT', 'CON', 'HEM', 'SNR'];
