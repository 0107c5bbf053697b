import { readResources } from '../../src/record/read-resources.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import { asObject, asObjects, type Resource } from '../../src/record/resource.ts';
import type { SourceDocument } from '../../plugins/plugin.ts';
import { CorridorError } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import { untilAborted } from './deadline.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { readHeld, withinDeadline, type Held, type HeldAsk } from './held-resource.ts';

/**
 * The bytes of one document. The person is found again, the reference is read again from that source, its subject, labels
 * and section are judged again; only then are the bytes fetched.
 */
export async function openDocument(
  ask: HeldAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<SourceDocument> {
  return withinDeadline(ask.source, deps, signal, async (within) => {
    const held = await readHeld(ask, located, connection, deps, within);
    const { resource: reference } = held;
    if (!mayBeShown(held, ask, located, deps)) throw new CorridorError('access.refused', 'label or section');
    // A composition is its own document: what a person reads of it is the narrative within (FHIR R4 §2.42).
    if (reference.resourceType === 'Composition') return narrativeOf(reference);
    const wanted = onlyPart(reference, ask.part);
    const document = wanted && (await untilAborted(connection.fetchDocument(wanted, within), within));
    if (!document) throw new CorridorError('document.not_found', 'not held at this source');
    return document;
  });
}

/** The same judgement as in the record: no label above the clearance, and in a section this reader may see. */
export function mayBeShown(
  { resource: reference, encounter }: Held,
  ask: HeldAsk,
  located: LocatedRequest,
  deps: FederationDeps,
): boolean {
  const sections = located.request.permitted.get(ask.source) ?? [];
  if (deps.redactor.judge(reference, { source: ask.source, sections, encounter }) !== 'shown') return false;
  const { entries } = readResources([reference], ask.source);
  return deps.redactor.cut(entries, { sections, restricted: false }).some(({ state }) => state !== 'in-error');
}

function narrativeOf(composition: Resource): SourceDocument {
  return { contentType: 'application/fhir+json', bytes: new TextEncoder().encode(writeFhirJson(composition)) };
}

/** The reference with the one attachment that was asked for; its parts are counted as the record lists them. */
function onlyPart(reference: Resource, part: number | undefined): Resource | undefined {
  if (part === undefined) return reference;
  const element = reference.resourceType === 'DiagnosticReport' ? 'presentedForm' : 'content';
  const listed = asObjects(reference[element]).filter(
    (one) => element === 'presentedForm' || asObject(one['attachment']) !== undefined,
  );
  const wanted = listed[part];
  return wanted && { ...reference, [element]: [wanted] };
}
