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
  return mistaken ? [alarm(asked, progress.wrongPatient, nowMs), settled] : [settled];
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
  return code === 'source.wrong_patient' ? [alarm(asked, 1, nowMs), settled] : [settled];
}

function alarm(asked: Asked, resources: number, nowMs: number): AuditEvent {
  const code = 'source.wrong_patient';
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
