import type { Caution, Entry, EntryId, EntryState, Link, Reading, SecurityLabel, Unread } from '../entry.ts';
import type { Origin } from '../origin.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, asString, type Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';
import { isMasked } from './absent-unknown.ts';
import type { Coded } from './coding.ts';
import { readDate } from './date.ts';
import { modifierCautions } from './modifiers.ts';
import { readRecordedBy } from './recorded-by.ts';
import { localReference, readReferenceName, refersTo } from './reference.ts';
import { plainText, readNotes } from './text.ts';

/** The parts every entry has, read the same way in every section. Sections add what is theirs. */
export type Statement = Pick<Entry, 'id' | 'section' | 'origin' | 'cautions' | 'labels' | 'notes' | 'links'>;

/** Elements that name who said it, in the order in which they are believed. */
const AUTHORS = [
  'recorder',
  'asserter',
  'author',
  'performer',
  'requester',
  'informationSource',
  'source',
  'participant',
] as const;

export function readStatement(
  resource: Resource,
  context: ReadContext,
  section: SectionId,
  extra: readonly Caution[] = [],
): Statement {
  const cautions = [...modifierCautions(resource), ...extra];
  return {
    id: entryIdOf(resource, context),
    section,
    origin: readOrigin(resource, context),
    cautions: cautions.length > 1 ? [...new Set(cautions)] : cautions,
    labels: readLabels(resource),
    notes: readNotes(resource['note']),
    links: readLinks(resource, context),
  };
}

export function entryIdOf(resource: Resource, context: ReadContext, part?: string | number): EntryId {
  return `${context.source}/${resourceKey(resource)}${part === undefined ? '' : `#${part}`}` as EntryId;
}

export function readOrigin(resource: Resource, context: ReadContext): Origin {
  const meta = asObject(resource['meta']);
  const version = plainText(meta?.['versionId']);
  const lastUpdated = readDate(meta?.['lastUpdated']);
  const by = readFirstAuthor(resource, context);
  const onBehalfOf = readRecordedBy(resource);
  const origin: { -readonly [part in keyof Origin]: Origin[part] } = {
    source: context.source,
    resource: resourceKey(resource),
  };
  if (version) origin.version = version;
  if (lastUpdated) origin.lastUpdated = lastUpdated;
  if (by) origin.by = by;
  if (onBehalfOf) origin.onBehalfOf = onBehalfOf;
  return origin;
}

/** One statement and no complaint. */
export function read<E extends Entry>(...entries: readonly E[]): Reading<E> {
  return { entries, unread: [] };
}

/** A resource of this section that lacks what it must have: it is counted and shown as unread, never guessed at. */
export function unreadable(resource: Resource, context: ReadContext, element: string): Reading<never> {
  return {
    entries: [],
    unread: [unread(resource, context, 'must-have-missing', `${resource.resourceType}.${element}`)],
  };
}

export function unread(resource: Resource, context: ReadContext, reason: Unread['reason'], element?: string): Unread {
  return {
    origin: readOrigin(resource, context),
    resourceType: resource.resourceType,
    reason,
    ...(element && { element }),
  };
}

/** A state by the source's own status word; a word not in the table, or none, is unknown. */
export function stateBy(status: string | undefined, states: { readonly [status: string]: EntryState }): EntryState {
  return (status !== undefined && Object.hasOwn(states, status) ? states[status] : undefined) ?? 'unknown';
}

/** The caution a status word carries by this table, if any. */
export function cautionsBy(
  status: string | undefined,
  cautions: { readonly [status: string]: Caution },
): readonly Caution[] {
  const caution = status !== undefined && Object.hasOwn(cautions, status) ? cautions[status] : undefined;
  return caution ? [caution] : [];
}

/** The cautions for a concept whose own text and display differ, and for one that the source keeps back. */
export function codedCautions(...concepts: readonly (Coded | undefined)[]): readonly Caution[] {
  return [
    ...(concepts.some((concept) => concept?.disagrees) ? (['text-differs'] as const) : []),
    ...(concepts.some((concept) => concept && isMasked(concept)) ? (['value-missing'] as const) : []),
  ];
}

/** `Type/id`; a source that leaves ids out gets one made from the content, the same for the same content. */
export function resourceKey(resource: Resource): string {
  return `${resource.resourceType}/${resourceId(resource)}`;
}

/** The second half of its key. */
export function resourceId(resource: Resource): string {
  return asString(resource['id']) ?? `~${contentHash(contentOf(resource))}`;
}

/** Nesting that cannot be written out (a bomb, a circle) has no content to name it by; it must not end the record. */
function contentOf(resource: Resource): string {
  try {
    return JSON.stringify(resource);
  } catch {
    return Object.keys(resource).sort().join(',');
  }
}

