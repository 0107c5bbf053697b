import { DIALECTS } from './dialects/index.ts';

/** What is pasted into a vendor's portal, or sent to its integration team. */
export type Registration = {
  readonly client_name: string;
  readonly client_uri: string;
  /** SMART: where the EPR opens the app. */
  readonly launch_uri: string;
  readonly redirect_uris: readonly string[];
  readonly scope: string;
  readonly grant_types: readonly ['authorization_code'];
  readonly response_types: readonly ['code'];
  readonly token_endpoint_auth_method: 'private_key_jwt';
  readonly token_endpoint_auth_signing_alg: 'ES384' | 'RS384';
  readonly jwks_uri: string;
  /** Steps in the vendor's own words, as far as they are published. */
  readonly steps: readonly string[];
};

const STEPS: { readonly [dialect: string]: readonly string[] } = {
  generic: ['Register a confidential client with asymmetric authentication; give it these values.'],
  epic: [
    'Open the app record on the vendor’s developer site: audience “Clinicians or Administrative Users”, SMART on FHIR version R4, confidential, with a JWK set address.',
    'Non-production and production have client ids of their own. Wait some hours after saving: keys are not known everywhere at once.',
    'The organisation downloads the client id, adds the launch to its menu, and allows the launcher’s origin in frames.',
  ],
  oracle: [
    'Register a provider app in the vendor’s console, confidential with a JWK set; scopes v2.',
    'Name both the FHIR host and the authorisation host of the tenant in issuers and allowedOrigins.',
    'For an MPages component add the oracle-mpage plugin.',
  ],
  'emis-x': [
    'The supplier registers the app with the vendor’s App Launch team; give them these values.',
    'The organisation activates the app; it then stands in the navigation menu.',
  ],
  'emis-web': ['Register with the vendor’s Partner Programme for Context Management; give them these values.'],
  openemr: [
    'Admin › System › API Clients: register with these values, then enable the client.',
    'Globals › Connectors: enable FHIR and the EHR launch.',
  ],
  medplum: ['Project admin › Client applications: create one with the launch and redirect addresses.'],
  meditech: ['Register in the vendor’s Greenfield workspace first, then at the organisation.'],
  altera: ['Register a provider app in the developer portal; the organisation’s licence turns it on.'],
};

/** The registration for one vendor, one organisation, one launcher. */
export function registrationFor(dialect: string, launcherUrl: string, ods: string): Registration {
  const { scopes } = DIALECTS.find(({ id }) => id === dialect) ?? {};
  const standard = ['launch', 'openid', 'fhirUser', 'patient/Patient.r'];
  return {
    client_name: 'Corridor shared record',
    client_uri: launcherUrl,
    launch_uri: `${launcherUrl}/launch`,
    redirect_uris: [`${launcherUrl}/callback/${ods}`],
    scope: (scopes?.(standard) ?? standard).join(' '),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES384',
    jwks_uri: `${launcherUrl}/.well-known/jwks.json`,
    steps: STEPS[dialect] ?? [],
  };
}
