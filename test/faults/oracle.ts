import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { parseEvent, type RecordEvent } from '../../src/record/wire.ts';
import { PATIENT } from '../support/federation.ts';
import { SOURCES } from './lane.ts';
import type { Plan } from './run-cell.ts';
import { CANARY, holdingsOf, RESTRICTED_ID } from './truth.ts';

/** One view as it was seen from all sides. */
export type Judged = {
  readonly plan: Plan;
  readonly events: readonly RecordEvent[];
  readonly audit: readonly AuditEvent[];
  /** What the redaction held back, by source. */
  readonly withheld: ReadonlyMap<string, ReadonlySet<string>>;
  /** The reader left on purpose. */
  readonly left: boolean;
  readonly letGo: boolean;
  /** The view as it went over the wire. */
  readonly wire: string;
};

const SECTION_OF: { readonly [type: string]: SectionId } = {
  AllergyIntolerance: 'allergies',
  Immunization: 'vaccinations',
};
const GAPS: readonly string[] = ['failed', 'unavailable', 'late', 'truncated'];

/**
 * The rules of every cell: what is visible, merged, withheld or said to be missing is everything the sources hold;
 * the status says exactly that; the other sources are whole; the audit is complete; nothing leaks.
 */
export function judgeView(view: Judged): readonly string[] {
  const problems: string[] = [];
  for (let number = 0; number < SOURCES; number += 1) problems.push(...judgeSource(view, number));
  problems.push(...judgeStream(view), ...judgeAudit(view), ...judgeMerge(view));
  if (view.wire.includes(CANARY)) problems.push('what may not be seen was sent');
  if (JSON.stringify(view.audit).includes(CANARY)) problems.push('what may not be seen is in the audit');
  if (/a-token|client_assertion/.test(view.wire + JSON.stringify(view.audit))) problems.push('a token leaked');
  if (!view.letGo) problems.push('a source was still held a second after the reader had left');
  return problems;
}

function statusOf(events: readonly RecordEvent[], source: string): FinalSourceStatus | undefined {
  const settled = events.filter((event) => event.type === 'settled' && event.source === source);
  return settled.length === 1 && settled[0]?.type === 'settled' ? settled[0].status : undefined;
}

function judgeSource(view: Judged, number: number): readonly string[] {
  const source = `s${String(number)}`;
  const status = statusOf(view.events, source);
  if (!status) return view.left ? [] : [`${source} was not settled exactly once`];
  const given = view.plan.get(number);
  const outcomeOf = given?.fault.outcome ?? 'whole';
  const outcome =
    typeof outcomeOf === 'function' ? outcomeOf(given?.moment ?? 'first-byte', given?.variant ?? 0) : outcomeOf;
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(`${source} (${status.state}): ${problem}`);
  let missingInAll = 0;
  for (const [type, resources] of holdingsOf(number)) {
    const section = SECTION_OF[type] as SectionId;
    const entries = view.events
      .flatMap((event) => (event.type === 'entries' && event.source === source ? event.entries : []))
      .filter((entry) => entry.section === section);
    const visible = new Set(entries.map((entry) => entry.origin.resource));
    const withheld = view.withheld.get(source) ?? new Set();
    const missing = resources
      .map(({ id }) => `${type}/${String(id)}`)
      .filter((key) => !visible.has(key) && !withheld.has(key));
    missingInAll += missing.length;
    const cell = status.sections[section];
    // A section that is not in the row was not asked, and is told as such.
    const told =
      cell === undefined || GAPS.includes(cell.state) || (cell.state === 'withheld' && cell.code === 'source.withheld');
    if (missing.length > 0 && !told)
      say(`${String(missing.length)} of ${section} are missing and it says ${cell?.state ?? ''}`);
    if (cell && cell.count !== entries.length)
      say(`${section} counts ${String(cell.count)}, sent ${String(entries.length)}`);
    const held =
      resources.some(({ id }) => id === RESTRICTED_ID) && withheld.has(`${type}/${RESTRICTED_ID}`) ? 1 : undefined;
    if (cell && cell.withheld !== held) say(`${section} counts ${String(cell.withheld)} withheld, not ${String(held)}`);
    if (entries.some(({ title }) => title.includes('\ufffd'))) say('a character was lost');
    if (
      outcome === 'gap' &&
      type === (given?.fault.type ?? 'AllergyIntolerance') &&
      !told &&
      !GAPS.includes(status.state)
    )
      say('tells no gap where there is one');
  }
  if (status.state === 'nothing-held' && missingInAll > 0) say('says that nothing is held');
  if (outcome === 'whole' && (missingInAll > 0 || status.state !== 'answered'))
    say(`${String(missingInAll)} are missing of a whole answer${'code' in status ? ` ${status.code}` : ''}`);
  return problems;
}

