import { codeIn, DMD, normaliseWords, SNOMED, type Coded } from './fhir/coding.ts';

/**
 * What a concept is called when statements are compared: its SNOMED CT or dm+d code (dm+d codes are SNOMED CT codes),
 * else its words. Where a source's own words and its code disagree the words are part of the key: "?lung cancer" under
 * the code of lung cancer is not the same statement as lung cancer.
 */
export function conceptKey(coded: Coded | undefined, title: string): string {
  const code = codeIn(coded, SNOMED) ?? codeIn(coded, DMD);
  if (code === undefined) return normaliseWords(title);
  return coded?.disagrees ? `${code} ${normaliseWords(title)}` : code;
}
