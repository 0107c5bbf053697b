import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../launcher/audit/audit.ts';
import { createMetrics } from '../../../launcher/observability/metrics.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';

const viewed = {
  type: 'record.viewed',
  at: '2026-11-22T09:00:00.000Z',
  outcome: 'success',
  organisation: 'XB001',
  user: 'https://epr.example|anne',
  nhsNumber: '9434765919',
  launchId: 'launch-1',
} as AuditEvent;

describe('metrics', () => {
  it('count an audit failure, count nothing else for it, and pass the failure on', async () => {
    const metrics = createMetrics(() => 0);
    const audit = metrics.watchAudit({
      record: () => Promise.reject(new Error('full')),
      recordAll: () => Promise.reject(new Error('full')),
    });
    await expect(audit.record(viewed)).rejects.toThrow('full');
    await expect(audit.recordAll([viewed])).rejects.toThrow('full');
    const text = await metrics.text();
    expect(text).toContain('corridor_audit_failures_total 2');
    expect(text).not.toContain('corridor_views_total{');
  });

  it('count whom nobody is told of for want of room, and say whether there is any', async () => {
    const metrics = createMetrics(() => 0);
    metrics.notFollowed(true);
    expect(await metrics.text()).toMatch(/corridor_not_followed_total 1\n[^]*corridor_following_full 1\n/);
    metrics.notFollowed(false);
    expect(await metrics.text()).toMatch(/corridor_not_followed_total 1\n[^]*corridor_following_full 0\n/);
  });

  it('name organisations and codes, never a patient, a user or a launch', async () => {
    const metrics = createMetrics(() => 3);
    const audit = metrics.watchAudit({ record: () => Promise.resolve(), recordAll: () => Promise.resolve() });
    await audit.record(viewed);
    await audit.recordAll([viewed, { ...viewed, type: 'launch.refused', code: 'launch.denied' }]);
    const text = await metrics.text();
    expect(text).toContain('corridor_views_total{organisation="XB001",kind="record",outcome="success"} 2');
    expect(text).toContain('corridor_launches_total{organisation="XB001",result="refused",code="launch.denied"} 1');
    expect(text).toContain('corridor_streams_open 3');
    expect(text).not.toMatch(/9434765919|anne|launch-1/);
  });

  it('pass a record’s events on unchanged and count how each source settled', async () => {
    const metrics = createMetrics(() => 0);
    const status = { state: 'late', deadlineMs: 8_000, at: '', tookMs: 8_000, sections: {} };
    const events = [
      { type: 'settled', source: 'north', status },
      { type: 'closed', at: '' },
    ] as unknown as RecordEvent[];
    const seen: RecordEvent[] = [];
    for await (const event of metrics.watchRecord(from(events))) seen.push(event);
    expect(seen).toEqual(events);
    const text = await metrics.text();
    expect(text).toContain('corridor_source_settled_seconds_count{source="north",state="late"} 1');
    expect(text).toContain('corridor_record_seconds_count{end="closed"} 1');
  });

  it('end the record’s own work when its reader leaves, and count it as cut', async () => {
    const metrics = createMetrics(() => 0);
    let ended = false;
    async function* endless(): AsyncGenerator<RecordEvent> {
      try {
        for (;;) yield await Promise.resolve({ type: 'alive', at: '' } as RecordEvent);
      } finally {
        ended = true;
      }
    }
    const watched = metrics.watchRecord(endless());
    await watched.next();
    await watched.return(undefined);
    expect(ended).toBe(true);
    expect(await metrics.text()).toContain('corridor_record_seconds_count{end="cut"} 1');
  });
});

async function* from(events: readonly RecordEvent[]): AsyncGenerator<RecordEvent> {
  for (const event of events) yield await Promise.resolve(event);
}
