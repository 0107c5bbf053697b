import { LADDER } from '../../src/record/confidentiality.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { ConsentVoice } from './cell.ts';
import type { ConsentStatement, Provision, Span } from './consent.ts';
import type { LabelClass } from './labels.ts';

/** Who asks, for what, now. */
export type ConsentAsker = {
  readonly ods: string;
  /** Names this reader goes by: user key, SDS user id. */
  readonly names: readonly string[];
  readonly emergency: boolean;
  readonly nowMs: number;
};

/** What is asked for. Without an `item` it is the class as a whole. */
export type ConsentTarget = {
  readonly source: SourceId;
  readonly ods: string;
  readonly section: SectionId;
  readonly labels: LabelClass;
  readonly item?: ConsentItem;
};

/** What single items are chosen by. */
export type ConsentItem = {
  /** `Type/id` at its source. */
  readonly reference: string;
  /** When it was authored, as recorded. */
  readonly date?: string;
  /** Encounters, plans and episodes it belongs to. */
  readonly relatedTo: readonly string[];
  readonly authors: readonly string[];
};

/** Purposes that direct care goes by; v3 ActReason. */
const CARE = ['TREAT', 'ETREAT', 'CAREMGT', 'COC'];
const BREAK_GLASS = 'BTG';

/** Of several statements a refusal counts before a permission; one that is about something else says nothing. */
export function voiceOf(
  statements: readonly ConsentStatement[],
  asker: ConsentAsker,
  target: ConsentTarget,
): ConsentVoice {
  const voices = statements.map((statement) => voiceOfOne(statement, asker, target));
  return ORDER.find((voice) => voices.includes(voice)) ?? 'silent';
}

const ORDER: readonly ConsentVoice[] = ['deny-always', 'deny', 'permit'];

/**
 * IHE PCF: the base is the gross permission or refusal; a matching exception that forbids removes, and one that permits
 * overrides an explicit refusal. A base that permits permits what it names and nothing else; one that refuses says
 * nothing of what it does not name.
 */
function voiceOfOne(statement: ConsentStatement, asker: ConsentAsker, target: ConsentTarget): ConsentVoice {
  const { base, exceptions } = statement;
  if (!isIn(base.period, asker.nowMs) || !servesPurpose(base, asker) || !isOf(base.givers, target)) return 'silent';
  const about = exceptions.filter(
    (exception) =>
      isIn(exception.period, asker.nowMs) && servesPurpose(exception, asker) && isOf(exception.givers, target),
  );
  const matching = about.filter((exception) => matches(exception, statement, asker, target));
  if (matching.some(({ type }) => type === 'permit')) return 'permit';
  const named = matches(base, statement, asker, target);
  const refusing = [...matching, ...(named ? [base] : [])].filter(({ type }) => type === 'deny');
  if (refusing.length > 0) return refusalBy(refusing);
  if (base.type === 'deny') return 'silent';
  return named ? 'permit' : 'deny';
}

/** Whoever names break-glass in a refusal refuses it; whoever doesn't leaves it to the policy. */
function refusalBy(refusing: readonly Provision[]): ConsentVoice {
  return refusing.some(({ purposes }) => purposes.includes(BREAK_GLASS)) ? 'deny-always' : 'deny';
}

/** One about research only says nothing of care. */
function servesPurpose({ purposes }: Provision, { emergency }: ConsentAsker): boolean {
  if (purposes.length === 0) return true;
  if (purposes.some((purpose) => CARE.includes(purpose))) return true;
  return purposes.includes(BREAK_GLASS) && emergency;
}

/** Whose data it is about; by ODS code or by the id of the source. */
function isOf(givers: readonly string[], { source, ods }: ConsentTarget): boolean {
  return givers.length === 0 || givers.some((giver) => giver === ods || giver === source);
}

function matches(
  provision: Provision,
  { heldBy }: ConsentStatement,
  asker: ConsentAsker,
  { source, section, labels, item }: ConsentTarget,
): boolean {
  const { receivers, sections, dataPeriod, data } = provision;
  if (receivers.length > 0 && !receivers.some((name) => name === asker.ods || asker.names.includes(name))) return false;
  if (sections.length > 0 && !sections.includes(section)) return false;
  if (provision.labels.length > 0 && !provision.labels.some((label) => hasLabel(labels, label))) return false;
  if (dataPeriod && !(item && isAuthoredIn(item, dataPeriod, provision.type))) return false;
  // A reference means a resource of the source the statement was read from.
  return data.length === 0 || (item !== undefined && heldBy === source && data.some((one) => isNamed(item, one)));
}

/** N is everything that is no more than normal and not sensitive; R is what is restricted; the rest are sensitivities. */
function hasLabel({ level, sensitivities }: LabelClass, label: string): boolean {
  const code = label.slice(label.lastIndexOf('|') + 1).toUpperCase();
  if (!Object.hasOwn(LADDER, code)) return sensitivities.includes(code);
  const wanted = LADDER[code as keyof typeof LADDER];
  return wanted <= LADDER.N ? level <= LADDER.N && sensitivities.length === 0 : level === wanted;
}

function isNamed(item: ConsentItem, { meaning, reference }: { meaning: string; reference: string }): boolean {
  if (meaning === 'authoredby') return item.authors.includes(reference);
  if (meaning === 'instance') return item.reference === reference;
  // `related` and `dependents`: the thing itself and what belongs to it.
  return item.reference === reference || item.relatedTo.includes(reference);
}

/** What is not dated can't be shown to lie outside a refusal, nor inside a permission. */
function isAuthoredIn({ date }: ConsentItem, span: Span, type: Provision['type']): boolean {
  if (date === undefined) return type === 'deny';
  const day = date.slice(0, 10);
  const { start, end } = span;
  return (start === undefined || start <= padded(day, start)) && (end === undefined || padded(day, end) <= end);
}

/** Compared at the precision of the bound: 2022-06-13 lies in 2022-06, and 2022 is too coarse for either. */
function padded(day: string, bound: string): string {
  return day.slice(0, bound.length > 10 ? 10 : bound.length);
}

function isIn(period: Span | undefined, nowMs: number): boolean {
  if (!period) return true;
  const { start, end } = period;
  return (start === undefined || startOf(start) <= nowMs) && (end === undefined || nowMs < endOf(end));
}

/** A bound that can't be read never ends and has always begun: what was refused stays refused. */
function startOf(value: string): number {
  const at = Date.parse(value);
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}

/** Both ends belong to a FHIR Period: the whole of the last day, month or year. */
function endOf(value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) return Number.POSITIVE_INFINITY;
  if (value.length > 10) return at + 1;
  const date = new Date(at);
  if (value.length === 4) return date.setUTCFullYear(date.getUTCFullYear() + 1);
  if (value.length === 7) return date.setUTCMonth(date.getUTCMonth() + 1);
  return at + 86_400_000;
}

/** Whether a statement chooses among single items of a source, so that each has to be looked at. */
export function choosesItems(statements: readonly ConsentStatement[]): boolean {
  return statements.some(({ base, exceptions }) =>
    [base, ...exceptions].some(({ data, dataPeriod }) => data.length > 0 || dataPeriod !== undefined),
  );
}
