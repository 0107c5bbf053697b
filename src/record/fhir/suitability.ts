/**
 * A laboratory that reports a number from a spoilt sample says so in words beside it. Such a value is shown with its
 * comment and never charted (data-quirks: "a value its own comment calls unsuitable is not charted").
 */
const UNSUITABLE =
  /\b(unsuitable|not suitable|un(?:satisfactory|labell?ed)|mislabell?ed|ha?emoly[sz](?:ed|is)|clotted(?! blood)|lipa?emic|insufficient(?= (?:sample|specimen|blood|serum|plasma|urine|material|volume|quantity|for)\b|[.,;]|$)|contaminat(?:ed|ion)|leak(?:ed|ing)|under-?filled|over-?filled|wrong (?:tube|container|bottle|patient)|(?:sample|specimen) (?:rejected|too old|delayed|deteriorated|invalid|not received|aged)|delay(?:ed)? in transit|drip arm|unreliable|should be disregarded|invalid result)\b/giu;

/** "Not haemolysed", "no evidence of contamination": the word is there to be denied. */
const DENIED =
  /\b(?:no|not|nil|without|non|never|free (?:of|from))\b(?:[\s-]+(?:evidence|sign|signs|obvious|visible|significant|any|of))*[\s-]*$/iu;

export function saysUnsuitable(texts: readonly string[]): boolean {
  return texts.some((text) =>
    [...text.matchAll(UNSUITABLE)].some(
      (match) => match[0].toLowerCase().startsWith('not ') || !DENIED.test(text.slice(0, match.index)),
    ),
  );
}

/** HL7 v2-0493 specimen conditions that spoil a result: autolysed, clotted, contaminated, haemolysed, not received. */
export const UNSUITABLE_CONDITIONS: readonly string[] = ['AUT', 'CLOT', 'CON', 'HEM', 'SNR'];
