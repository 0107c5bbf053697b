import type { StoredLeaf } from './verify-log.ts';

/**
 * The columns beside a leaf are what lists and reports are made from; no hash covers them, so each must say what the event
 * says. Looked for in the canonical text, which has one spelling: no parsing, so that a long log is read fast. Events of a
 * kind have their fields in the same places, so each is looked for first where the last was found. What a kind of event
 * does not tell at all (the request of a launch, the reader's organisation in an alarm) nothing can be held against.
 */
export function columnThatDiffers(row: StoredLeaf): string | undefined {
  const { body, type, at, user_key, nhs_number } = row;
  const hints = hintsFor(type);
  if (find(body, momentText(row, hints.at), hints.at) < 0)
    return body.includes(`"recorded":"${at}"`) ? 'outcome or code' : 'at';
  if (find(body, trailText(row, hints.trail), hints.trail) < 0) return trailThatDiffers(row);
  if (user_key !== null && !tellsReader(row, hints.reader)) return 'role or purpose';
  return (
    differs(body, PATIENT, nhs_number, 'nhs_number', hints.patient, true) ??
    differs(body, ORGANISATION, row.organisation, 'organisation', hints.place, !WITHOUT_ORGANISATION.has(type)) ??
    differs(body, SOURCE, row.source, 'source', hints.giver, false) ??
    differs(body, REQUEST, row.request_id, 'request_id', hints.request, false)
  );
}

const PATIENT = '/nhs-number","value":';
const ORGANISATION = '/ods-organization-code","value":';
const SOURCE = 'who":{"display":';
const REQUEST = 'rfc:4122","value":';
/** These name the source or the launcher and the reader, and not where the reader works. */
const WITHOUT_ORGANISATION = new Set([
  'source.wrong_patient',
  'source.details_differ',
  'alert.moved',
  'objection.recorded',
  'objection.ended',
  'audit.read',
  'notice.told',
  'notice.refused',
]);

/** Whether the event names another, or names one where the column has none; `told`: whether it must name it. */
function differs(
  body: string,
  field: string,
  value: string | null,
  column: string,
  hint: Hint,
  told: boolean,
): string | undefined {
  if (value !== null && names(body, field, valueText(value, hint), hint)) return undefined;
  return (value !== null && told) || body.includes(`${field}"`) ? column : undefined;
}

/** Looked for in two pieces where it was found last: joined, each event's own text would be made anew. */
function names(body: string, field: string, text: string, hint: Hint): boolean {
  const guess = body.length - hint.fromEnd;
  if (standsAt(body, field, guess) && standsAt(body, text, guess + field.length)) return true;
  return find(body, field + text, hint) >= 0;
}

/** The same value comes many times in a row: its text is made once. */
function valueText(value: string, hint: Hint): string {
  if (hint.value !== value) {
    hint.value = value;
    hint.text = JSON.stringify(value);
  }
  return hint.text ?? '';
}

/** What became of it, and when. The events of one view tell the same, and so the text of the last is kept. */
function momentText(row: StoredLeaf, hint: Hint): string {
  const { last } = hint;
  if (last?.at === row.at && last.outcome === row.outcome && last.code === row.code) return hint.text ?? '';
  hint.last = row;
  hint.text = `${outcomeText(row)},"recorded":"${row.at}"`;
  return hint.text;
}

/** FHIR audit-event-outcome: 0 success, 4 minor failure, 8 serious failure. */
function outcomeText({ type, outcome, code }: StoredLeaf): string {
  if (outcome === 'success') return '"outcome":"0"';
  const grave = outcome === 'refused' || type === 'launch.refused';
  return `"outcome":"${grave ? '8' : '4'}","outcomeDesc":${JSON.stringify(code ?? outcome)}`;
}

/** The trail's own extension, from its first field to its end. */
function trailText(row: StoredLeaf, hint: Hint): string {
  if (hint.last && sameTrail(hint.last, row)) return hint.text ?? '';
  hint.last = row;
  hint.text = makeTrailText(row);
  return hint.text;
}

