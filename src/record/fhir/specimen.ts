import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import { readCode, readCoded, readConcepts } from './coding.ts';
import { readTiming, type RecordedDate } from './date.ts';
import { readReferenceName } from './reference.ts';
import { saysUnsuitable, UNSUITABLE_CONDITIONS } from './suitability.ts';
import { readNotes } from './text.ts';

/** What a result was measured in, when it was taken, and whether the specimen itself says it was spoilt. */
export type SpecimenFacts = {
  readonly unsuitable: boolean;
  readonly fields: { readonly specimen?: string; readonly collected?: RecordedDate };
};

const NO_SPECIMEN: SpecimenFacts = { unsuitable: false, fields: {} };

export function readSpecimen(references: unknown, context: ReadContext, within: Resource): SpecimenFacts {
  // Most observations name none.
  if (references === undefined) return NO_SPECIMEN;
  const specimens = asObjects(references).map((reference) => ({
    name: readReferenceName(reference, context, within),
    resource: context.resolve(reference, within),
  }));
  const names = specimens.flatMap(({ name, resource }) => readCoded(resource?.['type'])?.text ?? name ?? []);
  const collected = specimens
    .map(({ resource }) => asObject(resource?.['collection']))
    .flatMap((c) => (c ? (readTiming(c, 'collected') ?? []) : []))[0];
  const spoilt = specimens.some(({ resource }) => resource !== undefined && isUnsuitableSpecimen(resource));
  const unsuitable = spoilt || saysUnsuitable(names);
  return {
    unsuitable,
    fields: { ...(names.length > 0 && { specimen: [...new Set(names)].join(', ') }), ...(collected && { collected }) },
  };
}

function isUnsuitableSpecimen(specimen: Resource): boolean {
  const conditions = readConcepts(specimen['condition']);
  const codes = conditions.flatMap(({ codings }) => codings.flatMap(({ code }) => code ?? []));
  return (
    ['unsatisfactory', 'entered-in-error'].includes(readCode(specimen['status']) ?? '') ||
    codes.some((code) => UNSUITABLE_CONDITIONS.includes(code)) ||
    saysUnsuitable([...conditions.map(({ text }) => text), ...readNotes(specimen['note'])])
  );
}
