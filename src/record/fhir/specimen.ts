import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import { readCode, readCoded } from './coding.ts';
import { readTiming, type RecordedDate } from './date.ts';
import { readReferenceName } from './reference.ts';
import { saysUnsuitable, UNSUITABLE_CONDITIONS } from './suitability.ts';
import { readNotes } from './text.ts';

/** What a result was measured in, when it was taken, and whether the specimen itself says it was spoilt. */
export type SpecimenFacts = {
  readonly unsuitable: boolean;
  readonly fields: { readonly specimen?: string; readonly collected?: RecordedDate };
};

export function readSpecimen(references: unknown, context: ReadContext, within: Resource): SpecimenFacts {
  const specimens = asObjects(references).map((reference) => ({
    name: readReferenceName(reference, context, within),
    resource: context.resolve(reference, within),
  }));
  const names = specimens.flatMap(({ name, resource }) => readCoded(resource?.['type'])?.text ?? name ?? []);
  const collected = specimens
    .map(({ resource }) => asObject(resource?.['collection']))
    .flatMap((c) => (c ? (readTiming(c, 'collected') ?? []) : []))[0];
  const unsuitable = specimens.some(({ resource }) => resource !== undefined && isUnsuitableSpecimen(resource));
  return {
    unsuitable,
    fields: { ...(names.length > 0 && { specimen: [...new Set(names)].join(', ') }), ...(collected && { collected }) },
  };
}

function isUnsuitableSpecimen(specimen: Resource): boolean {
  const conditions = asObjects(specimen['condition']).flatMap(
    (condition) => readCoded(condition)?.codings.flatMap((c) => c.code ?? []) ?? [],
  );
  return (
    ['unsatisfactory', 'entered-in-error'].includes(readCode(specimen['status']) ?? '') ||
    conditions.some((code) => UNSUITABLE_CONDITIONS.includes(code)) ||
    saysUnsuitable(readNotes(specimen['note']))
  );
}
