import { DMD, normaliseWords, SNOMED, type Coded } from './fhir/coding.ts';

/**
 * What a concept is called when statements are compared: its SNOMED CT or dm+d code (dm+d codes are SNOMED CT codes),
 * else its words. All such codes count: two products under the one code of their substance are two. Where a source's own
 * words and its code disagree the words are part of the key: "?lung cancer" under the code of lung cancer is not the same
 * statement as lung cancer.
 */
export function conceptKey(coded: Coded | undefined, title: string): string {
  if (!coded) return normaliseWords(title);
  const known = coded.codings.filter(({ system }) => system === SNOMED || system === DMD);
  const codes = [...new Set(known.flatMap(({ code }) => code ?? []))].sort().join('+');
  if (codes === '') return normaliseWords(title);
  return coded.disagrees || coded.narrower ? `${codes} ${normaliseWords(title)}` : codes;
}
