import { readCode, readCoded } from '../fhir/coding.ts';
import { readDate, type RecordedDate } from '../fhir/date.ts';
import { plainText } from '../fhir/text.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../resource.ts';
import { readStanding, type SectionStanding } from './absence.ts';

/** An IPS document as it was read: what it holds, and what it says about what it does not hold. */
export type ReadSummary = {
  /** Everything but the Composition and the Provenances, referring to each other as `Type/id`. */
  readonly resources: readonly Resource[];
  readonly patient: Resource;
  /** By LOINC code. */
  readonly sections: ReadonlyMap<string, SectionStanding>;
  readonly date?: RecordedDate;
  /** Who put the document together. */
  readonly authors: readonly string[];
  /** Who made the single statements, by `Type/id`, where a Provenance says so. */
  readonly recordedBy: ReadonlyMap<string, readonly string[]>;
};

/** Reads a document Bundle (FHIR R4 §3.3). Anything else, or one without a Composition or its Patient: undefined. */
export function readSummary(value: unknown): ReadSummary | undefined {
  if (!isResource(value) || value.resourceType !== 'Bundle' || value['type'] !== 'document') return undefined;
  const entries = asObjects(value['entry']).flatMap(readEntry);
  const names = new Map(
    entries.flatMap(({ fullUrl, resource }) => (fullUrl ? [[fullUrl, keyOf(resource)] as const] : [])),
  );
  const resources = entries.map(({ resource }) => relative(resource, names) as Resource);
  const [composition] = resources;
  if (composition?.resourceType !== 'Composition') return undefined;
  const byKey = new Map(resources.map((resource) => [keyOf(resource), resource]));
  const patient = byKey.get(asString(asObject(composition['subject'])?.['reference']) ?? '');
  if (patient?.resourceType !== 'Patient') return undefined;
  const date = readDate(composition['date']);
  return {
    patient,
    resources: resources.slice(1).filter(({ resourceType }) => resourceType !== 'Provenance'),
    sections: new Map(sectionsIn(composition).flatMap(readSection)),
    ...(date && { date }),
    authors: asObjects(composition['author']).flatMap((author) => nameAt(author, byKey) ?? []),
    recordedBy: readProvenances(resources, byKey),
  };
}

type BundleEntry = { readonly fullUrl?: string; readonly resource: Resource };

/** A resource without an id takes the last part of its fullUrl, which is what refers to it. */
function readEntry(entry: Json): readonly BundleEntry[] {
  const resource = entry['resource'];
  if (!isResource(resource)) return [];
  const fullUrl = asString(entry['fullUrl']);
  const id = asString(resource.id) ?? /([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl ?? '')?.[1];
  const named = id === undefined ? resource : { ...resource, id };
  return [{ ...(fullUrl && { fullUrl }), resource: named }];
}

function keyOf({ resourceType, id }: Resource): string {
  return `${resourceType}/${asString(id) ?? ''}`;
}

/** References by fullUrl (`urn:uuid:…` or absolute) become `Type/id`, where what they lead to is in the document. */
function relative(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => relative(item, names));
  const object = asObject(value);
  if (!object) return value;
  return Object.fromEntries(
    Object.entries(object).map(([name, child]) => [
      name,
      name === 'reference' && typeof child === 'string' ? (names.get(child) ?? child) : relative(child, names),
    ]),
  );
}

function sectionsIn(parent: Json, depth = 0): readonly Json[] {
  if (depth > 5) return [];
  return asObjects(parent['section']).flatMap((section) => [section, ...sectionsIn(section, depth + 1)]);
}

function readSection(section: Json): readonly (readonly [string, SectionStanding])[] {
  const code = readCoded(section['code'])?.codings.find((coding) => coding.system === 'http://loinc.org')?.code;
  return code === undefined ? [] : [[code, readStanding(section)]];
}

function readProvenances(
  resources: readonly Resource[],
  byKey: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const provenance of resources.filter(({ resourceType }) => resourceType === 'Provenance')) {
    const agents = asObjects(provenance['agent']).filter((agent) => readCode(agent['type']) !== 'assembler');
    const organisations = agents.flatMap(
      (agent) => nameAt(asObject(agent['onBehalfOf']) ?? asObject(agent['who']), byKey) ?? [],
    );
    for (const target of asObjects(provenance['target'])) {
      const key = asString(target['reference']) ?? '';
      found.set(key, [...new Set([...(found.get(key) ?? []), ...organisations])]);
    }
  }
  return found;
}

function nameAt(reference: Json | undefined, byKey: ReadonlyMap<string, Resource>): string | undefined {
  const target = byKey.get(asString(reference?.['reference']) ?? '');
  const [name] = asObjects(target?.['name']);
  const person = [name?.['given'], name?.['family']].flat().flatMap((part) => plainText(part) ?? []);
  return (
    plainText(target?.['name']) ??
    plainText(reference?.['display']) ??
    plainText(name?.['text']) ??
    (person.length > 0 ? person.join(' ') : undefined)
  );
}
