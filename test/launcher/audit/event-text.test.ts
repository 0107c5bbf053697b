import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../launcher/audit/audit.ts';
import { buildAuditEvent } from '../../../launcher/audit/balp/build-audit-event.ts';
import { eventText } from '../../../launcher/audit/balp/event-text.ts';
import { canonicalJson } from '../../../launcher/audit/canonical-json.ts';
import { auditEvent, PLACES } from '../../support/audit-events.ts';

const EVENTS: readonly AuditEvent[] = [
  auditEvent('source.asked', { source: 'source-1' as never, requestId: 'r1' }),
  auditEvent('source.asked', {
    source: 'source-2' as never,
    requestId: 'r2',
    user: 'urn:a|"b"\n\\',
    userName: 'É "x"',
  }),
  auditEvent('record.viewed', { nhsNumber: '9990000026', detail: { policy: 'x', count: 3, whole: true } }),
  auditEvent('record.refused', { outcome: 'refused', code: 'access.refused' }),
  auditEvent('launch.started', {}),
  auditEvent('source.settled', { source: 'source-1' as never, outcome: 'failed' }),
  auditEvent('access.break_glass', {}),
];

describe('the text of an event', () => {
  it('is what JSON.stringify makes of it, whatever was spelt before it', () => {
    for (const event of [...EVENTS, ...EVENTS.toReversed(), ...EVENTS]) {
      const { user: _user, ...nobody } = event;
      for (const one of [event, nobody, { ...event, userName: '' }, { ...event, role: 'another' }]) {
        const built = buildAuditEvent(one, PLACES);
        expect(eventText(built)).toBe(JSON.stringify(built));
        expect(eventText(built)).toBe(canonicalJson(built));
      }
    }
  });

  it('never says of one user, patient or organisation what was said of another', () => {
    const said = (more: Partial<AuditEvent>): string =>
      eventText(buildAuditEvent(auditEvent('record.viewed', more), PLACES));
    const [one, other] = [said({ user: 'a|1', userName: 'b' }), said({ user: 'a|2', userName: 'b' })];
    expect([one.includes('"a|1"'), other.includes('"a|1"'), other.includes('"a|2"')]).toEqual([true, false, true]);
    expect(said({ nhsNumber: '9990000026' })).toContain('9990000026');
    expect(said({ nhsNumber: '9990000034' })).not.toContain('9990000026');
  });
});