function judgeStream({ events, left, plan }: Judged): readonly string[] {
  const problems: string[] = [];
  if (events[0]?.type !== 'opened') problems.push('the stream does not begin with opened');
  if ((events.at(-1)?.type === 'closed') === left)
    problems.push('closed is there when it should not be, or the other way round');
  const quiet = [...plan.values()].some(({ fault }) => 'reader' in fault && fault.reader === 'quiet');
  if (quiet && !events.some(({ type }) => type === 'alive'))
    problems.push('a quiet stream did not say that it is alive');
  for (let number = 0; number < SOURCES; number += 1) {
    const own = events.filter((event) => 'source' in event && event.source === `s${String(number)}`);
    if (own.findIndex(({ type }) => type === 'settled') < own.length - 1 && own.some(({ type }) => type === 'settled'))
      problems.push(`s${String(number)} went on after it was settled`);
  }
  return problems;
}

function judgeAudit({ events, audit, left }: Judged): readonly string[] {
  const problems: string[] = [];
  for (let number = 0; number < SOURCES; number += 1) {
    const source = `s${String(number)}`;
    const of = (type: string): readonly AuditEvent[] =>
      audit.filter((event) => event.type === type && event.source === source);
    const [asked, settled] = [of('source.asked'), of('source.settled')];
    if (asked.length !== 1 || settled.length !== 1)
      problems.push(
        `${source} is asked ${String(asked.length)} and settled ${String(settled.length)} times in the audit`,
      );
    const status = statusOf(events, source);
    const state = settled[0]?.detail?.['state'];
    if (!left && status && state !== status.state)
      problems.push(`${source} is ${status.state}, and ${String(state)} in the audit`);
    const code = status && 'code' in status ? status.code : undefined;
    if (code === 'source.wrong_patient' && of('source.wrong_patient').length !== 1)
      problems.push(`${source} raised no alarm`);
  }
  return problems;
}

/** Every entry that was sent stands in the merged record once, whatever else it was put together with; read from the wire, cut anywhere. */
function judgeMerge({ wire, events, left }: Judged): readonly string[] {
  if (left) return [];
  const read = inPieces(Buffer.from(wire));
  if (read.length !== events.length) return ['the wire was read as other events than were sent'];
  const opened = read[0];
  if (opened?.type !== 'opened') return [];
  const entries = read.flatMap((event) => (event.type === 'entries' ? event.entries : []));
  const statuses = new Map<SourceId, FinalSourceStatus>();
  for (const event of read) if (event.type === 'settled') statuses.set(event.source, event.status);
  const record = buildRecord({
    patient: PATIENT,
    sources: opened.sources,
    statuses,
    entries,
    unread: [],
    nowMs: Date.now(),
  });
  const placed = [
    ...record.sections.flatMap(({ facts }) => facts.flatMap((fact) => fact.entries)),
    ...record.withdrawn,
  ].map(({ id }) => id);
  const lost = [...new Set(entries.map(({ id }) => id))].filter((id) => !placed.includes(id));
  return lost.length > 0 ? [`${String(lost.length)} entries were lost in the merge`] : [];
}

function inPieces(bytes: Buffer): readonly RecordEvent[] {
  const decoder = new TextDecoder();
  let text = '';
  for (let at = 0; at < bytes.length; at += 7) text += decoder.decode(bytes.subarray(at, at + 7), { stream: true });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const event = parseEvent(line);
      return 'error' in event ? [] : [event];
    });
}
