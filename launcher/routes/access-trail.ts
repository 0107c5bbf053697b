import type { PermittedRequest, RecordAsk, Refusal } from '../access/decision.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Session } from '../session/session.ts';

/**
 * What the audit keeps of a reader's request, granted or refused: who, in what role, about whom, by which rule. `kept`:
 * the hash by which the copy of an opened document is proved, and whether there is a copy.
 */
export function viewedEvent(
  request: PermittedRequest,
  nowMs: number,
  kept?: { readonly manifest: string; readonly copy: boolean },
): AuditEvent {
  const { ask, session } = request;
  const about = {
    ...who(session, nowMs),
    ...(request.purpose !== undefined && { purpose: request.purpose }),
    ...(request.rule !== undefined && { code: request.rule }),
    viewId: request.viewId,
    outcome: 'success' as const,
  };
  const by = byOf(request);
  if (ask.kind === 'document')
    return {
      ...about,
      type: 'document.viewed',
      source: ask.source,
      detail: { ...by, reference: ask.reference, ...kept },
    };
  return {
    ...about,
    type: 'record.viewed',
    detail: { ...by, sources: request.permitted.size, refused: request.refused.size, again: ask.only !== undefined },
  };
}

/** By what it was granted, besides the rule: the version the rule stands in, the evidence of care, an emergency. */
function byOf({ policy, relationship, emergency }: PermittedRequest): NonNullable<AuditEvent['detail']> {
  return {
    ...(policy !== undefined && { policy }),
    ...(relationship !== undefined && { relationship }),
    ...(emergency && { emergencyUntil: emergency.until }),
  };
}

export function refusedEvent(session: Session, ask: RecordAsk, refusal: Refusal, nowMs: number): AuditEvent {
  const source = ask.kind === 'document' ? { source: ask.source } : {};
  return {
    ...who(session, nowMs),
    ...source,
    type: 'record.refused',
    outcome: 'refused',
    code: refusal.rule,
    detail: { kind: ask.kind },
  };
}

function who({ context, purpose }: Session, nowMs: number): Omit<AuditEvent, 'type' | 'outcome'> {
  return {
    at: new Date(nowMs).toISOString(),
    launchId: context.launchId,
    user: context.user.key,
    userName: context.user.name,
    role: context.role,
    organisation: context.home.ods,
    purpose,
    nhsNumber: context.patient.nhsNumber,
  };
}
