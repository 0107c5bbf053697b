import type { Urgency } from '../../src/messages/thread.ts';
import { asObject } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';

/** What a page asks for, as far as its shape goes. Whether it may is decided elsewhere. */
export type Draft = {
  readonly id: string;
  readonly about?: { readonly source: SourceId; readonly resource: string };
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly urgency: Urgency;
  readonly dueAt?: string;
  /** The number of the resident as it was shown to the writer. */
  readonly patient: string;
};

export type RequestedAct = { readonly id: string; readonly version: number } & (
  | { readonly kind: 'reply'; readonly body: string }
  | { readonly kind: 'reassign'; readonly to: string }
  | { readonly kind: 'take' | 'close' | 'reopen' }
);

/** Letters are compared by code: no limit of ours is larger than these. */
const MOST_SUBJECT = 200;
const MOST_BODY = 65_536;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ADDRESS = /^[A-Z0-9]{3,10}\/[a-z0-9][a-z0-9-]{0,68}(?:\/[A-Za-z0-9._-]{1,64})?$/;
const RESOURCE = /^[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9\-.]{1,64}$/;
const SOURCE = /^[a-z0-9][a-z0-9-]{0,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const MOST_OPENED = 200;
/** No time an answer is asked for lies further off. */
const FURTHEST_MS = 366 * 86_400_000;

export function parseDraft(given: unknown, nowMs: number): Draft {
  const body = asObject(given);
  const urgency = body?.['urgency'];
  if (!body || (urgency !== 'routine' && urgency !== 'urgent')) throw invalid('urgency');
  const about = body['about'] === undefined ? undefined : parseAbout(body['about']);
  const dueAt = body['dueAt'] === undefined ? undefined : parseDue(body['dueAt'], nowMs);
  return {
    id: parseId(body['id']),
    to: matching(body['to'], ADDRESS, 'to'),
    subject: text(body['subject'], MOST_SUBJECT, 'subject'),
    body: text(body['body'], MOST_BODY, 'body'),
    urgency,
    patient: matching(body['patient'], /^[\d ]{10,14}$/, 'patient').replaceAll(' ', ''),
    ...(about && { about }),
    ...(dueAt !== undefined && { dueAt }),
  };
}

export function parseAct(kind: RequestedAct['kind'], given: unknown): RequestedAct {
  const body = asObject(given);
  const version = body?.['version'];
  if (!Number.isSafeInteger(version) || (version as number) < 1) throw invalid('version');
  const shared = { id: parseId(body?.['id']), version: version as number };
  if (kind === 'reply') return { ...shared, kind, body: text(body?.['body'], MOST_BODY, 'body') };
  if (kind === 'reassign') return { ...shared, kind, to: matching(body?.['to'], ADDRESS, 'to') };
  return { ...shared, kind };
}

export function parseOpened(given: unknown): readonly string[] {
  const ids: unknown = asObject(given)?.['messages'];
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_OPENED) throw invalid('messages');
  return ids.map((id) => parseId(id));
}

function parseId(id: unknown): string {
  return matching(id, UUID, 'id');
}

function parseAbout(given: unknown): NonNullable<Draft['about']> {
  const about = asObject(given);
  return {
    source: matching(about?.['source'], SOURCE, 'about.source') as SourceId,
    resource: matching(about?.['resource'], RESOURCE, 'about.resource'),
  };
}

function parseDue(given: unknown, nowMs: number): string {
  // Without its zone a time is another one at each server (FHIR R4 §2.24.0.1 dateTime).
  const at = typeof given === 'string' && INSTANT.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at) || at <= nowMs || at > nowMs + FURTHEST_MS) throw invalid('dueAt');
  return new Date(at).toISOString();
}

function matching(given: unknown, shape: RegExp, field: string): string {
  if (typeof given !== 'string' || !shape.test(given)) throw invalid(field);
  return given;
}

/** Plain text: line ends and tabs stay, every other control character is refused. */
function text(given: unknown, most: number, field: string): string {
  if (typeof given !== 'string' || given.trim() === '') throw invalid(field);
  if (given.length > most) throw new CorridorError('message.too_long', field);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(given)) throw invalid(field);
  return given.trim();
}

function invalid(field: string): CorridorError {
  return new CorridorError('request.invalid', field);
}
