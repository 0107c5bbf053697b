import { EVENT_TYPES } from '../../src/record/care-events.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { PermittedRequest, RecordAsk, Refusal } from '../access/decision.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { FederationDeps, OpenSource, PatientMatch, Redactor } from '../federation/deps.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { Session } from '../session/session.ts';
import { instant } from './ports.ts';

export type ChangesDeps = Pick<FederationDeps, 'open' | 'isAbout' | 'audit' | 'now' | 'deadlineMs'> & {
  /** Whom the source means by the person, as for a reader's record (`federation/find-person.ts`). */
  findPerson(
    source: SourceId,
    located: LocatedRequest,
    connection: OpenSource,
    signal: AbortSignal,
  ): Promise<
    | { readonly found: 'one'; readonly patientId: string; readonly resource: Resource }
    | { readonly found: Exclude<PatientMatch['found'], 'one'> }
  >;
  decide(session: Session, ask: RecordAsk): Promise<PermittedRequest | Refusal>;
  locate(request: PermittedRequest): LocatedRequest | Promise<LocatedRequest>;
  /** What the team's role may see, class by class (`access/redact.ts`). */
  redactor(request: PermittedRequest): Pick<Redactor, 'judge'>;
};

/** One decision for all sources of a subscription, as for a reader's record. */
export type Plan = { readonly located: LocatedRequest } | { readonly refused: string };

export async function planAsk(session: Session, deps: Pick<ChangesDeps, 'decide' | 'locate'>): Promise<Plan> {
  const decided = await deps.decide(session, { kind: 'record' });
  return 'refused' in decided && decided.refused === true
    ? { refused: decided.rule }
    : { located: await deps.locate(decided as PermittedRequest) };
}

/** What a source answered to "what has changed". Only what the team may see of it comes out. */
export type SourceChanges =
  | { readonly said: 'refused'; readonly rule: string }
  | { readonly said: 'unknown-person' }
  | { readonly said: 'failed'; readonly code: string; readonly heard?: Heard }
  | { readonly said: 'heard'; readonly heard: Heard };

export type Heard = {
  readonly patient: Resource;
  readonly patientId: string;
  readonly resources: readonly Resource[];
  readonly connection: OpenSource;
  readonly request: PermittedRequest;
};

/** Asks one source what has changed of a person since then: decided, audited and bounded in time like any reader's question. */
export async function askChanges(
  source: SourceId,
  plan: Plan,
  changedSince: string,
  deps: ChangesDeps,
  outer: AbortSignal,
): Promise<SourceChanges> {
  if ('refused' in plan) return { said: 'refused', rule: plan.refused };
  const { located } = plan;
  const { request } = located;
  const sections = request.permitted.get(source);
  if (!sections) return { said: 'refused', rule: request.refused.get(source)?.rule ?? 'default.deny' };
  if (located.notAsked?.includes(source)) return { said: 'unknown-person' };
  const types = Object.keys(EVENT_TYPES).filter((type) => sectionsOf(type, sections).length > 0);
  if (types.length === 0) return { said: 'refused', rule: 'default.deny' };
  const connection = opened(source, located, deps);
  if (!connection) return { said: 'failed', code: 'source.unavailable' };
  const signal = AbortSignal.any([outer, AbortSignal.timeout(deps.deadlineMs(source))]);
  const about = auditOf(source, request, connection);
  await deps.audit.record({
    ...about,
    type: 'source.asked',
    at: instant(deps.now()),
    outcome: 'success',
    code: 'changes',
  });
  const changes = await converse({ source, located, request, sections, types, connection, changedSince }, deps, signal);
  await deps.audit.record({ ...about, type: 'source.settled', at: instant(deps.now()), ...settledAs(changes) });
  return changes;
}

/** As for a record: nothing is heard of a person the source may not mean (safety H05). */
const TROUBLES = {
  ambiguous: 'source.ambiguous',
  differs: 'source.details_differ',
  mismatch: 'source.wrong_patient',
} as const;

type Talk = {
  readonly source: SourceId;
  readonly located: LocatedRequest;
  readonly request: PermittedRequest;
  readonly sections: readonly SectionId[];
  readonly types: readonly string[];
  readonly connection: OpenSource;
  readonly changedSince: string;
};

