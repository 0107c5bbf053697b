import { SNOMED, type Coded } from '../fhir/coding.ts';

/**
 * AllergyIntolerance.code may hold the allergy as a finding ("Allergy to penicillin") or only the substance it is to
 * ("Penicillin", with the type `allergy`): both are allowed by FHIR R4 and UK Core, and they say the same. Each row is
 * one finding of SNOMED CT and the substance of its own "causative agent", so a class never stands for a member
 * (amoxicillin is not in penicillin’s row) nor an allergy for an intolerance.
 */
const SUBSTANCE_OF_FINDING: { readonly [finding: string]: readonly string[] } = {
  // Allergy to penicillin | Penicillin, under its present and its former code
  '91936005': ['764146007', '373270004'],
  // Allergy to aspirin | Aspirin
  '293586001': ['387458008'],
  // Allergy to amoxicillin | Amoxicillin
  '294505008': ['372687004'],
};

const FINDING_OF_SUBSTANCE = new Map(
  Object.entries(SUBSTANCE_OF_FINDING).flatMap(([finding, substances]) =>
    substances.map((substance) => [substance, finding] as const),
  ),
);

/**
 * The finding that the one SNOMED CT code of an allergy means. A substance counts only where the source says in so many
 * words that this is an allergy: without a type it may be an intolerance, and then it stays a line of its own.
 */
export function sameAllergy(code: Coded | undefined, kind: 'allergy' | 'intolerance' | undefined): string | undefined {
  const codes = code?.codings.filter(({ system }) => system === SNOMED).flatMap((coding) => coding.code ?? []) ?? [];
  const findings = new Set(
    codes.map((one) =>
      Object.hasOwn(SUBSTANCE_OF_FINDING, one) ? one : kind === 'allergy' && FINDING_OF_SUBSTANCE.get(one),
    ),
  );
  const [finding] = findings;
  return findings.size === 1 && finding && !code?.disagrees ? finding : undefined;
}
