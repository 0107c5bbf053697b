import { codeIn, DMD, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import type { IdentityName } from '../group-entries.ts';

/** Vaccines administered, the HL7 code set used where no SNOMED CT or dm+d code is sent. */
const CVX = 'http://hl7.org/fhir/sid/cvx';

/**
 * Vaccines by the words records use for them (UK immunisation schedule; the Green Book's chapters). One row is one kind
 * of injection, which nobody is given twice on one day; kinds that differ in what they protect against, or that are given
 * side by side (PPV23 and PCV, the influenza of the season and of a pandemic), are rows of their own or none. It joins only
 * a record that names no product to one that does.
 */
const VACCINES: readonly RegExp[] = [
  /^(?!.*\b(?:swine|avian|bird|pandemic|h1n1|h5n1|h5n8)\b).*\b(?:influenza|flu)\b/,
  /\b(?:covid|sars-cov-2|severe acute respiratory syndrome coronavirus 2|comirnaty|spikevax|vaxzevria)\b/,
  /\b(?:rsv|respiratory syncytial virus|abrysvo)\b/,
  // The vaccine against chickenpox is called after the same virus.
  /\b(?:shingles|(?<!varicella[ -])zoster|shingrix|zostavax)\b/,
  /\b(?:ppv ?23|pneumovax|pneumococcal polysaccharide vaccine)\b/,
  /\b(?:pcv ?13|prevenar ?13)\b/,
  // That with varicella (MMRV) is another.
  /^(?!.*\b(?:varicella|chickenpox|tetra)\b).*\b(?:mmr|measles,? mumps,? (?:and )?rubella|priorix|m-m-rvaxpro)\b/,
  /\b(?:hpv|human papilloma ?virus|gardasil)\b/,
  /\b(?:rotavirus|rotarix)\b/,
];
/** Products by the names of their makers: a record of one is never one of another, whatever kind both are. */
const BRANDS =
  /\b(?:comirnaty|spikevax|vaxzevria|abrysvo|shingrix|zostavax|pneumovax|prevenar|priorix|m-m-rvaxpro|gardasil|rotarix)\b/g;

/** Words that speak of more than one vaccine. */
const TOGETHER = /\b(?:haemophilus influenzae|hib|combined|and (?:covid|flu|influenza))\b/;

/** Words that speak of something else than the giving: an invitation is no injection, and joins none. */
const OTHER_ACT =
  /\b(?:(?:invit|remind|offer|eligib|consent|advi[cs]e|refus|defer|contra-?indicat|previous|antibod|immuno ?globulin|cancel|allerg)\w*|due|overdue|declined|not|no|never|unable|dna|elsewhere|history|reaction|adverse|side effects?|status|titre|immunity|requested|ordered|booked|planned)\b/;

type Vaccine = { readonly title: string; readonly code?: Coded; readonly procedure?: string };

/**
 * The product by its code, then by its maker's name, then the vaccine by its words, or the words themselves where they name
 * none that is known.
 */
export function vaccineNames(entry: Vaccine): readonly IdentityName[] {
  const product = codeIn(entry.code, DMD) ?? codeIn(entry.code, SNOMED) ?? codeIn(entry.code, CVX);
  const words = normaliseWords(entry.title);
  const all = `${words} ; ${normaliseWords(entry.procedure ?? '')}`;
  const kinds = TOGETHER.test(all) || OTHER_ACT.test(all) ? [] : VACCINES.filter((pattern) => pattern.test(all));
  const brands = new Set(all.match(BRANDS));
  const named =
    kinds.length === 1
      ? [...[...brands].map((brand) => `brand:${brand}`), `vaccine:${String(kinds[0])}`]
      : [`words:${words}`];
  const names = [...(product === undefined ? [] : [`code:${product}`]), ...named];
  return names.map((name) => ({ reason: 'concept' as const, name: entry.code?.disagrees ? `${name} ${words}` : name }));
}
