import { substanceKey } from './fhir/medicine.ts';
import { MOIETY_BY_NAME } from './medicine-relations.ts';

/** The substance by which two lines are said to be about one medicine, under its own name. For disagreements, never for merging. */
export function moietyOf(medicine: { readonly name: string }): string {
  const substance = substanceKey(medicine);
  return MOIETY_BY_NAME.get(substance) ?? substance;
}
