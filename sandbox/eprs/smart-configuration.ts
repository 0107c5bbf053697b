import { CONTEXT_SCOPES } from './scopes.ts';

/** The wide forms; the same for each single type is understood too. */
const SCOPES = [
  ...CONTEXT_SCOPES,
  'patient/Patient.r',
  'patient/Patient.read',
  // Named, for a launcher asks for what shows care only where the server says that it offers it.
  'patient/Encounter.rs',
  'patient/ServiceRequest.rs',
  'patient/Task.rs',
  'patient/*.rs',
  'patient/*.read',
  'user/*.rs',
  'system/*.rs',
  'system/*.read',
];

/** `.well-known/smart-configuration` (SMART App Launch 2.2 §Conformance). */
export function smartConfiguration(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    introspection_endpoint: `${issuer}/introspect`,
    revocation_endpoint: `${issuer}/revoke`,
    userinfo_endpoint: `${issuer}/userinfo`,
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['ES384', 'RS384', 'ES256'],
    id_token_signing_alg_values_supported: ['ES384', 'ES256'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: SCOPES,
    capabilities: [
      'launch-ehr',
      'client-confidential-asymmetric',
      'sso-openid-connect',
      'context-banner',
      'context-ehr-patient',
      'context-ehr-encounter',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  };
}
