import type { Reading, Unread } from './entry.ts';
import { buildResolver } from './fhir/reference.ts';
import { resourceId, unread } from './fhir/statement.ts';
import type { ReadContext } from './read-context.ts';
import { whileRemembering } from './remember.ts';
import { ReferredTo } from './as-referred-to.ts';
import { ByAddress } from './by-address.ts';
import { readContained } from './contained-observations.ts';
import { asString, isResource, type Resource } from './resource.ts';
import { SECTIONS } from './sections/index.ts';
import type { Section } from './section.ts';
import { silenceOf } from './silence.ts';
import type { SourceId } from './source.ts';

/**
 * Reads what one source sent, page by page. Earlier pages' resources stay in the pool, so that a reference may lead
 * back to them. `read` never throws: a reader's own fault becomes an unread item, not the end of the record.
 */
export class ResourceReader {
  readonly #pool = new ByAddress<Resource>();
  readonly #referredTo = new ReferredTo();
  #byId: Map<string, Resource> | undefined;
  readonly #context: ReadContext;

  constructor(source: SourceId) {
    this.#context = { source, resolve: buildResolver({ get: (address) => this.#find(address) }) };
  }

  read(resources: readonly unknown[]): Reading {
    return whileRemembering(() => this.#readPage(resources));
  }

  #readPage(resources: readonly unknown[]): Reading {
    const known = resources.filter(isResource);
    const addresses = known.map(resourceId);
    known.forEach((resource, index) => this.#keep(resource, addresses[index]));
    const readings = known.map((resource) => readResource(resource, this.#context));
    // What a later page can ask of it; this page may ask anything of what came with it.
    known.forEach((resource, index) => {
      const slim = this.#referredTo.slim(resource);
      if (slim !== resource) this.#keep(slim, addresses[index]);
    });
    return together([...readings, notResources(resources.length - known.length, this.#context)]);
  }

  #keep(resource: Resource, id = resourceId(resource)): void {
    this.#pool.set(resource.resourceType, id, resource);
    if (this.#byId) index(this.#byId, resource);
  }

  /** By `Type/id`, or by `urn:uuid:` and the id alone, for which an index is made once somebody asks so. */
  #find(address: string): Resource | undefined {
    if (!address.startsWith(URN)) return this.#pool.get(address);
    if (!this.#byId) {
      this.#byId = new Map();
      for (const resource of this.#pool.values()) index(this.#byId, resource);
    }
    return this.#byId.get(address.slice(URN.length));
  }
}

const URN = 'urn:uuid:';

function index(byId: Map<string, Resource>, resource: Resource): void {
  const id = asString(resource['id']);
  if (id) byId.set(id, resource);
}

export function readResources(resources: readonly unknown[], source: SourceId): Reading {
  return new ResourceReader(source).read(resources);
}

/** The resource, and the Observations that lie inside it. */
function readResource(resource: Resource, context: ReadContext): Reading {
  const whole = readAlone(resource, context);
  if (resource['contained'] === undefined) return whole;
  const inside = guarded((holder) => readContained(holder, whole, context, readAlone), resource, context);
  return together([whole, inside]);
}

/**
 * What the section that claims the resource reads, and what others take from it beside that (`Section.take`). A resource
 * that leaves nothing behind without a named reason (`silence.ts`) is unread: no section can let one vanish.
 */
function readAlone(resource: Resource, context: ReadContext): Reading {
  const reading = guarded(claimed, resource, context);
  const takers = TAKERS_BY_TYPE.get(resource.resourceType);
  const all = takers ? together([reading, ...takers.map((taker) => guarded(taker, resource, context))]) : reading;
  const lost = all.entries.length === 0 && all.unread.length === 0 && silenceOf(resource) === undefined;
  return lost ? { entries: [], unread: [unread(resource, context, 'type-not-read')] } : all;
}

function together(readings: readonly Reading[]): Reading {
  return { entries: readings.flatMap((one) => one.entries), unread: readings.flatMap((one) => one.unread) };
}

type Reader = (resource: Resource, context: ReadContext) => Reading;

function claimed(resource: Resource, context: ReadContext): Reading {
  for (const section of SECTIONS_BY_TYPE.get(resource.resourceType) ?? []) {
    const reading = section.read(resource, context);
    if (reading) return reading;
  }
  return { entries: [], unread: silenceOf(resource) ? [] : [unread(resource, context, 'type-not-read')] };
}

function taken(section: Section): Reader {
  return (resource, context) => ({ entries: section.take?.(resource, context) ?? [], unread: [] });
}

/** A reader's own fault costs that one reading and is counted; what the other readers make of the resource stays. */
function guarded(reader: Reader, resource: Resource, context: ReadContext): Reading {
  try {
    return reader(resource, context);
  } catch {
    return {
      entries: [],
      unread: [unread({ resourceType: resource.resourceType, id: resource.id }, context, 'reader-fault')],
    };
  }
}

function notResources(count: number, { source }: ReadContext): Reading {
  const strange: Unread = { origin: { source, resource: '' }, resourceType: '', reason: 'not-a-resource' };
  return { entries: [], unread: Array.from({ length: count }, () => strange) };
}

const SECTIONS_BY_TYPE = byType((section) => section.reads);
const TAKERS_BY_TYPE: ReadonlyMap<string, readonly Reader[]> = new Map(
  [...byType((section) => section.takes ?? [])].map(([type, sections]) => [type, sections.map(taken)]),
);

function byType(typesOf: (section: Section) => readonly string[]): ReadonlyMap<string, readonly Section[]> {
  const sections = new Map<string, readonly Section[]>();
  for (const section of SECTIONS) {
    for (const type of typesOf(section)) sections.set(type, [...(sections.get(type) ?? []), section]);
  }
  return sections;
}
