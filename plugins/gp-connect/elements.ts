import { ownReferences } from '../../src/record/fhir/own-references.ts';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { adaptConcept } from './concepts.ts';

/** What changes in every element of every resource, whatever its type: references, concepts, extensions of GP Connect. */
const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';

/** GP Connect's STU3 extensions that have a UK Core R4 form, by the end of their address. Every other stays as it is. */
const EXTENSIONS: readonly (readonly [end: RegExp, name: string])[] = [
  [/Extension-CareConnect-(GPC-)?NHSNumberVerificationStatus-1$/, 'NHSNumberVerificationStatus'],
  [/Extension-CareConnect-(GPC-)?EthnicCategory-1$/, 'EthnicCategory'],
  [/Extension-CareConnect-(GPC-)?NHSCommunication-1$/, 'NHSCommunication'],
  [/Extension-CareConnect-(GPC-)?VaccinationProcedure-1$/, 'VaccinationProcedure'],
  [/Extension-CareConnect-(GPC-)?ParentPresent-1$/, 'ParentPresent'],
  [/Extension-CareConnect-(GPC-)?MedicationStatementLastIssueDate-1$/, 'MedicationStatementLastIssueDate'],
  [/Extension-CareConnect-(GPC-)?MedicationRepeatInformation-1$/, 'MedicationRepeatInformation'],
  [/Extension-CareConnect-(GPC-)?AllergyIntoleranceEnd-1$/, 'AllergyIntoleranceEnd'],
];

/** STU3 types that R4 calls otherwise. */
const RENAMED: { readonly [type: string]: string } = {
  ProcedureRequest: 'ServiceRequest',
  ReferralRequest: 'ServiceRequest',
};

export function renamedType(type: string): string {
  return RENAMED[type] ?? type;
}

export function adaptElements(base: string): (resource: Json) => Json {
  const own = ownReferences(base);
  return (resource) => walk(own.makeRelative(resource)) as Json;
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walk);
  const object = asObject(value);
  if (!object) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(object)) {
    if (name === 'reference' && typeof child === 'string') copy[name] = adaptReference(child);
    else if (name === 'extension')
      copy[name] = asObjects(child).map((extension) => adaptExtension(walk(extension) as Json));
    else copy[name] = walk(child);
  }
  return Array.isArray(copy['coding']) ? adaptConcept(copy) : copy;
}

function adaptReference(literal: string): string {
  const [, type = '', rest = ''] = /^(ProcedureRequest|ReferralRequest)\/(.+)$/.exec(literal) ?? [];
  return type === '' ? literal : `${renamedType(type)}/${rest}`;
}

function adaptExtension(extension: Json): Json {
  const url = asString(extension['url']) ?? '';
  const known = EXTENSIONS.find(([end]) => end.test(url));
  return known ? { ...extension, url: `${UK_CORE}${known[1]}` } : extension;
}

/** Splits what has this extension from the rest of an element's extensions. */
export function takeExtensions(element: Json, end: RegExp): { readonly found: readonly Json[]; readonly rest: Json } {
  const all = asObjects(element['extension']);
  const found = all.filter((extension) => end.test(asString(extension['url']) ?? ''));
  if (found.length === 0) return { found, rest: element };
  const { extension: _extension, ...rest } = element;
  const others = all.filter((extension) => !found.includes(extension));
  return { found, rest: others.length > 0 ? { ...rest, extension: others } : rest };
}

/** The element under another name; what R4 already has under that name stays. */
export function rename(resource: Json, names: { readonly [from: string]: string }): Json {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(resource)) {
    const to = names[name];
    if (to === undefined) copy[name] = value;
    else if (resource[to] === undefined) copy[to] = value;
  }
  return copy;
}

/** `requester.agent` and `performer.actor` of STU3 are plain references in R4; on whose behalf stays as an extension. */
export function partyOf(value: unknown): unknown {
  const party = asObject(value);
  return party?.['agent'] ?? party?.['actor'] ?? value;
}

export function asList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
