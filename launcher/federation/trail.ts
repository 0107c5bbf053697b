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
  const mistaken = progress.wrongPatient > 0 || (finish.kind === 'trouble' && finish.code === 'source.wrong_patient');
  if (!mistaken) return [settled];
  const alarm: AuditEvent = {
    ...base(asked, nowMs),
    type: 'source.wrong_patient',
    outcome: 'failed',
    code: 'source.wrong_patient',
    detail: { resources: progress.wrongPatient },
  };
  return [alarm, settled];
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
  const { context, purpose } = request.session;
  return {
    at: new Date(nowMs).toISOString(),
    launchId: context.launchId,
    viewId: request.viewId,
    requestId: asked.connection.requestId,
    user: context.user.key,
    role: context.role,
    organisation: context.home.ods,
    purpose,
    nhsNumber: context.patient.nhsNumber,
    source: asked.source,
  };
}