function sameTrail(a: StoredLeaf, b: StoredLeaf): boolean {
  return (
    a.type === b.type &&
    a.view_id === b.view_id &&
    a.launch_id === b.launch_id &&
    a.user_key === b.user_key &&
    a.code === b.code &&
    a.detail === b.detail
  );
}

function makeTrailText(row: StoredLeaf): string {
  const { launch_id, view_id, code, detail } = row;
  return `${trailStart(row)}${part('launch', launch_id)}${part('view', view_id)}${part('code', code)}${part('detail', detail)}],"url":"urn:corridor:audit-trail"`;
}

function trailStart({ type, user_key }: StoredLeaf): string {
  return `{"url":"type","valueString":"${type}"}${userText(user_key)}`;
}

function part(url: string, value: string | null): string {
  return value === null ? '' : `,{"url":"${url}","valueString":${JSON.stringify(value)}}`;
}

function trailThatDiffers(row: StoredLeaf): string {
  const start = row.body.indexOf(trailStart(row));
  if (start < 0) return 'type or user_key';
  const unsaid = row.user_key === null && row.body.startsWith(',{"url":"user"', start + trailStart(row).length);
  return unsaid ? 'user_key' : 'launch_id, view_id, code or detail';
}

let lastUser: { readonly key: string; readonly text: string } | undefined;

function userText(key: string | null): string {
  if (key === null) return '';
  if (lastUser?.key !== key) lastUser = { key, text: part('user', key) };
  return lastUser.text;
}

/** v3 ActReason of the purposes that have one. */
const PURPOSES: { readonly [purpose: string]: string } = {
  'direct-care': 'TREAT',
  emergency: 'ETREAT',
  'break-glass': 'BTG',
  'patient-request': 'PATRQT',
};
const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

function tellsReader(row: StoredLeaf, hint: Hint): boolean {
  const value = `${row.role ?? ''}|${row.purpose ?? ''}`;
  if (hint.value !== value) {
    hint.value = value;
    hint.text = readerText(row);
  }
  if (find(row.body, hint.text ?? '', hint) < 0) return false;
  return row.purpose !== null || !row.body.includes('"purposeOfUse"');
}

/** What the reader was and what for, side by side in the agent that is the reader. */
function readerText({ role, purpose }: StoredLeaf): string {
  const known = purpose === null ? undefined : PURPOSES[purpose];
  const coding = known === undefined ? coded(purpose ?? '', 'urn:corridor:purpose') : coded(known, ACT_REASON);
  const why = purpose === null ? '' : `"purposeOfUse":[{"coding":[${coding}]}],`;
  const what = role === null ? ',"type"' : `,"role":[{"coding":[${coded(role, 'urn:corridor:role')}]}]`;
  return `${why}"requestor":true${what}`;
}

function coded(code: string, system: string): string {
  return `{"code":${JSON.stringify(code)},"system":"${system}"}`;
}

/** Where each field was found last, from the end of the text. */
type Hints = { readonly [field in 'at' | 'trail' | 'reader' | 'patient' | 'place' | 'giver' | 'request']: Hint };
type Hint = { fromEnd: number; value?: string; text?: string; last?: StoredLeaf };

/** By the kind of event: those of a log come in turn, and each kind has its own order of fields. */
const HINTS = new Map<string, Hints>();

function hintsFor(type: string): Hints {
  const known = HINTS.get(type);
  if (known) return known;
  const none = (): Hint => ({ fromEnd: 0 });
  const hints = {
    at: none(),
    trail: none(),
    reader: none(),
    patient: none(),
    place: none(),
    giver: none(),
    request: none(),
  };
  // A forged store may hold as many kinds as rows.
  if (HINTS.size < 100) HINTS.set(type, hints);
  return hints;
}

/** As `startsWith` says it; the engine compares whole strings many characters at a time and beginnings one by one. */
function standsAt(body: string, text: string, at: number): boolean {
  return at >= 0 && body.slice(at, at + text.length) === text;
}

function find(body: string, text: string, hint: Hint): number {
  const guess = body.length - hint.fromEnd;
  if (standsAt(body, text, guess)) return guess;
  const found = body.indexOf(text);
  if (found >= 0) hint.fromEnd = body.length - found;
  return found;
}
