/** The published types describe the package's main entry only; this build sets `window.FHIR` and exports nothing. */
declare module 'fhirclient/build/fhir-client.pure.min.js' {
  const nothing: unknown;
  export default nothing;
}
