import { asObject, asString } from '../../../src/record/resource.ts';
import type { Dialect } from './dialect.ts';

/** Medplum: where `fhirUser` is not granted, the answer names the user as `profile`, a reference. */
export const medplum: Dialect = {
  id: 'medplum',
  readContext: ({ token, claims }) => {
    const profile = asString(token['profile']) ?? asString(asObject(token['profile'])?.['reference']);
    const fhirUser = asString(claims['fhirUser']) ?? profile;
    return fhirUser === undefined ? {} : { fhirUser };
  },
};
