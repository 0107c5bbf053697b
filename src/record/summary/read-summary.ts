import { codeIn, LOINC, readCode, readCoded } from '../fhir/coding.ts';
import { readDate, type RecordedDate } from '../fhir/date.ts';
import { modifierCautions } from '../fhir/modifiers.ts';
import { plainText } from '../fhir/text.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../resource.ts';
import { readStanding, type SectionStanding } from './absence.ts';
import { uuidOf } from './identity.ts';

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

/**
 * Reads a document Bundle (FHIR R4 §3.3). Anything else, one without a Composition or its Patient, and one that is
 * withdrawn or changes its own meaning in a way we don't know (its statements are no plain facts): undefined.
 */
export function readSummary(value: unknown): ReadSummary | undefined {
  if (!isResource(value) || value.resourceType !== 'Bundle' || value['type'] !== 'document') return undefined;
  const entries = withOwnKeys(asObjects(value['entry']).flatMap(readEntry));
  const names = new Map(
    entries.flatMap(({ fullUrl, resource }) => (fullUrl ? [[fullUrl, keyOf(resource)] as const] : [])),
  );
  const resources = entries.map(({ fullUrl, resource }) => {
    // A relative reference begins with what stands before the type and id of the resource it stands in (R4 §3.2.1).
    const server = fullUrl?.split('/').slice(0, -2) ?? [];
    const nameOf = (literal: string): string | undefined =>
      names.get(literal) ?? names.get([...server, literal].join('/'));
    return relative(resource, (literal) => nameOf(literal) ?? literal) as Resource;
  });
  const [composition] = resources;
  if (composition?.resourceType !== 'Composition' || value['implicitRules'] !== undefined || !stands(composition))
    return undefined;
  const byKey = new Map(resources.map((resource) => [keyOf(resource), resource]));
  const patient = byKey.get(asString(asObject(composition['subject'])?.['reference']) ?? '');
  if (patient?.resourceType !== 'Patient') return undefined;
  const date = readDate(composition['date']);
  return {
    patient,
    resources: resources.slice(1).filter(({ resourceType }) => resourceType !== 'Provenance'),
    sections: readSections(composition, byKey),
    ...(date && { date }),
    authors: asObjects(composition['author']).flatMap((author) => namesAt(author, byKey)),
    recordedBy: readProvenances(resources, byKey),
  };
}

function stands(composition: Resource): boolean {
  return (
    readCode(composition['status']) !== 'entered-in-error' &&
    !modifierCautions(composition).includes('not-interpretable')
  );
}

type BundleEntry = { readonly fullUrl?: string; readonly resource: Resource };

/** A document may hold what two servers each call `Condition/1` (R4 bdl-7): they are two statements, and stay two. */
function withOwnKeys(entries: readonly BundleEntry[]): readonly BundleEntry[] {
  const taken = new Map<string, string | undefined>();
  return entries.map((entry) => {
    const { fullUrl, resource } = entry;
    const key = keyOf(resource);
    if (!taken.has(key)) taken.set(key, fullUrl);
    if (fullUrl === undefined || taken.get(key) === fullUrl) return entry;
    return { fullUrl, resource: { ...resource, id: uuidOf(fullUrl) } };
  });
}

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
function relative(value: unknown, nameOf: (literal: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => relative(item, nameOf));
  const object = asObject(value);
  if (!object) return value;
  return Object.fromEntries(
    Object.entries(object).map(([name, child]) => [
      name,
      name === 'reference' && typeof child === 'string' ? nameOf(child) : relative(child, nameOf),
    ]),
  );
}

function sectionsIn(parent: Json, depth = 0): readonly Json[] {
  if (depth > 5) return [];
  return asObjects(parent['section']).flatMap((section) => [section, ...sectionsIn(section, depth + 1)]);
}

/** Worst first: of two sections of one code the one that lacks most speaks for both. */
const WORST: readonly SectionStanding[] = [
  'unavailable',
  'withheld',
  'notasked',
  'given',
  'nothing-recorded',
  'nil-known',
];

function readSections(composition: Json, byKey: ReadonlyMap<string, Resource>): ReadonlyMap<string, SectionStanding> {
  const found = new Map<string, SectionStanding>();
  for (const section of sectionsIn(composition)) {
    const code = codeIn(readCoded(section['code']), LOINC);
    if (code === undefined) continue;
    const lacks = asObjects(section['entry']).some((entry) => !byKey.has(asString(entry['reference']) ?? ''));
    const standing = readStanding(section, lacks);
    const before = found.get(code);
    if (before === undefined || WORST.indexOf(standing) < WORST.indexOf(before)) found.set(code, standing);
  }
  return found;
}

function readProvenances(
  resources: readonly Resource[],
  byKey: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const provenance of resources.filter(({ resourceType }) => resourceType === 'Provenance')) {
    const agents = asObjects(provenance['agent']).filter((agent) => readCode(agent['type']) !== 'assembler');
    const organisations = agents.flatMap((agent) =>
      namesAt(asObject(agent['onBehalfOf']) ?? asObject(agent['who']), byKey),
    );
    for (const target of asObjects(provenance['target'])) {
      const key = asString(target['reference']) ?? '';
      found.set(key, [...new Set([...(found.get(key) ?? []), ...organisations])]);
    }
  }
  return found;
}

/** By its own name; a role has none, and is named by who has it and where. */
function namesAt(reference: Json | undefined, byKey: ReadonlyMap<string, Resource>): readonly string[] {
  const own = nameAt(reference, byKey);
  if (own !== undefined) return [own];
  const role = byKey.get(asString(reference?.['reference']) ?? '');
  return ['practitioner', 'organization'].flatMap((part) => nameAt(asObject(role?.[part]), byKey) ?? []);
}

function nameAt(reference: Json | undefined, byKey: ReadonlyMap<string, Resource>): string | undefined {
  const target = byKey.get(asString(reference?.['reference']) ?? '');
  const [name] = asObjects(target?.['name']);
  const person = [name?.['given'], name?.['family']].flat().flatMap((part) => plainText(part) ?? []);
  return (
    plainText(target?.['name']) ??
    plainText(reference?.['display']) ??
    plainText(name?.['text']) ??
    plainText(asObjects(target?.['deviceName'])[0]?.['name']) ??
    (person.length > 0 ? person.join(' ') : undefined)
  );
}
