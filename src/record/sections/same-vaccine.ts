import { codeIn, DMD, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import type { IdentityName } from '../group-entries.ts';

/** Vaccines administered, the HL7 code set used where no SNOMED CT or dm+d code is sent. */
const CVX = 'http://hl7.org/fhir/sid/cvx';

/**
 * Vaccines by the words records use for them (UK immunisation schedule; the Green Book's chapters). One row is one kind
 * of injection, which nobody is given twice on one day; kinds that differ in what they protect against, or that are given
 * side by side (PPV23 and PCV), are rows of their own. It joins only a record that names no product to one that does.
 */
const VACCINES: readonly (readonly [vaccine: string, words: RegExp])[] = [
  ['influenza', /\b(influenza|flu)\b/],
  ['covid-19', /\b(covid|sars-cov-2|severe acute respiratory syndrome coronavirus 2|comirnaty|spikevax|vaxzevria)\b/],
  ['rsv', /\b(rsv|respiratory syncytial virus|abrysvo)\b/],
  ['shingles', /\b(shingles|zoster|shingrix|zostavax)\b/],
  ['ppv23', /\b(ppv ?23|pneumovax|pneumococcal polysaccharide vaccine)\b/],
  ['pcv13', /\b(pcv ?13|prevenar ?13)\b/],
  ['mmr', /\b(mmr|measles,? mumps,? (?:and )?rubella|priorix|m-m-rvaxpro)\b/],
  ['hpv', /\b(hpv|human papilloma ?virus|gardasil)\b/],
  ['rotavirus', /\b(rotavirus|rotarix)\b/],
];
/** Words that speak of more than one vaccine. */
const TOGETHER = /\b(haemophilus influenzae|hib|combined|and (?:covid|flu|influenza))\b/;

type Vaccine = { readonly title: string; readonly code?: Coded; readonly procedure?: string };

/** The product by its code, then the vaccine by its words, or the words themselves where they name none that is known. */
export function vaccineNames(entry: Vaccine): readonly IdentityName[] {
  const product = codeIn(entry.code, DMD) ?? codeIn(entry.code, SNOMED) ?? codeIn(entry.code, CVX);
  const words = normaliseWords(entry.title);
  const all = `${words} ; ${normaliseWords(entry.procedure ?? '')}`;
  const kinds = TOGETHER.test(all) ? [] : VACCINES.filter(([, pattern]) => pattern.test(all));
  const [kind] = kinds;
  const named = kinds.length === 1 && kind ? `vaccine:${kind[0]}` : `words:${words}`;
  const names = [...(product === undefined ? [] : [`code:${product}`]), named];
  return names.map((name) => ({ reason: 'concept' as const, name: entry.code?.disagrees ? `${name} ${words}` : name }));
}
