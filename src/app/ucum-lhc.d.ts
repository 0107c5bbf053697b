/** The package has no types of its own; `unit-converter.ts` says which little of it is used. */
declare module '@lhncbc/ucum-lhc' {
  const ucum: { readonly UcumLhcUtils: { getInstance(): unknown } };
  export default ucum;
}
