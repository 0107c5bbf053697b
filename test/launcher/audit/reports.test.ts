import { describe, expect, it } from 'vitest';
import { watchBulkBrowsing } from '../../../launcher/audit/bulk-browsing.ts';
import { patientReport } from '../../../launcher/audit/reports/patient-report.ts';
import { UnusualUse, type Visit, visitOf } from '../../../launcher/audit/reports/report.ts';
import type { WrittenAuditEvent } from '../../../launcher/audit/store-audit.ts';
import { auditEvent, TEST_NUMBER } from '../../support/audit-events.ts';
import { memoryAudit } from '../../support/memory-stores.ts';

const NAMES = { organisation: (): string => 'Northcliffe Surgery', role: (): string => 'General practitioner' };

function visit(more: Partial<Visit> = {}): Visit {
  const made = visitOf({ ...auditEvent('record.viewed'), sequence: 1 } as WrittenAuditEvent);
  if (!made) throw new Error('a view is a visit');
  return { ...made, ...more };
}

describe('a person’s own report', () => {
  it('names no number, no code and no member of staff', () => {
    const text = patientReport([visit(), visit({ kind: 'refused', code: 'label' })], NAMES);
    expect(text).not.toMatch(/\d{10}|user-1|Dr Test|TREAT|direct-care|XB001|label/);
  });

  it('says in plain words who looked, when and why', () => {
    expect(patientReport([visit()], NAMES)).toContain(
      '22 November 2026 at 09:00: General practitioner at Northcliffe Surgery opened your shared record, to care for you.',
    );
    expect(patientReport([visit({ kind: 'break-glass', purpose: 'emergency' })], NAMES)).toContain(
      'this is always checked',
    );
  });

  it('says that nobody looked, and speaks Welsh', () => {
    expect(patientReport([], NAMES)).toContain('Nobody has looked');
    expect(patientReport([visit()], NAMES, 'cy')).toContain('agorodd eich cofnod a rennir, i ofalu amdanoch');
  });
});

describe('unusual use', () => {
  it('is not a day’s work of a clinic', () => {
    const use = new UnusualUse();
    for (let patient = 0; patient < 30; patient += 1)
      use.take(
        visit({
          nhsNumber: String(patient),
          at: `2026-11-23T${String(9 + Math.floor(patient / 6)).padStart(2, '0')}:10:00.000Z`,
        }),
      );
    expect(use.list()).toEqual([]);
  });

  it('is many patients in one hour, one patient on many days, nights, refusals and every broken glass', () => {
    const use = new UnusualUse();
    for (let patient = 0; patient < 41; patient += 1)
      use.take(visit({ user: 'browser', nhsNumber: String(patient), at: '2026-11-23T10:10:00.000Z' }));
    for (let day = 1; day <= 11; day += 1)
      use.take(visit({ user: 'neighbour', at: `2026-11-${String(day).padStart(2, '0')}T01:10:00.000Z` }));
    for (let time = 0; time < 5; time += 1) use.take(visit({ user: 'refused', kind: 'refused' }));
    use.take(visit({ user: 'glass', kind: 'break-glass' }));
    expect(use.list().map(({ user, kind, count }) => [user, kind, count])).toEqual([
      ['browser', 'many-patients', 41],
      ['neighbour', 'same-patient-often', 11],
      ['neighbour', 'at-night', 11],
      ['refused', 'often-refused', 5],
      ['glass', 'break-glass', 1],
    ]);
  });
});

describe('bulk browsing', () => {
  it('alerts the privacy officer once an hour when one user opens 200 records, and stops nobody', async () => {
    const opened = new Map<string, Set<string>>();
    const alerts = new Map<string, object>();
    const raised: Promise<unknown>[] = [];
    const audit = memoryAudit();
    const watched = watchBulkBrowsing(audit, {
      recordsPerHour: 200,
      count: ({ user, hour, patientHandle }) => {
        const seen = (opened.get(`${user}|${hour}`) ?? new Set()).add(patientHandle);
        opened.set(`${user}|${hour}`, seen);
        return Promise.resolve(seen.size);
      },
      raise: (alert) => {
        const saved = Promise.resolve(alerts.set(alert.id, alert));
        raised.push(saved);
        return saved;
      },
      handle: (number) => `handle-${number}`,
      onFailure: (error) => expect.unreachable(String(error)),
    });
    for (let patient = 1; patient <= 199; patient += 1)
      await watched.record(auditEvent('record.viewed', { nhsNumber: String(patient) as never }));
    await watched.recordAll([auditEvent('record.viewed'), auditEvent('source.asked', { nhsNumber: '5' as never })]);
    await watched.record(auditEvent('record.viewed', { nhsNumber: '201' as never }));
    await Promise.all(raised);
    await new Promise((resolve) => setImmediate(resolve));
    expect([...alerts.values()]).toMatchObject([
      { kind: 'bulk-browsing', state: 'open', detailCode: 'records-per-hour' },
    ]);
    expect(JSON.stringify([...alerts.values()])).not.toContain(TEST_NUMBER);
    expect(audit.events).toHaveLength(202);
  });

  it('shows the record all the same when the count can’t be kept, and tells', async () => {
    const told: unknown[] = [];
    const watched = watchBulkBrowsing(memoryAudit(), {
      recordsPerHour: 1,
      count: () => Promise.reject(new Error('away')),
      raise: () => Promise.resolve(),
      handle: (number) => number,
      onFailure: (error) => told.push(error),
    });
    await watched.record(auditEvent('record.viewed'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toHaveLength(1);
  });
});
