import type { AuditEvent } from '../audit/audit.ts';
import type { Asked, SourceOutcome } from './ask-source.ts';

/** What the audit keeps of each source asked: that it was, how it ended, and whether it sent somebody else's details. */
export function askedEvent(asked: Asked, nowMs: number): AuditEvent {
  return { ...base(asked, nowMs), type: 'source.asked', outcome: 'success' };
}

export function settledEvents(asked: Asked, outcome: SourceOutcome, nowMs: number): readonly AuditEvent[] {
  const { status, finish, progress } = outcome;
  const code = finish.kind === 'abandoned' ? 'request.abandoned' : 'code' in status ? status.code : undefined;
  const shown = [...progress.shown.values()].reduce((sum, count) => sum + count, 0);
  const settled: AuditEvent = {
    ...base(asked, nowMs),
    type: 'source.settled',
    outcome: outcomeOf(status.state, finish.kind),
    ...(code !== undefined && { code }),
    detail: { state: status.state, shown, pages: progress.pages, tookMs: status.tookMs },
  };
  const alarmed =
    progress.wrongPatient > 0 ? 'source.wrong_patient' : finish.kind === 'trouble' ? finish.code : undefined;
  return isAlarming(alarmed) ? [alarm(asked, alarmed, progress.wrongPatient, nowMs), settled] : [settled];
}

/** How the asking for one document ended; `code` is why it was not given. */
export function documentEvents(asked: Asked, code: string | undefined, nowMs: number): readonly AuditEvent[] {
  const settled: AuditEvent = {
    ...base(asked, nowMs),
    type: 'source.settled',
    outcome:
      code === undefined ? 'success' : code === 'access.refused' || code === 'source.withheld' ? 'refused' : 'failed',
    ...(code !== undefined && { code }),
    detail: { document: true },
  };
  return isAlarming(code) ? [alarm(asked, code, code === 'source.wrong_patient' ? 1 : 0, nowMs), settled] : [settled];
}

/** How the asking for what the person said of sharing ended; `found` is left out when the keeper did not answer. */
export function consentsEvent(asked: Asked, found: number | undefined, nowMs: number): AuditEvent {
  return {
    ...base(asked, nowMs),
    type: 'source.settled',
    outcome: found === undefined ? 'failed' : 'success',
    ...(found === undefined && { code: 'source.unavailable' }),
    detail: { consents: found ?? 0 },
  };
}

/** Somebody's record may be mixed up with another's there: the community team looks at each of these. */
type Alarming = 'source.wrong_patient' | 'source.details_differ';

function isAlarming(code: string | undefined): code is Alarming {
  return code === 'source.wrong_patient' || code === 'source.details_differ';
}

function alarm(asked: Asked, code: Alarming, resources: number, nowMs: number): AuditEvent {
  return { ...base(asked, nowMs), type: code, outcome: 'failed', code, detail: { resources } };
}

function outcomeOf(
  state: SourceOutcome['status']['state'],
  finish: SourceOutcome['finish']['kind'],
): AuditEvent['outcome'] {
  if (finish === 'abandoned') return 'failed';
  if (state === 'withheld') return 'refused';
  return state === 'answered' || state === 'nothing-held' || state === 'truncated' ? 'success' : 'failed';
}

function base(asked: Asked, nowMs: number): Omit<AuditEvent, 'type' | 'outcome'> {
  const { request } = asked.request;
  const { context } = request.session;
  return {
    at: new Date(nowMs).toISOString(),
    launchId: context.launchId,
    viewId: request.viewId,
    requestId: asked.connection.requestId,
    user: context.user.key,
    userName: context.user.name,
    role: context.role,
    organisation: context.home.ods,
    purpose: request.purpose ?? request.session.purpose,
    nhsNumber: context.patient.nhsNumber,
    source: asked.source,
  };
}
