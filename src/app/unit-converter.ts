import type { ConvertUnit } from '../record/units.ts';

/** The little of ucum-lhc that is used here; the package has no types of its own. */
type Ucum = {
  getSpecifiedUnit(code: string, how: 'validate'): { readonly status: string; readonly unit: UcumUnit | null };
  convertUnitTo(
    from: string,
    value: number,
    to: string,
    options: { readonly molecularWeight?: number },
  ): { readonly status: string; readonly toVal: number | null };
};
type UcumUnit = {
  readonly dim_: { readonly dimVec_: readonly number[] | null } | null;
  readonly moleExp_: number;
  readonly equivalentExp_: number;
  readonly isArbitrary_: boolean;
};

/** Fetches the table of units, which is large and which most records never need. */
export async function loadUnitConverter(): Promise<ConvertUnit> {
  const { default: ucum } = await import('@lhncbc/ucum-lhc');
  return createUnitConverter(ucum.UcumLhcUtils.getInstance() as Ucum);
}

/**
 * Converts only what is certain. UCUM itself would turn 6.5 % into 65 mmol/mol, for to it both are mere numbers, and one
 * millilitre a minute into one for 1.73 m², for it does not read what stands in braces: so neither a bare ratio nor a
 * unit with a different remark is converted, nor an arbitrary unit, nor equivalents (safety H13).
 */
function createUnitConverter(ucum: Ucum): ConvertUnit {
  return (value, from, to, molecularWeight) => {
    const [a, b] = [unitOf(ucum, from), unitOf(ucum, to)];
    if (a === undefined || b === undefined || remarks(from) !== remarks(to)) return undefined;
    const moles = a.moleExp_ !== b.moleExp_;
    if (moles && molecularWeight === undefined) return undefined;
    const { status, toVal } = ucum.convertUnitTo(from, value, to, moles && molecularWeight ? { molecularWeight } : {});
    if (status !== 'succeeded' || toVal === null || !Number.isFinite(toVal)) return undefined;
    // Binary fractions leave a tail (5.000000000000001) that no table of units ever meant.
    return Number(toVal.toPrecision(12));
  };
}

function unitOf(ucum: Ucum, code: string): UcumUnit | undefined {
  const { status, unit } = ucum.getSpecifiedUnit(code, 'validate');
  if (status !== 'valid' || unit === null || unit.isArbitrary_ || unit.equivalentExp_ !== 0) return undefined;
  const bare = unit.dim_?.dimVec_?.every((exponent) => exponent === 0) ?? true;
  return bare ? undefined : unit;
}

function remarks(unit: string): string {
  return (unit.match(/\{[^}]*\}/g) ?? []).join('');
}
