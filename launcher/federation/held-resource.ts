import type { FindEncounter } from '../../src/record/fhir/encounter-units.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { SourceId } from '../../src/record/source.ts';
import { CorridorError, ERRORS, type ErrorCode } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import { startDeadline, untilAborted } from './deadline.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { Encounters } from './encounters.ts';
import { findPerson } from './find-person.ts';

/** One resource of one source, as the reader's page names it. */
export type HeldAsk = {
  readonly source: SourceId;
  readonly type: string;
  readonly id: string;
  /** Which of a document's parts, from nought. */
  readonly part?: number;
};

export type Held = {
  readonly resource: Resource;
  /** The person's id at this source. */
  readonly patientId: string;
  /** Everything the source holds about who this is. */
  readonly people: readonly unknown[];
  /** The encounters it was made in, where this source keeps things back by unit. */
  readonly encounter: FindEncounter;
};

/**
 * One resource, asked for again. Nothing of the earlier view is trusted: the person is found again, the resource is read
 * again from that source, and its subject is judged again.
 */
export async function readHeld(
  ask: HeldAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<Held> {
  const { patientId, people } = await untilAborted(findWhom(ask.source, located, connection, deps, signal), signal);
  const resource = await untilAborted(readResource(ask, patientId, connection, signal), signal);
  if (!resource) throw new CorridorError('document.not_found', 'no such reference for this person');
  if (!deps.isAbout(resource, patientId))
    throw new CorridorError('source.wrong_patient', 'the reference is about somebody else');
  const encounter = await findEncounters(ask.source, resource, patientId, connection, deps, signal);
  return { resource, patientId, people, encounter };
}

async function findEncounters(
  source: SourceId,
  resource: Resource,
  patientId: string,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<FindEncounter> {
  const encounters = new Encounters();
  if (!deps.redactor.needsEncounters?.(source)) return encounters.find;
  const isOwn = (one: Resource): boolean => deps.isAbout(one, patientId);
  try {
    await untilAborted(encounters.ask([resource], patientId, connection, isOwn, signal), signal);
  } catch (error) {
    // Without an answer they stay unknown, and the thing is judged so.
    if (signal.aborted || !(error instanceof SourceTrouble)) throw error;
  }
  return encounters.find;
}

/** Runs the asking within twice the source's own deadline: the person and the thing are two questions. */
export async function withinDeadline<T>(
  source: SourceId,
  deps: FederationDeps,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const totalMs = deps.deadlineMs(source) * 2;
  const deadline = startDeadline({ totalMs, idleMs: totalMs }, signal);
  try {
    return await ask(deadline.signal);
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

async function findWhom(
  source: SourceId,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<{ readonly patientId: string; readonly people: readonly unknown[] }> {
  const person = await findPerson(source, located, connection, deps, signal);
  if (person.found === 'one') return person;
  if (person.found === 'none') throw new CorridorError('document.not_found', 'person not held');
  throw new CorridorError(NOT_THIS_PERSON[person.found], person.found);
}

async function readResource(
  ask: HeldAsk,
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

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'source.invalid_answer';
}
