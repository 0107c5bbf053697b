import { conceptNames } from '../concept-names.ts';
import { normaliseWords, type Coded } from '../fhir/coding.ts';
import type { IdentityName } from '../group-entries.ts';

/**
 * AllergyIntolerance.code may hold the allergy as a finding ("Allergy to penicillin") or only the substance it is to
 * ("Penicillin"): FHIR R4 and UK Core allow both, and in a list of allergies they say the same. Each row is one finding of
 * SNOMED CT, the substance of its own "causative agent" under its present and former codes, and the agent's name. A class
 * never stands for a member (amoxicillin is not in penicillin’s row). That an allergy is no intolerance is kept apart by
 * the section, where the source says which it is.
 */
type Row = { readonly finding: string; readonly substances: readonly string[]; readonly agents: readonly string[] };

const ROWS: readonly Row[] = [
  { finding: '91936005', substances: ['764146007', '373270004'], agents: ['penicillin', 'penicillins'] },
  { finding: '294505008', substances: ['372687004'], agents: ['amoxicillin', 'amoxycillin'] },
  { finding: '293586001', substances: ['387458008'], agents: ['aspirin'] },
  { finding: '293584003', substances: ['387517004'], agents: ['paracetamol'] },
  { finding: '91931000', substances: ['372694001'], agents: ['erythromycin'] },
  { finding: '91935009', substances: ['762952008', '256349002'], agents: ['peanut', 'peanuts'] },
  { finding: '300916003', substances: ['111088007'], agents: ['latex'] },
  { finding: '91930004', substances: ['102263004'], agents: ['egg', 'eggs'] },
];

const FINDING_OF: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ finding, substances }) => substances.map((code) => [code, finding] as const)),
);
const FINDING_BY_AGENT: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ finding, agents }) => agents.map((agent) => [agent, finding] as const)),
);

/** The names of an allergy's agent, by which two records of it are seen as one. */
export function agentNames(code: Coded | undefined, title: string): readonly IdentityName[] {
  return conceptNames(code, title, {
    reason: 'agent',
    sameCode: (one) => FINDING_OF.get(one) ?? one,
    wordsOf: agentIn,
    terms: FINDING_BY_AGENT,
  });
}

/** "Allergy to penicillin", "Penicillin-containing product" and "Penicillin": the agent alone. Other words for what it did stay. */
function agentIn(text: string): string {
  return normaliseWords(text)
    .replace(/^(?:allergy|allergic) to /, '')
    .replace(/ allergy$/, '')
    .replace(/(?:[ -]containing)? (?:product|substance)$/, '');
}
