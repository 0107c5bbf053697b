export const observation = (change: { readonly [element: string]: unknown }) => ({
  resourceType: 'Observation',
  ...change,
});

export const SCT = 'http://snomed.info/sct';

export const LOINC = 'http://loinc.org';

export const OTHER = 'https://local.example';
