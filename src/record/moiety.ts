import { DMD, SNOMED, type Coded } from './fhir/coding.ts';
import { substanceKey } from './fhir/medicine.ts';
import { MOIETY_BY_NAME, PRODUCT_BY_CODE } from './medicine-relations.ts';

/**
 * The substance by which two lines are said to be about one medicine, under its own name: by the words, or by the code of
 * a product where the words say nothing that is known. For disagreements, never for merging.
 */
export function moietyOf(medicine: { readonly name: string; readonly code?: Coded }): string {
  const substance = substanceKey(medicine);
  return MOIETY_BY_NAME.get(substance) ?? moietyByCode(medicine.code) ?? substance;
}

function moietyByCode(coded: Coded | undefined): string | undefined {
  return productByCode(coded)?.split('|')[0];
}

/** The one product that its codes name (`medicine-relations.ts`); none where they name several. */
export function productByCode(coded: Coded | undefined): string | undefined {
  const codes = coded?.codings.filter(({ system }) => system === SNOMED || system === DMD) ?? [];
  const [only, ...others] = new Set(codes.flatMap(({ code }) => (code && PRODUCT_BY_CODE.get(code)) ?? []));
  return others.length === 0 ? only : undefined;
}
