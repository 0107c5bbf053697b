import { readCareEvents, type CareEvent } from '../../src/record/care-events.ts';
import { readPracticeCodes, readStayLetters } from '../../src/record/care-transitions.ts';
import { asObject, asString, type Resource } from '../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { giveLetter, withdrawNotice } from '../storage/tables/handover-changes.ts';
import { saveHandover } from '../storage/tables/handovers.ts';
import { loadNoticeSubscriptions, type NoticeSubscriptionRow } from '../storage/tables/notice-subscriptions.ts';
import {
  findNoticeByKey,
  isNoticeTeam,
  loadNoticesOfResource,
  saveNotice,
  saveNoticeTeam,
  type NoticeRow,
} from '../storage/tables/notices.ts';
import { auditOf, type Heard } from './ask-changes.ts';
import { isMarked, isMarkedBySource, markResident } from './marked.ts';
import { sealResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';
import { assign, isTransition } from './recipients.ts';
import type { Proven } from './standing-session.ts';

export type HearDeps = HandoverGround & {
  /** Whether an agreement lets this organisation learn of the other on this day. */
  readonly agreed: (asker: OdsCode, giver: OdsCode) => boolean;
};

/** What was heard of one source for one team. */
export type Hearing = {
  readonly subscription: NoticeSubscriptionRow;
  readonly proven: Proven;
  readonly source: SourceId;
  readonly route: NoticeRow['route'];
  readonly heard: Heard;
  /** Of what had changed before then nothing is news. */
  readonly since: string;
};

const DAY_MS = 86_400_000;
/** Recorded late, it is still news for so long; what happened earlier is history, and stands in the record. */
const NEWS_DAYS = 14;
/** Clocks of sources differ from ours by so much. */
export const SKEW_MS = 600_000;

/**
 * Makes notices and handovers of what a source said. Each event is one, by its source and what it is, whoever hears it
 * first and however often it is heard: the unique key decides, not the order of arrival.
 */
export async function hear(hearing: Hearing, deps: HearDeps): Promise<number> {
  const { patient } = hearing.proven;
  if (isMarkedBySource(hearing.heard.patient)) await markResident(patient, deps);
  let fresh = 0;
  const told: CareEvent[] = [];
  for (const resource of hearing.heard.resources) {
    if (isOlder(resource, hearing.since)) continue;
    const { events, withdrawn } = readCareEvents(resource);
    if (withdrawn) await takeBack(hearing, resource, deps);
    told.push(...events.filter((event) => isNews(event, hearing.subscription.since)));
  }
  for (const event of told) if (await tell(hearing, event, deps)) fresh += 1;
  // After the transitions: a letter may come with its stay, or long after it.
  for (const { stay, letter, summary } of hearing.heard.resources.flatMap(readStayLetters))
    await giveLetter(deps.database.queries, { source: hearing.source, resource: stay }, { letter, summary });
  return fresh;
}

async function tell(hearing: Hearing, event: CareEvent, deps: HearDeps): Promise<boolean> {
  const { queries } = deps.database;
  const eventKey = `${hearing.source}|${event.identity}`;
  const { address } = hearing.subscription;
  const known = await findNoticeByKey(queries, eventKey);
  if (known?.withdrawnAt !== undefined) {
    await deps.audit.record(heardEvent(hearing, event, deps, 'said_again'));
    await withdrawNotice(deps.database, known.id, null);
  }
  if (known && (await isNoticeTeam(queries, known.id, address))) return false;
  await deps.audit.record(heardEvent(hearing, event, deps));
  if (known) {
    await saveNoticeTeam(queries, known.id, address);
    return false;
  }
  return open(hearing, event, eventKey, deps);
}

/** Notice and handover in one commit: a transition is never heard without somebody being given it. */
async function open(hearing: Hearing, event: CareEvent, eventKey: string, deps: HearDeps): Promise<boolean> {
  const assignment = await assignmentOf(hearing, event, deps);
  const at = instant(deps.now());
  const id = deps.newId();
  const { patient } = hearing.proven;
  const marked = isMarkedBySource(hearing.heard.patient) || (await isMarked(patient, deps));
  const resident = marked ? { ...patient, restricted: true as const } : patient;
  return deps.database.transaction(async (queries) => {
    const saved = await saveNotice(queries, {
      id,
      eventKey,
      kind: event.kind,
      ...(event.happened !== undefined && { happened: event.happened }),
      heardAt: at,
      source: hearing.source,
      resource: event.resource,
      organisation: odsOfSource(hearing, deps),
      route: hearing.route,
      patientHandle: hearing.subscription.patientHandle,
      sealed: sealResident(resident, eventKey, deps),
    });
    await saveNoticeTeam(queries, saved.id, hearing.subscription.address);
    if (saved.isNew && assignment)
      await saveHandover(queries, { id: deps.newId(), noticeId: saved.id, openedAt: at, ...assignment });
    return saved.isNew;
  });
}

async function assignmentOf(hearing: Hearing, { kind }: CareEvent, deps: HearDeps) {
  const from = deps.community.member(odsOfSource(hearing, deps));
  if (!isTransition(kind) || !from) return undefined;
  const { patientHandle } = hearing.subscription;
  const told = await loadNoticeSubscriptions(deps.database.queries, { patientHandle }, instant(deps.now()));
  const registered = told.filter(({ relationship, address }) => {
    const member = deps.community.member(address.split('/')[0] as OdsCode);
    return relationship === 'registration' && member?.kind === 'gp';
  });
  const named = readPracticeCodes(hearing.heard.patient);
  return assign(
    {
      kind,
      from,
      // What a practice's own chart proved stands where the source names none.
      practices: named.length > 0 ? named : registered.map(({ address }) => address.split('/')[0] ?? ''),
      told: told.map(({ address }) => address),
      kindOf: (ods) => deps.community.member(ods)?.kind,
      agreed: deps.agreed,
      nowMs: deps.now(),
    },
    deps,
  );
}

async function takeBack(hearing: Hearing, resource: Resource, deps: HearDeps): Promise<void> {
  const name = `${resource.resourceType}/${String(resource.id)}`;
  for (const notice of await loadNoticesOfResource(deps.database.queries, hearing.source, name)) {
    const { heard, source } = hearing;
    const at = instant(deps.now());
    await deps.audit.record({
      ...auditOf(source, heard.request, heard.connection),
      type: 'notice.withdrawn',
      at,
      outcome: 'success',
      detail: { reference: name, kind: notice.kind },
    });
    await withdrawNotice(deps.database, notice.id, at);
  }
}

/** Servers that ignore `_lastUpdated` send everything; what they say had changed before is not heard anew. */
function isOlder(resource: Resource, since: string): boolean {
  const changed = Date.parse(asString(asObject(resource['meta'])?.['lastUpdated']) ?? '');
  return Number.isFinite(changed) && changed < Date.parse(since) - SKEW_MS;
}

/** Without a date it may be today's. A year or a month counts as its last day: nothing is lost by a guess. */
function isNews({ happened }: CareEvent, since: string): boolean {
  const floor = instant(Date.parse(since) - NEWS_DAYS * DAY_MS).slice(0, 10);
  return happened === undefined || happened.slice(0, 10) >= floor.slice(0, happened.slice(0, 10).length);
}

function odsOfSource({ source }: Pick<Hearing, 'source'>, { community }: HearDeps): OdsCode {
  return community.source(source)?.ods ?? ('' as OdsCode);
}

function heardEvent(hearing: Hearing, event: CareEvent, deps: HearDeps, code?: string): AuditEvent {
  return {
    ...auditOf(hearing.source, hearing.heard.request, hearing.heard.connection),
    type: 'notice.heard',
    at: instant(deps.now()),
    outcome: 'success',
    ...(code !== undefined && { code }),
    detail: { kind: event.kind, reference: event.resource, route: hearing.route, team: hearing.subscription.address },
  };
}
