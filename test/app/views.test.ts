import { describe, expect, it } from 'vitest';
import { snapshotOrder, viewFor } from '../../src/app/views.ts';
import type { SectionId } from '../../src/record/section.ts';
import { isStandingDanger } from '../../src/record/standing-danger.ts';

const ROLES = ['gp', 'emergency', 'pharmacist', 'paramedic', 'community-nurse', 'social-worker'] as const;

/** The first headings of each role behind the dangers, which are every role's first. */
const FIRST: Readonly<Record<(typeof ROLES)[number], readonly SectionId[]>> = {
  gp: ['end-of-life-care', 'problems', 'examination-findings'],
  emergency: ['allergies', 'medications', 'problems'],
  pharmacist: ['medications', 'allergies', 'investigation-results'],
  paramedic: ['end-of-life-care', 'individual-requirements', 'pregnancy-status'],
  'community-nurse': ['individual-requirements', 'problems', 'medications'],
  'social-worker': ['legal-information', 'about-me', 'individual-requirements'],
};

/** A heading that each of them need not read at first, by what their work is. */
const CLOSED: Readonly<Record<(typeof ROLES)[number], readonly SectionId[]>> = {
  gp: ['participation-in-research', 'equipment'],
  emergency: ['social-context', 'vaccinations'],
  pharmacist: ['social-context', 'legal-information'],
  paramedic: ['investigation-results', 'documents'],
  'community-nurse': ['investigation-results', 'participation-in-research'],
  'social-worker': ['investigation-results', 'examination-findings'],
};

describe('what a role sees first', () => {
  it.each(ROLES)('loses no heading and doubles none, with the dangers first and open: %s', (role) => {
    const { first, opens } = viewFor(role);
    expect([...first].sort()).toEqual([...viewFor(undefined).first].sort());
    const dangers = first.filter(isStandingDanger);
    expect(dangers.length).toBeGreaterThan(0);
    expect(first.slice(0, dangers.length)).toEqual(dangers);
    for (const id of [...dangers, 'end-of-life-care', 'problems', 'medications', 'allergies'] as const)
      expect(opens(id), id).toBe(true);
  });

  it.each(ROLES)('stands in the order of their work, and what is not of it is a heading with its count: %s', (role) => {
    const { first, opens } = viewFor(role);
    const theirs = first.filter((id) => !isStandingDanger(id));
    const wanted = FIRST[role];
    expect(theirs.slice(0, wanted.length)).toEqual(wanted);
    for (const id of CLOSED[role]) expect(opens(id), id).toBe(false);
  });

  it('closes no heading of a role’s own order, and nobody’s view is all closed', () => {
    for (const role of ROLES) {
      const { first, opens } = viewFor(role);
      for (const id of FIRST[role]) expect(opens(id), `${role}: ${id}`).toBe(true);
      expect(snapshotOrder(first).filter(opens).length).toBeGreaterThan(8);
    }
  });

  it('is the clinical order for a role that has none of its own, and for a name that every object has', () => {
    for (const role of [undefined, 'consultant-of-nothing', 'constructor', '__proto__'])
      expect(viewFor(role).id).toBe('clinical');
  });
});
