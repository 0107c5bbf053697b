import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';

/**
 * The rules of the International Patient Summary that can be checked without its validator: FHIR R4 documents (§3.3),
 * Composition-uv-ips and the elements its profiles demand. Each complaint names the rule and where it was broken.
 */
export function checkIps(bundle: Resource): readonly string[] {
  const entries = asObjects(bundle['entry']);
  return [
    ...checkBundle(bundle, entries),
    ...checkComposition(entries),
    ...checkReferences(entries),
    ...checkFound(entries),
    ...entries.flatMap(({ resource }) => (isResource(resource) ? checkResource(resource) : [])),
  ];
}

function checkBundle(bundle: Resource, entries: readonly Json[]): readonly string[] {
  const urls = entries.map(({ fullUrl }) => asString(fullUrl));
  return complaints([
    [bundle['type'] === 'document', 'Bundle.type is not document'],
    [asObject(bundle['identifier'])?.['value'] !== undefined, 'bdl-9: a document has an identifier'],
    [asString(bundle['timestamp']) !== undefined, 'bdl-10: a document has a timestamp'],
    [typeOf(entries[0]) === 'Composition', 'bdl-11: a document starts with a Composition'],
    [urls.every((url) => url !== undefined), 'an entry has no fullUrl'],
    [new Set(urls).size === urls.length, 'bdl-7: a fullUrl stands twice'],
    [entries.every(({ resource }) => isResource(resource)), 'an entry has no resource'],
    [entries.filter((entry) => typeOf(entry) === 'Patient').length > 0, 'Bundle-uv-ips: no Patient'],
  ]);
}

/** LOINC codes of the sections of IPS 1.1 and 2.0. */
const SECTIONS: { readonly [code: string]: readonly string[] } = {
  '11450-4': ['Condition'],
  '48765-2': ['AllergyIntolerance'],
  '10160-0': ['MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense'],
  '11369-6': ['Immunization'],
  '30954-2': ['Observation', 'DiagnosticReport'],
  '47519-4': ['Procedure'],
  '46264-8': ['DeviceUseStatement'],
  '42348-3': ['Consent'],
  '104605-1': ['Flag'],
  '47420-5': ['Condition', 'ClinicalImpression', 'Observation'],
  '11348-0': ['Condition'],
  '10162-6': ['Observation'],
  '18776-5': ['CarePlan', 'DocumentReference'],
  '29762-2': ['Observation'],
  '8716-3': ['Observation'],
};
const REQUIRED = ['11450-4', '48765-2', '10160-0'];

function checkComposition(entries: readonly Json[]): readonly string[] {
  const composition = asObject(entries[0]?.['resource']) ?? {};
  const sections = asObjects(composition['section']);
  const codes = sections.map(codeOf);
  return [
    ...complaints([
      [hasLoinc(composition['type'], '60591-5'), 'Composition.type is not LOINC 60591-5'],
      ...['status', 'date', 'title'].map((name) => [composition[name] !== undefined, `Composition.${name}`] as const),
      [asObjects(composition['author']).length > 0, 'Composition.author'],
      [typeAt(composition['subject'], entries) === 'Patient', 'Composition.subject is no Patient of the document'],
      ...REQUIRED.map((code) => [codes.includes(code), `required section ${code} is missing`] as const),
      [new Set(codes).size === codes.length, 'a section stands twice'],
    ]),
    ...sections.flatMap((section) => checkSection(section, entries)),
  ];
}

