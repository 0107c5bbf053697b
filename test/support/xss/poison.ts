import { asObject, type Json, type Resource } from '../../../src/record/resource.ts';

/** One string of a resource: the steps that lead to it. */
type Place = readonly (string | number)[];

/** Elements that any resource may bring and a reader may show, though nobody's sandbox does. */
const EXTRA: Json = {
  note: [{ text: 'x', authorString: 'x' }],
  text: { status: 'generated', div: 'x' },
  extension: [{ url: 'x', valueString: 'x' }],
  identifier: [{ system: 'x', value: 'x', assigner: { display: 'x' } }],
  description: 'x',
  comment: 'x',
  patientInstruction: 'x',
  contained: [{ resourceType: 'Practitioner', id: 'c', name: [{ text: 'x', family: 'x' }] }],
};

/**
 * Resources of one type of which each string path is in one: for every path a copy with that string, and no other,
 * replaced, so that all else in it still reads as before.
 */
export function poisoned(samples: readonly Resource[], text: string, turn: number): readonly Resource[] {
  const seen = new Set<string>();
  return samples.flatMap((sample, index) => {
    const whole = { ...EXTRA, ...sample } as Json;
    return placesOf(whole, []).flatMap((place, at) => {
      const path = place.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
      if (path === 'resourceType' || seen.has(path)) return [];
      seen.add(path);
      const copy =
        place.join('.') === 'id' ? whole : { ...whole, id: `x${String(turn)}-${String(index)}-${String(at)}` };
      return [replaced(copy, place, text) as Resource];
    });
  });
}

/** For each type the few resources that together have the most different paths. */
export function samplesByType(
  resources: Iterable<Resource>,
  types: ReadonlySet<string>,
): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, { readonly list: Resource[]; readonly paths: Set<string> }>();
  for (const resource of resources) {
    if (!types.has(resource.resourceType)) continue;
    const known = found.get(resource.resourceType) ?? { list: [], paths: new Set() };
    const fresh = placesOf(resource as Json, [])
      .map((place) => place.map((step) => (typeof step === 'number' ? '*' : step)).join('.'))
      .filter((path) => !known.paths.has(path));
    if (fresh.length > 0) known.list.push(resource);
    for (const path of fresh) known.paths.add(path);
    found.set(resource.resourceType, known);
  }
  return new Map([...found].map(([type, { list }]) => [type, list]));
}

function placesOf(value: unknown, at: Place): readonly Place[] {
  if (typeof value === 'string') return [at];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOf(item, [...at, index]));
  const object = asObject(value);
  return object ? Object.entries(object).flatMap(([key, child]) => placesOf(child, [...at, key])) : [];
}

function replaced(value: unknown, [step, ...rest]: Place, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, text) : item));
  return { ...asObject(value), [step]: replaced(asObject(value)?.[step], rest, text) };
}
