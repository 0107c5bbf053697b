import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../resource.ts';
import { unitsEver } from './unit-names.ts';

/** An encounter of the same source, by `Encounter/id`. */
export type FindEncounter = (key: string) => Resource | undefined;

/** A visit within a stay within a spell is three; what goes on for longer is not followed. */
const MOST_LEVELS = 5;

/**
 * Units of the encounters that a resource says it was made in, and of those they are part of. `unplaced`: one of them is
 * not to be had, so that a unit may be missing here.
 */
export function unitsOfEncounters(
  resource: Resource,
  find: FindEncounter,
): { readonly units: readonly string[]; readonly unplaced: boolean } {
  const seen = new Set<Resource>();
  let unplaced = false;
  let level: readonly Resource[] = [resource];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return { units: namesOf(seen), unplaced: true };
    for (const one of level) seen.add(one);
    const found = level.flatMap((one) =>
      referencesOf(one).map((to) => contained(to, one, resource) ?? find(keyOf(to) ?? '')),
    );
    unplaced ||= found.includes(undefined);
    level = found.filter((one) => one !== undefined && !seen.has(one)) as readonly Resource[];
  }
  return { units: namesOf(seen), unplaced };
}

function namesOf(resources: ReadonlySet<Resource>): readonly string[] {
  const encounters = [...resources].filter(({ resourceType }) => resourceType === 'Encounter');
  return [...new Set(encounters.flatMap(unitsEver))];
}

/** `Encounter/id` of every encounter it names that would have to be asked for. */
export function encounterKeys(resource: Resource): readonly string[] {
  return referencesOf(resource).flatMap((reference) => keyOf(reference) ?? []);
}

/** R4 has it under `encounter`, in places under `context`; an encounter that is part of another under `partOf`. */
function referencesOf(resource: Resource): readonly Json[] {
  const context = asObject(resource['context']);
  const named = [resource['encounter'], context?.['encounter'], resource['context']];
  if (resource.resourceType === 'Encounter') named.push(resource['partOf']);
  return named.flatMap(each).filter(isOfEncounter);
}

function each(value: unknown): readonly Json[] {
  return Array.isArray(value) ? asObjects(value) : [asObject(value)].filter((item) => item !== undefined);
}

/** A `context` may be an episode of care, or the context of a document that is no reference at all. */
function isOfEncounter(reference: Json): boolean {
  const to = asString(reference['reference']);
  if (to === undefined) return reference['identifier'] !== undefined && asString(reference['type']) !== 'EpisodeOfCare';
  return !/(?:^|\/)EpisodeOfCare\//.test(to);
}

function contained(reference: Json, ...within: readonly Resource[]): Resource | undefined {
  const to = asString(reference['reference']);
  if (!to?.startsWith('#')) return undefined;
  const held = within.flatMap((one) => asObjects(one['contained'])).filter(isResource);
  return held.find(({ resourceType, id }) => resourceType === 'Encounter' && id === to.slice(1));
}

/** Relative or absolute, with or without a version: the source's own id. */
function keyOf(reference: Json): string | undefined {
  const [, id] =
    /(?:^|\/)Encounter\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(asString(reference['reference']) ?? '') ??
    [];
  return id === undefined ? undefined : `Encounter/${id}`;
}
