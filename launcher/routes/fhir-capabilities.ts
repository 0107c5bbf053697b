import { FHIR_TYPES, UK_CORE } from '../messaging/fhir-names.ts';

/** What an EPR can do with messages here, for anybody who asks (R4 CapabilityStatement). */
export function capabilitiesOf(url: string, nowMs: number): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(nowMs).toISOString(),
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    implementation: { description: 'Corridor: messages between organisations', url: `${url}/fhir` },
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
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [{ url: 'token', valueUri: `${url}/fhir/auth/token` }],
            },
          ],
        },
        resource: FHIR_TYPES.map((type) => ({
          type,
          ...(type !== 'CommunicationRequest' && { supportedProfile: [UK_CORE[type]] }),
          interaction: ['read', 'search-type', 'create'].map((code) => ({ code })),
          searchParam: [
            { name: type === 'Task' ? 'patient' : 'subject', type: 'reference' },
            { name: type === 'Task' ? 'owner' : 'recipient', type: 'reference' },
          ],
        })),
        operation: [
          {
            name: 'process-message',
            definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
          },
        ],
      },
    ],
  };
}