async function converse(talk: Talk, deps: ChangesDeps, signal: AbortSignal): Promise<SourceChanges> {
  const { request, connection } = talk;
  try {
    const person = await deps.findPerson(talk.source, talk.located, connection, signal);
    if (person.found === 'none') return { said: 'unknown-person' };
    if (person.found !== 'one') return { said: 'failed', code: TROUBLES[person.found] };
    const { patientId, resource } = person;
    const { resources, code } = await fetchAll(talk, patientId, resource, deps, signal);
    const heard = { patient: resource, patientId, resources, connection, request };
    return code === undefined ? { said: 'heard', heard } : { said: 'failed', code, heard };
  } catch (error) {
    if (error instanceof SourceTrouble) return { said: 'failed', code: error.code };
    if (signal.aborted) return { said: 'failed', code: 'source.timeout' };
    throw error;
  }
}

/** `code`: it was not heard whole, and what is missing has to be asked for again. */
async function fetchAll(
  { source, request, sections, types, connection, changedSince }: Talk,
  patientId: string,
  patient: Resource,
  deps: ChangesDeps,
  signal: AbortSignal,
): Promise<{ readonly resources: readonly Resource[]; readonly code?: string }> {
  const redactor = deps.redactor(request);
  const found: Resource[] = types.includes('Patient') ? [patient] : [];
  let code: string | undefined;
  const ask = { patientId, types: types.filter((type) => type !== 'Patient'), changedSince };
  for await (const page of connection.fetch(ask, signal)) {
    for (const one of page.resources) if (isResource(one) && deps.isAbout(one, patientId)) found.push(one);
    if (page.end) code ??= troubleOf(page.end, page.type);
  }
  const encounters = new Map<string, Resource>(
    found.flatMap((one) => (one.resourceType === 'Encounter' ? [[`Encounter/${String(one.id)}`, one] as const] : [])),
  );
  const resources = found.filter((one) => {
    const place = { source, sections: sectionsOf(one.resourceType, sections) };
    const encounter = (key: string): Resource | undefined => encounters.get(key);
    return place.sections.length > 0 && redactor.judge(one, { ...place, encounter }) === 'shown';
  });
  return { resources, ...(code !== undefined && { code }) };
}

/** A type the source does not have has nothing to tell; one that it holds back is told of nobody. */
function troubleOf(end: { readonly state: string; readonly code?: string }, type: string): string | undefined {
  if (end.state === 'truncated' || end.state === 'failed') return end.code ?? 'source.invalid_answer';
  return end.state === 'withheld' && type === 'Encounter' ? 'source.withheld' : undefined;
}

function sectionsOf(type: string, permitted: readonly SectionId[]): readonly SectionId[] {
  return (EVENT_TYPES[type] ?? []).filter((section) => permitted.includes(section));
}

function opened(source: SourceId, located: LocatedRequest, deps: ChangesDeps): OpenSource | undefined {
  try {
    return deps.open(source, located);
  } catch (error) {
    if (error instanceof SourceTrouble) return undefined;
    throw error;
  }
}

export function auditOf(
  source: SourceId,
  request: PermittedRequest,
  connection?: Pick<OpenSource, 'requestId'>,
): Omit<AuditEvent, 'type' | 'at' | 'outcome'> {
  const { context, purpose } = request.session;
  return {
    launchId: context.launchId,
    viewId: request.viewId,
    ...(connection && { requestId: connection.requestId }),
    user: context.user.key,
    userName: context.user.name,
    role: context.role,
    organisation: context.home.ods,
    purpose: request.purpose ?? purpose,
    nhsNumber: context.patient.nhsNumber,
    source,
  };
}

function settledAs(changes: SourceChanges): Pick<AuditEvent, 'outcome' | 'code' | 'detail'> {
  if (changes.said === 'heard') return { outcome: 'success', detail: { changes: changes.heard.resources.length } };
  if (changes.said === 'unknown-person') return { outcome: 'success', detail: { state: 'nothing-held' } };
  const code = changes.said === 'failed' ? changes.code : changes.rule;
  return { outcome: 'failed', code };
}
