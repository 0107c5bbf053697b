/** Code systems and the small builders every block uses. A code stands here only when it is known for certain. */
export const SYSTEM = {
  snomed: 'http://snomed.info/sct',
  dmd: 'https://dmd.nhs.uk',
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  ods: 'https://fhir.nhs.uk/Id/ods-organization-code',
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  sdsUser: 'https://fhir.nhs.uk/Id/sds-user-id',
  sdsRole: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  act: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
} as const;

export type Coding = { readonly system: string; readonly code: string; readonly display?: string };
export type Concept = { readonly coding?: readonly Coding[]; readonly text?: string };
export type Reference = {
  readonly reference: string;
  readonly identifier?: { readonly system: string; readonly value: string };
  readonly display?: string;
};

export function snomed(code: string, display: string): Concept {
  return { coding: [{ system: SYSTEM.snomed, code, display }], text: display };
}

/** A coding and the words the source itself uses for it. */
export function coded(system: string, code: string, display: string): Concept {
  return { coding: [{ system, code, display }] };
}

export function words(text: string): Concept {
  return { text };
}

/** A code of one of HL7's own systems, e.g. `hl7('condition-clinical', 'active')`. */
export function hl7(name: string, code: string, display?: string): Concept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code, ...(display && { display }) }] };
}

export function ukCore(name: string): string {
  return `https://fhir.hl7.org.uk/StructureDefinition/${name}`;
}

export function quantity(value: number, unit: string, code: string = unit): object {
  return { value, unit, system: SYSTEM.ucum, code };
}

/** SNOMED concept from `code|display`, or plain words when the text has no bar. */
export function concept(text: string): Concept {
  const bar = text.indexOf('|');
  return bar < 0 ? words(text) : snomed(text.slice(0, bar), text.slice(bar + 1));
}
