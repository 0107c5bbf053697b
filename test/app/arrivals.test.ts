import { describe, expect, it } from 'vitest';
import { dangersFirst, mayDraw, SETTLE_IN_MS } from '../../src/app/arrivals.ts';
import { inColumns, snapshotOrder, viewFor } from '../../src/app/views.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';

const later = { drawn: true, sinceOpenedMs: SETTLE_IN_MS + 1, sinceDrawnMs: 5000, settled: false, reading: false };

describe('mayDraw', () => {
  it('never draws under the hands of somebody who is reading', () => {
    expect(mayDraw({ ...later, settled: true, reading: true })).toBe(false);
    expect(mayDraw({ ...later, sinceOpenedMs: 10, reading: true })).toBe(false);
  });

  it('lets arrivals wait once the view has settled in', () => {
    expect(mayDraw(later)).toBe(false);
  });

  it('draws the first answer at once, again in steps while settling in, and at last when all have answered', () => {
    expect(mayDraw({ ...later, drawn: false, reading: true })).toBe(true);
    expect(mayDraw({ ...later, sinceOpenedMs: 2000, sinceDrawnMs: 900 })).toBe(false);
    expect(mayDraw({ ...later, sinceOpenedMs: 2000, sinceDrawnMs: 1000 })).toBe(true);
    expect(mayDraw({ ...later, settled: true })).toBe(true);
  });
});

describe('what waits', () => {
  it('is named with what can harm first', () => {
    const held = new Map([
      ['demographics', 9],
      ['documents', 4],
      ['allergies', 1],
      ['risks', 2],
    ] as const);
    expect(dangersFirst(held).map(([id]) => id)).toEqual(['allergies', 'risks', 'demographics', 'documents']);
  });
});

const ROLES = [
  'gp',
  'hospital-doctor',
  'nurse',
  'community-nurse',
  'pharmacist',
  'paramedic',
  'ambulance',
  'social-worker',
  'mental-health',
];

describe('viewFor', () => {
  it('never moves a danger from the first place, whatever the role', () => {
    for (const role of ROLES) expect(viewFor(role).first.slice(0, 3)).toEqual(['risks', 'safeguarding', 'alerts']);
  });

  it('shows each role first what it came for', () => {
    const next = (role: string): string | undefined => viewFor(role).first[3];
    expect(ROLES.map(next)).toEqual([
      'end-of-life-care',
      'allergies',
      'individual-requirements',
      'individual-requirements',
      'medications',
      'end-of-life-care',
      'end-of-life-care',
      'legal-information',
      'legal-information',
    ]);
  });

  it('leaves no section out, whatever the role', () => {
    const all = SECTIONS.map(({ id }) => id).sort();
    for (const role of [undefined, 'toString', ...ROLES]) {
      expect([...viewFor(role).first].sort()).toEqual(all);
    }
  });

  it('follows the order that clinicians asked for: risks, problems, findings, medicines, treatments, allergies, results', () => {
    expect(snapshotOrder(viewFor(undefined).first).slice(0, 10)).toEqual([
      'risks',
      'safeguarding',
      'alerts',
      'end-of-life-care',
      'problems',
      'examination-findings',
      'medications',
      'procedures',
      'allergies',
      'investigation-results',
    ]);
  });

  it('puts the risks first and keeps its order in every column', () => {
    const view = viewFor('gp');
    expect(inColumns(snapshotOrder(view.first), 1)[0]?.[0]).toBe('risks');
    expect(inColumns(snapshotOrder(view.first), 2).map(([first]) => first)).toEqual(['risks', 'safeguarding']);
  });
});
