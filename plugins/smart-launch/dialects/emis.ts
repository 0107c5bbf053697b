import { asObject, asObjects, asString, type Json } from '../../../src/record/resource.ts';
import type { LaunchAnswer, LaunchFacts } from '../../plugin.ts';
import type { Dialect } from './dialect.ts';

/**
 * EMIS-X App Launch. The patient stands in the `authorization_details` of the answer (the entry of type
 * `smart_on_fhir`), the user and the organisation in claims. Whatever the standard's own place says wins: two places that
 * disagree are the launcher's to refuse.
 */
export const emisX: Dialect = {
  id: 'emis-x',
  readContext,
};

/** EMIS Web's Context Management: the launch and PKCE of the standard, from a desktop, in the system's own browser. */
export const emisWeb: Dialect = {
  id: 'emis-web',
  readContext,
};

function readContext({ token, claims }: LaunchAnswer): Partial<LaunchFacts> {
  const details = detailsOf(token) ?? detailsOf(claims);
  const inDetails = referenceId(details?.['patient']);
  const patientId = asString(token['patient']) ?? inDetails;
  const fhirUser = asString(claims['fhirUser']) ?? asString(details?.['fhirUser']) ?? userOf(claims);
  return {
    ...(patientId !== undefined && { patientId }),
    ...(inDetails !== undefined && { patientElsewhere: [inDetails] }),
    ...(fhirUser !== undefined && { fhirUser }),
  };
}

function detailsOf(place: { readonly [name: string]: unknown }): Json | undefined {
  const found = asObjects(place['authorization_details']).filter(({ type }) => type === 'smart_on_fhir');
  // Two entries would be two contexts; which of them is meant is not ours to guess.
  return found.length === 1 ? found[0] : undefined;
}

function referenceId(value: unknown): string | undefined {
  return asString(value) ?? asString(asObject(value)?.['id']) ?? asString(asObject(value)?.['reference']);
}

function userOf(claims: { readonly [name: string]: unknown }): string | undefined {
  const id = asString(claims['practitioner_id']);
  return id === undefined ? undefined : `Practitioner/${id}`;
}
