import { readResources } from '../../src/record/read-resources.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { SourceTrouble, type SourceDocument } from '../../plugins/plugin.ts';
import { CorridorError, ERRORS, type ErrorCode } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import { startDeadline, untilAborted } from './deadline.ts';
import type { FederationDeps, OpenSource } from './deps.ts';

export type DocumentAsk = { readonly source: SourceId; readonly type: string; readonly id: string };

/**
 * The bytes of one document. Nothing of the earlier view is trusted: the person is found again, the reference is read
 * again from that source, its subject, labels and section are judged again; only then are the bytes fetched.
 */
export async function openDocument(
  ask: DocumentAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<SourceDocument> {
  const totalMs = deps.deadlineMs(ask.source) * 2;
  const deadline = startDeadline({ totalMs, idleMs: totalMs }, signal);
  try {
    const patientId = await untilAborted(findPerson(located, connection, deps, deadline.signal), deadline.signal);
    const reference = await untilAborted(readReference(ask, patientId, connection, deadline.signal), deadline.signal);
    if (!reference) throw new CorridorError('document.not_found', 'no such reference for this person');
    if (!deps.isAbout(reference, patientId))
      throw new CorridorError('source.wrong_patient', 'the reference is about somebody else');
    if (!mayBeShown(reference, ask, located, deps)) throw new CorridorError('access.refused', 'label or section');
    const document = await untilAborted(connection.fetchDocument(reference, deadline.signal), deadline.signal);
    if (!document) throw new CorridorError('document.not_found', 'not held at this source');
    return document;
  } catch (error) {
    if (deadline.passed && !(error instanceof CorridorError))
      throw new CorridorError('source.timeout', 'document', { cause: error });
    throw error instanceof SourceTrouble
      ? new CorridorError(knownCode(error.code), error.message, { cause: error })
      : error;
  } finally {
    deadline.end();
  }
}

const NOT_THIS_PERSON = {
  ambiguous: 'source.ambiguous',
  differs: 'source.details_differ',
  mismatch: 'source.wrong_patient',
} as const;

async function findPerson(
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<string> {
  const { patient } = located.request.session.context;
  const match = deps.match(patient, await connection.findPatients(patient.nhsNumber, signal));
  if (match.found === 'one') return match.patientId;
  if (match.found === 'none') throw new CorridorError('document.not_found', 'person not held');
  throw new CorridorError(NOT_THIS_PERSON[match.found], match.found);
}

async function readReference(
  ask: DocumentAsk,
  patientId: string,
  connection: OpenSource,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  for await (const page of connection.fetch({ patientId, types: [ask.type], ids: [ask.id] }, signal)) {
    const found = page.resources.find(
      (item): item is Resource => isResource(item) && item.resourceType === ask.type && item.id === ask.id,
    );
    if (found) return found;
    if (page.end?.state === 'failed') throw new SourceTrouble(page.end.code, 'reference');
    if (page.end?.state === 'withheld') throw new SourceTrouble('source.withheld', 'reference');
  }
  return undefined;
}

/** The same judgement as in the record: no label above the clearance, and in a section this reader may see. */
function mayBeShown(reference: Resource, ask: DocumentAsk, located: LocatedRequest, deps: FederationDeps): boolean {
  const sections = located.request.permitted.get(ask.source) ?? [];
  if (deps.redactor.judge(reference, { source: ask.source, sections }) !== 'shown') return false;
  const { entries } = readResources([reference], ask.source);
  return deps.redactor.cut(entries, { sections, restricted: false }).some(({ state }) => state !== 'in-error');
}

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'source.invalid_answer';
}