function checkSection(section: Json, entries: readonly Json[]): readonly string[] {
  const code = codeOf(section);
  const items = asObjects(section['entry']);
  const allowed = SECTIONS[code];
  const strange = items.map((item) => typeAt(item, entries)).filter((type) => allowed && !allowed.includes(type ?? ''));
  return complaints([
    [asString(section['title']) !== undefined, `section ${code}: title`],
    [/^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml">.*<\/div>$/s.test(divOf(section)), `section ${code}: text.div`],
    [!/<script|<iframe|\son\w+=|javascript:/i.test(divOf(section)), `section ${code}: script in the narrative`],
    [items.length === 0 || section['emptyReason'] === undefined, `cmp-2: section ${code} is empty and is not`],
    // A section that is words alone may be one; the required ones must say why they hold no entry.
    [
      items.length > 0 || section['emptyReason'] !== undefined || !REQUIRED.includes(code),
      `section ${code} is empty without a reason`,
    ],
    [strange.length === 0, `section ${code} holds ${strange.join(', ')}`],
  ]);
}

/** Every reference of the form of a resource leads somewhere in the document, to what is contained, or is a display. */
function checkReferences(entries: readonly Json[]): readonly string[] {
  const known = new Set(entries.flatMap(({ fullUrl, resource }) => [asString(fullUrl), keyOf(resource)]));
  return entries.flatMap(({ resource }) => {
    const contained = new Set(asObjects(asObject(resource)?.['contained']).map(({ id }) => `#${String(id)}`));
    return referencesIn(resource)
      .filter((reference) => !known.has(reference) && !contained.has(reference))
      .map((reference) => `${keyOf(resource)} refers to ${reference}, which is not in the document`);
  });
}

/** FHIR R4 §3.3.1: what is in a document is reached from its Composition (a Provenance points the other way). */
function checkFound(entries: readonly Json[]): readonly string[] {
  const byUrl = new Map(
    entries.flatMap((entry) => [
      [String(entry['fullUrl']), entry] as const,
      [keyOf(entry['resource']), entry] as const,
    ]),
  );
  const found = new Set<Json>();
  const visit = (entry: Json | undefined): void => {
    if (!entry || found.has(entry)) return;
    found.add(entry);
    for (const reference of referencesIn(entry['resource'])) visit(byUrl.get(reference));
  };
  visit(entries[0]);
  for (const entry of entries) if (typeOf(entry) === 'Provenance') visit(entry);
  return entries.filter((entry) => !found.has(entry)).map((entry) => `${keyOf(entry['resource'])} is not reached`);
}

/** What the IPS profiles demand; `x` stands for a choice, and a value may be said to be absent. */
const DEMANDED: { readonly [type: string]: readonly string[] } = {
  Patient: ['name', 'birthDate'],
  Condition: ['code', 'subject'],
  AllergyIntolerance: ['code', 'patient'],
  MedicationStatement: ['status', 'medication[x]', 'subject', 'effective[x]'],
  MedicationRequest: ['status', 'intent', 'medication[x]', 'subject'],
  MedicationDispense: ['status', 'medication[x]', 'subject'],
  Immunization: ['status', 'vaccineCode', 'patient', 'occurrence[x]'],
  Procedure: ['status', 'code', 'subject', 'performed[x]'],
  Observation: ['status', 'code', 'subject', 'effective[x]'],
  DiagnosticReport: ['status', 'code', 'subject'],
  DeviceUseStatement: ['status', 'subject', 'timing[x]', 'device'],
  Flag: ['status', 'code', 'subject'],
  CarePlan: ['status', 'intent', 'subject'],
  Organization: ['name'],
  Provenance: ['target', 'recorded', 'agent'],
};

function checkResource(resource: Resource): readonly string[] {
  const key = keyOf(resource);
  const missing = (DEMANDED[resource.resourceType] ?? [])
    .filter((element) => !isStated(resource, element))
    .map((element) => `${key}: ${element} is missing`);
  return [...missing, ...checkWhole(resource, key), ...checkAbsentCodes(resource, key)];
}

function isStated(resource: Resource, element: string): boolean {
  const name = element.replace('[x]', '');
  return Object.keys(resource).some((key) => {
    const bare = key.replace(/^_/, '');
    return element.endsWith('[x]') ? bare.startsWith(name) && /^[A-Z]/.test(bare.slice(name.length)) : bare === name;
  });
}

/** FHIR R4 §2.6: nothing empty and nothing null; ids have their form. */
function checkWhole(resource: Resource, key: string): readonly string[] {
  const text = JSON.stringify(resource);
  return complaints([
    [
      !/[[{]\s*[\]}]|:""/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, (word) => (word === '""' ? word : '"x"'))),
      `${key}: an empty element`,
    ],
    [!/:null/.test(text), `${key}: a null`],
    [resource.id === undefined || /^[A-Za-z0-9\-.]{1,64}$/.test(asString(resource.id) ?? ''), `${key}: id`],
  ]);
}

const ABSENT_UNKNOWN = /\/absent-unknown-uv-ips$/;
const ABSENT_CODES = [
  'no-allergy-info',
  'no-known-allergies',
  'no-known-medication-allergies',
  'no-known-environmental-allergies',
  'no-known-food-allergies',
  'no-device-info',
  'no-known-devices',
  'no-immunization-info',
  'no-known-immunizations',
  'no-medication-info',
  'no-known-medications',
  'no-problem-info',
  'no-known-problems',
  'no-procedure-info',
  'no-known-procedures',
];

function checkAbsentCodes(resource: Resource, key: string): readonly string[] {
  const codings = [resource['code'], resource['medicationCodeableConcept'], resource['vaccineCode']].flatMap(
    (concept) => asObjects(asObject(concept)?.['coding']),
  );
  return codings
    .filter(({ system, code }) => ABSENT_UNKNOWN.test(String(system)) && !ABSENT_CODES.includes(String(code)))
    .map(({ code }) => `${key}: ${String(code)} is no absent-or-unknown code`);
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const object = asObject(value);
  if (!object) return [];
  return Object.entries(object).flatMap(([name, child]) =>
    name === 'reference' && typeof child === 'string' ? [child] : referencesIn(child),
  );
}

function typeAt(reference: unknown, entries: readonly Json[]): string | undefined {
  const literal = asString(asObject(reference)?.['reference']);
  return typeOf(entries.find(({ fullUrl, resource }) => fullUrl === literal || keyOf(resource) === literal));
}

function typeOf(entry: Json | undefined): string | undefined {
  return asString(asObject(entry?.['resource'])?.['resourceType']);
}

function keyOf(resource: unknown): string {
  const object = asObject(resource);
  return `${String(object?.['resourceType'])}/${String(object?.['id'])}`;
}

function codeOf(section: Json): string {
  return String(asObjects(asObject(section['code'])?.['coding'])[0]?.['code']);
}

function hasLoinc(concept: unknown, code: string): boolean {
  return asObjects(asObject(concept)?.['coding']).some((c) => c['system'] === 'http://loinc.org' && c['code'] === code);
}

function divOf(section: Json): string {
  return asString(asObject(section['text'])?.['div']) ?? '';
}

function complaints(rules: readonly (readonly [boolean, string])[]): readonly string[] {
  return rules.filter(([kept]) => !kept).map(([, complaint]) => complaint);
}