/** Who is believed first; the others are not looked for. Whoever a request asks to act is not who made it. */
function readFirstAuthor(resource: Resource, context: ReadContext): string | undefined {
  for (const element of AUTHORS) {
    if (element === 'performer' && resource.resourceType.endsWith('Request')) continue;
    const name = readAuthor(resource[element], context, resource, element === 'participant' ? NO_AUTHORS : PATIENT);
    if (name !== undefined) return name;
  }
  return undefined;
}

const PATIENT = ['Patient'] as const;
/** A room, a service and who came along took part, and said nothing. */
const NO_AUTHORS = [...PATIENT, 'Location', 'HealthcareService', 'Device', 'RelatedPerson'] as const;

function readAuthor(
  value: unknown,
  context: ReadContext,
  resource: Resource,
  others: readonly string[],
): string | undefined {
  for (const item of asObjects(value)) {
    const reference = asObject(item['actor']) ?? asObject(item['individual']) ?? asObject(item['member']) ?? item;
    if (others.some((type) => refersTo(reference, type))) continue;
    const name = readReferenceName(reference, context, resource);
    if (name) return name;
  }
  return undefined;
}

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/** Labels of the resource (meta.security), and of the document it stands for (DocumentReference, Composition). */
function readLabels(resource: Resource): readonly SecurityLabel[] {
  const security = asObject(resource['meta'])?.['security'];
  const confidentiality = asString(resource['confidentiality']);
  // Most say nothing of it.
  if (security === undefined && resource['securityLabel'] === undefined && confidentiality === undefined) return [];
  const document = asObjects(resource['securityLabel']).flatMap((concept) => asObjects(concept['coding']));
  const stated = [...asObjects(security), ...document].flatMap((label) => {
    const code = asString(label['code']);
    return code ? [`${asString(label['system']) ?? ''}|${code}`] : [];
  });
  return [...new Set([...stated, ...(confidentiality ? [`${CONFIDENTIALITY}|${confidentiality}`] : [])])];
}

const LINKS: readonly (readonly [element: string, rel: Link['rel']])[] = [
  ['encounter', 'encounter'],
  ['context', 'encounter'],
  ['result', 'result'],
  ['reasonReference', 'problem'],
  ['basedOn', 'request'],
  ['replaces', 'replaces'],
  ['priorPrescription', 'replaces'],
  ['priorRequest', 'replaces'],
];

function readLinks(resource: Resource, context: ReadContext): readonly Link[] {
  const links = elementLinks(resource, context);
  return resource['relatesTo'] === undefined ? links : [...links, ...replacedDocuments(resource, context)];
}

/** DocumentReference and Composition: `relatesTo` says what a document does to another; only `replaces` ends that other. */
function replacedDocuments(resource: Resource, context: ReadContext): readonly Link[] {
  return asObjects(resource['relatesTo'])
    .filter((relation) => relation['code'] === 'replaces')
    .flatMap((relation) => linksTo('replaces', relation['target'] ?? relation['targetReference'], context, resource));
}

function elementLinks(resource: Resource, context: ReadContext): readonly Link[] {
  const links: Link[] = [];
  // A plain loop: most resources have one of these elements or none, and all are asked for every one.
  for (const [element, rel] of LINKS) {
    if (resource[element] === undefined) continue;
    for (const reference of asObjects(resource[element])) {
      const direct = linksTo(rel, reference, context, resource);
      links.push(...(direct.length > 0 ? direct : linksTo(rel, reference['encounter'], context, resource)));
    }
  }
  return links;
}

/**
 * Links to what these references lead to. A `urn:uuid:` reference is followed to the resource that came with it; a
 * contained resource has no address of its own and gives none.
 */
export function linksTo(
  rel: Link['rel'],
  references: unknown,
  context: ReadContext,
  within: Resource,
): readonly Link[] {
  return asObjects(references).flatMap((reference) => {
    const literal = asString(reference['reference']);
    if (literal === undefined || literal.startsWith('#')) return [];
    const target = localReference(reference) === undefined ? context.resolve(reference, within) : undefined;
    const to = localReference(reference) ?? (target && resourceKey(target));
    return to ? [{ rel: relTo(rel, to), to }] : [];
  });
}

/** A reason may be a report or a letter rather than a problem: the link says what it leads to. */
function relTo(rel: Link['rel'], to: string): Link['rel'] {
  if (rel !== 'problem') return rel;
  return to.startsWith('DiagnosticReport/') ? 'report' : to.startsWith('DocumentReference/') ? 'document' : rel;
}

/** Two 32-bit FNV-1a halves: enough to tell a source's id-less resources apart, and pure. */
function contentHash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return ((a >>> 0).toString(16) + (b >>> 0).toString(16)).padStart(16, '0');
}
