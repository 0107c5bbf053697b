import { asObject, asString, type Json } from '../src/record/resource.ts';
import type { ContextSignal, HostContext, HostEvidence, HostPatient, LostReason } from './host-port.ts';

/**
 * The wire of the browser half: one JSON object per message, the same through postMessage, a web view's bridge and the
 * launcher's channel. Whoever receives checks the origin and the source first; whoever sends names the origin.
 */
export type Envelope = {
  readonly corridor: 1;
  /** Unique among the sender's messages. */
  readonly id: string;
  /** The message this answers. */
  readonly re?: string;
  readonly launchId: string;
  readonly epoch: number;
  readonly type: string;
  readonly payload: Json;
};

/** Longer than any message of the contract; what is longer is not one. */
const LONGEST_TEXT = 2_048;

/** A message of the contract, or nothing: what is not one is ignored without an answer. */
export function parseEnvelope(data: unknown): Envelope | undefined {
  const value = asObject(typeof data === 'string' ? parseText(data) : data);
  const id = shortText(value?.['id']);
  const re = value?.['re'];
  const launchId = shortText(value?.['launchId']);
  const type = shortText(value?.['type']);
  const payload = asObject(value?.['payload'] ?? {});
  const epoch = value?.['epoch'];
  if (value?.['corridor'] !== 1 || id === undefined || launchId === undefined || type === undefined || !payload)
    return undefined;
  if (typeof epoch !== 'number' || !Number.isSafeInteger(epoch) || epoch < 0) return undefined;
  if (re !== undefined && shortText(re) === undefined) return undefined;
  return { corridor: 1, id, launchId, epoch, type, payload, ...(typeof re === 'string' && { re }) };
}

/** The context a host says; undefined when it is not whole. */
export function readContext(message: Envelope, evidence: HostEvidence): HostContext | undefined {
  const { payload, epoch, launchId } = message;
  const patient = payload['patient'] === null ? null : readPatient(asObject(payload['patient']));
  const assertedAt = shortText(payload['assertedAt']);
  const expiresAt = shortText(payload['expiresAt']);
  const encounterId = shortText(payload['encounterId']);
  const ticket = shortText(payload['ticket']);
  if (assertedAt === undefined || Number.isNaN(Date.parse(assertedAt))) return undefined;
  return {
    epoch,
    launchId,
    evidence,
    assertedAt,
    ...(patient !== undefined && { patient }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(encounterId !== undefined && { encounterId }),
    ...(ticket !== undefined && { ticket }),
  };
}

/** A `change`, `closing` or `lost` message as the signal it is. A `change` that can't be read is a loss, never nothing. */
export function readSignal(message: Envelope, evidence: HostEvidence): ContextSignal | undefined {
  const { type, epoch, payload } = message;
  if (type === 'closing') return { type, epoch };
  if (type === 'lost') return { type, epoch, reason: readReason(payload['reason']) };
  if (type !== 'change') return undefined;
  const context = readContext(message, evidence);
  return context ? { type, context } : { type: 'lost', epoch, reason: 'mismatch' };
}

function readReason(value: unknown): LostReason {
  const known: readonly LostReason[] = ['socket', 'expired', 'host-gone', 'mismatch', 'logout', 'locked'];
  return known.find((reason) => reason === value) ?? 'host-gone';
}

function readPatient(value: Json | undefined): HostPatient | undefined {
  if (!value) return undefined;
  const [nhsNumber, birthDate, family, localId] = ['nhsNumber', 'birthDate', 'family', 'localId'].map((name) =>
    shortText(value[name]),
  );
  return {
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(birthDate !== undefined && { birthDate }),
    ...(family !== undefined && { family }),
    ...(localId !== undefined && { localId }),
  };
}

function shortText(value: unknown): string | undefined {
  const text = asString(value);
  return text !== undefined && text.length <= LONGEST_TEXT ? text : undefined;
}

function parseText(text: string): unknown {
  if (text.length > 16 * LONGEST_TEXT) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Anybody may post anything at a window: what is not JSON is not for us.
    return undefined;
  }
}
