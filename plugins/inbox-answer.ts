import type { DeliveryOutcome } from '../src/messages/delivery.ts';
import { asObject, asString, type Json } from '../src/record/resource.ts';

/** What came back on the connection a message was handed over on. */
export type Answer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
  /** The other side was asked to acknowledge later, by a message of its own. */
  readonly later: boolean;
};

/** What one standard makes of an answer's body. */
export type AnswerReader = {
  /** What a response message says of ours. Left out: the body is none, or its word does not count with this status. */
  response(body: Json | undefined, good: boolean): DeliveryOutcome | undefined;
  /** Why the content was refused for good. */
  refusal(body: Json | undefined): string;
};

/**
 * An empty answer proves something only where the other side was asked to acknowledge later. Whatever can't be read is
 * asked again: only a response message says that a system has what was sent.
 */
export function judgeAnswer({ status, retryAfter, text, later }: Answer, reader: AnswerReader): DeliveryOutcome {
  if (status === 401 || status === 403) return again('source.auth');
  const body = readJson(text);
  const good = status >= 200 && status < 300;
  const response = reader.response(body, good);
  if (response) return response;
  if (status === 202 || (good && text.trim() === '')) return later ? { outcome: 'accepted' } : again('inbox.unclear');
  if (good) return again('inbox.unclear');
  // R4 §2.7: content that is refused for good comes as 4xx with an OperationOutcome.
  if (status === 400 || status === 413 || status === 422) return { outcome: 'refused', code: reader.refusal(body) };
  return againAfter(status, retryAfter);
}

export function again(code: string): DeliveryOutcome & { readonly outcome: 'retry' } {
  return { outcome: 'retry', code };
}

/** The other side's own time, where it gave one that can be read. */
export function instantOf(value: unknown): string | undefined {
  const atMs = Date.parse(asString(value) ?? '');
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
}

const LONGEST_S = 3_600;

function againAfter(status: number, retryAfter: string | undefined): DeliveryOutcome {
  const seconds = Number(retryAfter);
  const afterMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, LONGEST_S) * 1_000 : undefined;
  return {
    ...again(status === 408 || status === 504 ? 'source.timeout' : 'source.unavailable'),
    ...(afterMs !== undefined && { afterMs }),
  };
}

function readJson(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // A login page, half a document: no answer.
    return undefined;
  }
}
