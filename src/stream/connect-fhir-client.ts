import type { FhirClient } from './fhir-source.ts';

/** Loads `fhirclient` when it is first needed. It keeps no launch in web storage that another frame could read. */
export async function connectFhirClient(serverUrl: string, accessToken?: string): Promise<FhirClient> {
  await import('fhirclient/build/fhir-client.pure.min.js');
  const { FHIR } = window as unknown as { readonly FHIR: FhirLibrary };
  FHIR.oauth2.settings.fullSessionStorageSupport = false;
  return FHIR.client({ serverUrl, ...(accessToken !== undefined && { tokenResponse: { access_token: accessToken } }) });
}

type FhirLibrary = {
  readonly oauth2: { readonly settings: { fullSessionStorageSupport?: boolean } };
  client(state: { readonly serverUrl: string; readonly tokenResponse?: { readonly access_token: string } }): FhirClient;
};
