/** The peer's packages come without types; as much of them as the page uses. */
declare module 'fhir-react-peer/node_modules/fhir-react' {
  export const FhirResource: (props: { readonly fhirResource: unknown; readonly fhirVersion: string }) => null;
  export const fhirVersions: { readonly R4: string };
}
declare module 'fhir-react-peer/node_modules/react' {
  export const createElement: (type: unknown, props: object | null, ...children: unknown[]) => object;
}
declare module 'fhir-react-peer/node_modules/react-dom/client' {
  export const createRoot: (at: Element) => { render(node: unknown): void };
}
