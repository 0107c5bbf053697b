import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../resource.ts';
import type { ReadContext } from '../read-context.ts';
import { readCode, readCoded } from './coding.ts';
import { readPeriod } from './date.ts';
import { nameText, plainText } from './text.ts';

const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#\s][^/?#]{0,127})(?:\/_history\/[^/]+)?$/;
/** With a scheme or a host of its own, or climbing: it leads, or may lead, out of this server. */
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|\\)|(?:^|\/)\.\.(?:\/|$)/i;

/**
 * The `Type/id` of a relative reference, whatever version stands behind it; contained, urn and absolute references have
 * none. A server's own addresses were made relative on the way in (`own-references.ts`), so what is still absolute is
 * another server's, where the same id means something else. Ids outside FHIR's alphabet (spaces, underscores) are real
 * and are kept. A bare id counts where the reference says of which type it is.
 */
export function localReference(reference: unknown): string | undefined {
  const literal = asString(asObject(reference)?.['reference']);
  if (literal === undefined || literal.startsWith('#') || ELSEWHERE.test(literal)) return undefined;
  const found = LITERAL.exec(literal)?.[1];
  if (found !== undefined || literal.includes('/')) return found;
  const type = asString(asObject(reference)?.['type']);
  return type === undefined ? undefined : `${type}/${literal}`;
}

/** Whether something of this type is referred to, at this server or at another. */
export function refersTo(reference: unknown, type: string): boolean {
  const object = asObject(reference);
  const literal = asString(object?.['reference']);
  return object?.['type'] === type || LITERAL.exec(literal ?? '')?.[1]?.startsWith(`${type}/`) === true;
}

/** What to call the thing referred to: the reference's own display, else the name inside the resource it leads to. */
export function readReferenceName(reference: unknown, context: ReadContext, within: Resource): string | undefined {
  const ref = asObject(reference);
  if (!ref) return undefined;
  const target = context.resolve(ref, within);
  if (target && isNoReason(target)) return undefined;
  const display = plainText(ref['display']);
  if (display !== undefined || !target) return display;
  // What a contained resource refers to with `#` is contained beside it, not inside it.
  return nameOf(target, context, asString(ref['reference'])?.startsWith('#') ? within : target);
}

/**
 * A diagnosis that its source has withdrawn or ruled out is no reason for anything, whatever the reference to it still
 * says, and one that nobody can interpret is none in plain words. It stands in its own section as what it is.
 */
function isNoReason(target: Resource): boolean {
  if (
    !['Condition', 'Observation', 'DiagnosticReport', 'Procedure', 'AllergyIntolerance'].includes(target.resourceType)
  )
    return false;
  const standing = readCode(target['verificationStatus']) ?? readCode(target['status']);
  return (
    standing === 'entered-in-error' ||
    standing === 'refuted' ||
    standing === 'not-done' ||
    target['modifierExtension'] !== undefined ||
    target['implicitRules'] !== undefined
  );
}

export function readReferenceNames(references: unknown, context: ReadContext, within: Resource): readonly string[] {
  return asObjects(references).flatMap((reference) => readReferenceName(reference, context, within) ?? []);
}

/** A display name for the resources that stand behind a statement: people, teams, places, products. */
export function nameOf(resource: Resource, context: ReadContext, within: Resource = resource): string | undefined {
  if (resource.resourceType === 'PractitionerRole') {
    const who = readPartName(resource['practitioner'], context, within);
    const role = readCoded(asObjects(resource['code'])[0])?.text;
    const where = readPartName(resource['organization'], context, within);
    const parts = [who, role, where].filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join(', ') : undefined;
  }
  if (
    resource.resourceType === 'Practitioner' ||
    resource.resourceType === 'RelatedPerson' ||
    resource.resourceType === 'Patient'
  ) {
    return readHumanName(resource['name']);
  }
  if (resource.resourceType === 'Observation') return observedName(resource);
  return (
    plainText(resource['name']) ?? readCoded(resource['code'])?.text ?? readCoded(asObjects(resource['type'])[0])?.text
  );
}

/** "Chest pain: No" is no chest pain: what was asked is never named without its answer. */
function observedName({ code, valueBoolean, valueCodeableConcept }: Resource): string | undefined {
  const yes = typeof valueBoolean === 'boolean' ? (valueBoolean ? 'Yes' : 'No') : undefined;
  const parts = [readCoded(code)?.text, readCoded(valueCodeableConcept)?.text ?? yes].filter(
    (part) => part !== undefined,
  );
  return parts.length > 0 ? parts.join(': ') : undefined;
}

/** A role that leads to a role, or round in a circle, is not followed. */
function readPartName(reference: unknown, context: ReadContext, within: Resource): string | undefined {
  const ref = asObject(reference);
  const target = ref && context.resolve(ref, within);
  return (
    plainText(ref?.['display']) ??
    (target && target.resourceType !== 'PractitionerRole' ? nameOf(target, context) : undefined)
  );
}

/** The usual name, as one line: text if given, else prefix, given and family. */
export function readHumanName(value: unknown): string | undefined {
  const name = preferredName(value);
  if (!name) return undefined;
  const text = nameText(name['text']);
  if (text) return text;
  const parts = [name['prefix'], name['given'], name['family']].flatMap((part) => nameText(part) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** `official` and `usual` before others; `old` and `maiden` never as the current name while another exists. */
export function preferredName(value: unknown): Json | undefined {
  const rank = (name: Json): number =>
    ['official', 'usual', undefined, 'temp', 'nickname', 'anonymous', 'maiden', 'old'].indexOf(
      name['use'] as string | undefined,
    );
  const names = asObjects(value).filter((name) => readPeriod(name['period'])?.end === undefined);
  return [...(names.length > 0 ? names : asObjects(value))].sort(
    (a, b) => ((rank(a) + 9) % 9) - ((rank(b) + 9) % 9),
  )[0];
}

export function asTexts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => plainText(item) ?? []);
}

/** A resolver over the resources of one answer: contained first, then `Type/id`, then `fullUrl` (urn:uuid and absolute). */
export function buildResolver(pool: Pick<ReadonlyMap<string, Resource>, 'get'>): ReadContext['resolve'] {
  return (reference, within) => {
    const literal = asString(reference?.['reference']);
    if (literal === undefined) return undefined;
    if (literal.startsWith('#')) {
      const contained = Array.isArray(within['contained']) ? within['contained'].filter(isResource) : [];
      return contained.find((resource) => resource.id === literal.slice(1));
    }
    const local = localReference(reference);
    return pool.get(literal) ?? (local === undefined ? undefined : pool.get(local));
  };
}
