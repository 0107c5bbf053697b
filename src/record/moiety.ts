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
  const codes = coded?.codings.filter(({ system }) => system === SNOMED || system === DMD) ?? [];
  const products = new Set(codes.flatMap(({ code }) => (code && PRODUCT_BY_CODE.get(code)) || []));
  const [product] = products;
  return products.size === 1 ? product?.split('|')[0] : undefined;
}
