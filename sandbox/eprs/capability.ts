const SEARCH = [
  ['_id', 'token'],
  ['patient', 'reference'],
  ['subject', 'reference'],
  ['category', 'token'],
  ['code', 'token'],
  ['status', 'token'],
  ['encounter', 'reference'],
  ['identifier', 'token'],
] as const;

/** CapabilityStatement of one sandbox EPR (R4 §http.html#capabilities). */
export function capabilityStatement(
  base: string,
  issuer: string,
  name: string,
  types: readonly string[],
  date: string,
): object {
  const uris = [
    { url: 'authorize', valueUri: `${issuer}/authorize` },
    { url: 'token', valueUri: `${issuer}/token` },
  ];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    implementation: { description: `${name} (pretend)`, url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
              ],
            },
          ],
          extension: [
            { url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris', extension: uris },
          ],
        },
        resource: types.map((type) => ({
          type,
          interaction: [{ code: 'read' }, ...(type === 'Binary' ? [] : [{ code: 'search-type' }])],
          searchInclude: ['*'],
          searchParam: SEARCH.map(([parameter, kind]) => ({ name: parameter, type: kind })),
        })),
      },
    ],
  };
}
