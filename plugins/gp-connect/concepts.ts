import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';

/**
 * Codings as GP systems send them: the term the clinician chose (Read v2 or a local code, `userSelected`) beside its
 * SNOMED CT concept, which may name its description. All are kept; the rules below only say which words come first.
 */
const SNOMED = 'http://snomed.info/sct';
const NULL_FLAVOURS = ['http://hl7.org/fhir/v3/NullFlavor', 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor'];

/**
 * "Transfer-degraded …": the sender had no code, and the words stand in `text`. The code is one for all of them, so two
 * unlike medicines would have equal codes: where words are given, they are the concept.
 */
const DEGRADED = [
  '196411000000103', // record entry
  '196421000000109', // medication entry
  '196431000000106', // referral
  '196441000000102', // request
  '196451000000104', // plan
  '196461000000101', // drug allergy
  '196471000000108', // non-drug allergy
];
const DEGRADED_FROM = 'https://corridor.invalid/StructureDefinition/degraded-from';

export function adaptConcept(concept: Json): Json {
  const codings = asObjects(concept['coding']);
  const text = asString(concept['text']);
  const degraded = text === undefined ? [] : codings.filter(isDegraded);
  const kept = codings.filter((coding) => !degraded.includes(coding)).flatMap(withDescription);
  if (degraded.length === 0 && kept.length === codings.length) return concept;
  const { coding: _coding, ...rest } = concept;
  return {
    ...rest,
    ...(kept.length > 0 && { coding: kept }),
    ...(degraded.length > 0 && {
      extension: [
        ...asObjects(concept['extension']),
        ...degraded.map((coding) => ({ url: DEGRADED_FROM, valueCoding: coding })),
      ],
    }),
  };
}

function isDegraded({ system, code }: Json): boolean {
  return system === SNOMED && DEGRADED.includes(asString(code) ?? '');
}

/** The description the clinician picked stands before the concept's preferred term; both under the one code. */
function withDescription(coding: Json): readonly Json[] {
  const [description] = asObjects(coding['extension']).filter((extension) =>
    /Extension-coding-sctdescid$/i.test(asString(extension['url']) ?? ''),
  );
  const chosen = asObjects(description?.['extension']).find((part) =>
    /^descriptionDisplay$/i.test(asString(part['url']) ?? ''),
  );
  const words = asString(chosen?.['valueString']);
  return words === undefined || words === asString(coding['display'])
    ? [coding]
    : [{ ...coding, display: words }, coding];
}

/** A concept that only says that there is none (NI, UNK, UNC, NA): it stands where the profile demands one. */
export function isNullFlavour(value: unknown): boolean {
  const concept = asObject(value);
  const codings = asObjects(concept?.['coding']);
  return (
    concept !== undefined &&
    asString(concept['text']) === undefined &&
    codings.length > 0 &&
    codings.every(
      ({ system, code }) =>
        NULL_FLAVOURS.includes(asString(system) ?? '') && ['NI', 'UNK', 'UNC', 'NA'].includes(asString(code) ?? ''),
    )
  );
}

/** A plain code of STU3 as the CodeableConcept of R4. */
export function conceptOf(system: string, code: unknown): Json | undefined {
  const word = asString(code);
  return word === undefined ? undefined : { coding: [{ system, code: word }] };
}
