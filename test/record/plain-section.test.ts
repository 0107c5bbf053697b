import { describe, expect, it } from 'vitest';
import { mergeAtOnce } from '../../src/record/merge.ts';
import { isPlain, plainSection } from '../../src/record/plain-section.ts';
import { problems } from '../../src/record/sections/problems.ts';
import { splitByWindow } from '../../src/record/split-by-window.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const section = plainSection('problems');
const NOW_MS = Date.UTC(2026, 10, 22);
const [GP, HOSPITAL] = [aSource('gp'), aSource('hospital')];
const asthma = (status: string) => ({
  resourceType: 'Condition',
  id: status,
  clinicalStatus: { coding: [{ code: status }] },
  code: { text: 'Asthma' },
});

describe('a heading of which nothing but the name is known', () => {
  const merging = { sections: [section], join: <T>(entries: T): T => entries, findConflicts: () => [] };
  const entries = [
    ...entriesFrom(GP.id, asthma('active'), asthma('resolved')),
    ...entriesFrom(HOSPITAL.id, asthma('active')),
  ];
  const parts = {
    patient: aPatient(),
    sources: [GP, HOSPITAL],
    statuses: new Map(),
    entries,
    unread: [],
    nowMs: NOW_MS,
  };
  const view = mergeAtOnce(parts, merging).sections[0];

  it('makes one of no two records, and holds them against nothing', () => {
    expect(view?.facts.map(({ entries: [entry] }) => entry.id).sort()).toEqual(entries.map(({ id }) => id).sort());
    expect(section.conflicts([])).toEqual([]);
  });

  it('shows at once whatever has ended, however long ago', () => {
    if (!view) throw new Error('expected a section');
    const { inside, older } = splitByWindow(view, '2046-11-22');
    expect([inside.length, older.length]).toEqual([3, 0]);
  });

  it('reads nothing, and is known by that', () => {
    expect(section).toMatchObject({ id: 'problems', heading: 'problems', groupedBy: 'everything', reads: [] });
    expect(section.read({ resourceType: 'Condition' }, { source: GP.id, resolve: () => undefined })).toBeNull();
    expect([isPlain({ section }), isPlain({ section: problems as never })]).toEqual([true, false]);
  });
});
