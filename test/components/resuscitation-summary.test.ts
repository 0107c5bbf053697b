import { describe, expect, it } from 'vitest';
import { resuscitationSummary } from '../../src/components/corridor-banner/resuscitation-summary.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import { enGB } from '../../src/words/en-GB.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const flag = (id: string, text: string): Resource => ({
  resourceType: 'Flag',
  id,
  status: 'active',
  code: { text },
  period: { start: '2026-06-02' },
});

function said(...texts: readonly string[]): string | undefined {
  const record = buildRecord({
    patient: aPatient(),
    sources: texts.map((_, index) => aSource(String(index))),
    statuses: new Map(),
    entries: texts.flatMap((text, index) => entriesFrom(String(index), flag('f', text))),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  return resuscitationSummary(record, enGB);
}

describe('what the banner says of resuscitation', () => {
  it('is neither decision where two records say opposite things, nor where the only one is not clear', () => {
    expect(said('Not for resuscitation', 'For full resuscitation')).toBe('Resuscitation decisions differ');
    expect(said('Not for resuscitation', 'DNACPR not in place')).toBe('Resuscitation decisions differ');
    expect(said('DNACPR discussed')).toBe('Resuscitation decision');
  });

  it('is the decision that is clear, and that another record is not, so that neither hides the other', () => {
    expect(said('Not for resuscitation')).toBe('Do not attempt resuscitation');
    expect(said('Not for resuscitation', 'DNACPR discussed')).toBe(
      'Do not attempt resuscitation, and a record that is not clear',
    );
  });
});
