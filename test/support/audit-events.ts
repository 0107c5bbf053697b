import type { AuditEvent } from '../../launcher/audit/audit.ts';
import type { AuditPlaces } from '../../launcher/audit/balp/parts.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';

/** Every kind of event; leave one out and it does not compile. */
const EVERY_TYPE: { readonly [type in AuditEvent['type']]: true } = {
  'launch.started': true,
  'launch.refused': true,
  'launch.finished': true,
  'record.viewed': true,
  'record.refused': true,
  'source.asked': true,
  'source.settled': true,
  'source.wrong_patient': true,
  'source.details_differ': true,
  'document.viewed': true,
  'record.seen': true,
  'record.printed': true,
  'record.exported': true,
  'access.break_glass': true,
  'message.sent': true,
  'message.opened': true,
  'message.listed': true,
  'message.acted': true,
  'message.delivered': true,
  'message.escalated': true,
  'message.refused': true,
  'notice.heard': true,
  'notice.subscribed': true,
  'notice.told': true,
  'notice.refused': true,
  'notice.withdrawn': true,
  'handover.opened': true,
  'handover.acknowledged': true,
  'handover.taken': true,
  'handover.reassigned': true,
  'handover.escalated': true,
  'context.changed': true,
  'audit.read': true,
  'patient.traced': true,
  'patient.unchecked': true,
  'patient.confirmed': true,
  'locator.updated': true,
  'alert.moved': true,
  'objection.recorded': true,
  'objection.ended': true,
  'plugin.acted': true,
  'session.ended': true,
};
export const AUDIT_TYPES = Object.keys(EVERY_TYPE) as readonly AuditEvent['type'][];

/** From the 999 test range. */
export const TEST_NUMBER = '9990000018';

export const PLACES: AuditPlaces = {
  launcher: { url: 'https://corridor.example' },
  source: (id) => ({ address: `https://${id}.example/fhir`, ods: 'XB002' as OdsCode }),
  home: (ods) => `https://${ods.toLowerCase()}.example/fhir`,
  test: true,
};

/** An event with every field that kind of event has. */
export function auditEvent(type: AuditEvent['type'], more: Partial<AuditEvent> = {}): AuditEvent {
  const refused = type === 'launch.refused' || type === 'record.refused' || type === 'message.refused';
  const ofSource =
    type.startsWith('source.') || type === 'document.viewed' || type === 'notice.heard' || type === 'notice.withdrawn';
  return {
    type,
    at: '2026-11-22T09:00:00.000Z',
    outcome: refused ? 'refused' : 'success',
    launchId: 'launch-1',
    viewId: 'view-1',
    user: 'https://xb001.example/fhir|user-1',
    userName: 'Dr Test Reader',
    role: 'gp',
    organisation: 'XB001' as OdsCode,
    purpose: 'direct-care',
    nhsNumber: TEST_NUMBER,
    ...(ofSource && { source: 'north' as SourceId, requestId: 'f81d4fae-7dec-4d0a-a765-00a0c91e6bf6' }),
    ...(refused && { code: 'role' }),
    ...(type === 'document.viewed' && { detail: { reference: 'DocumentReference/d1' } }),
    ...more,
  };
}
