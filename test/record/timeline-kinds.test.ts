import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import type { SectionId } from '../../src/record/section.ts';
import { ORGANISATION_KINDS } from '../../src/record/source.ts';
import {
  kindOfEntry,
  laneOf,
  laneOfOrganisation,
  takesTime,
  TIMELINE_SECTIONS,
  type TimelineKind,
} from '../../src/record/timeline-kinds.ts';

const entry = (section: SectionId, kind?: string): Entry => ({ section, ...(kind && { kind }) }) as unknown as Entry;

describe('what tells of something at a time', () => {
  it('is not what only stands: an allergy, an alert, a key worker, who somebody is', () => {
    for (const section of ['allergies', 'alerts', 'professional-contacts', 'demographics'] as const) {
      expect(kindOfEntry(entry(section))).toBeUndefined();
      expect(TIMELINE_SECTIONS).not.toContain(section);
    }
  });

  it('is each heading of what was done, found, planned or written, as what it is', () => {
    expect(Object.fromEntries(TIMELINE_SECTIONS.map((id) => [id, kindOfEntry(entry(id))]))).toEqual({
      admissions: 'admission',
      'services-and-care': 'package',
      'care-plans': 'plan',
      'contingency-plans': 'plan',
      'supporting-plans': 'plan',
      encounters: 'contact',
      discharges: 'discharge',
      appointments: 'appointment',
      referrals: 'referral',
      procedures: 'procedure',
      assessments: 'assessment',
      problems: 'problem',
      medications: 'medicine',
      vaccinations: 'vaccination',
      'investigation-results': 'result',
      'examination-findings': 'result',
      documents: 'letter',
    });
  });

  it('is a goal only where a plan of care has one', () => {
    expect(kindOfEntry(entry('care-plans', 'goal'))).toBe('goal');
    expect(kindOfEntry(entry('care-plans', 'plan'))).toBe('plan');
    expect(kindOfEntry(entry('procedures', 'goal'))).toBe('procedure');
  });
});

describe('what takes its time', () => {
  it('is a stay, a package of care and a plan, and no contact, unless it is a stay', () => {
    const kinds: readonly TimelineKind[] = ['admission', 'package', 'plan', 'goal', 'discharge', 'problem', 'letter'];
    expect(kinds.filter((kind) => takesTime(kind, entry('procedures')))).toEqual(['admission', 'package', 'plan']);
    expect(takesTime('contact', entry('encounters', 'admission'))).toBe(true);
    expect(takesTime('contact', entry('encounters', 'contact'))).toBe(false);
    expect(takesTime('contact', entry('encounters'))).toBe(false);
    expect(takesTime('referral', entry('referrals', 'admission'))).toBe(false);
  });
});

describe('the lane in which something stands', () => {
  it('is that of the kind of organisation', () => {
    expect(Object.fromEntries(ORGANISATION_KINDS.map((kind) => [kind, laneOfOrganisation(kind)]))).toEqual({
      acute: 'hospital',
      'independent-hospital': 'hospital',
      ambulance: 'urgent',
      'urgent-care': 'urgent',
      'out-of-hours': 'urgent',
      gp: 'gp',
      community: 'community',
      hospice: 'community',
      'mental-health': 'mental-health',
      council: 'social-care',
      'home-care': 'social-care',
      pharmacy: 'medicines',
      commissioner: 'community',
    });
  });

  it('is its own for what is copied from one to another, whoever records it', () => {
    const own: readonly TimelineKind[] = ['problem', 'medicine', 'medicine-stopped', 'vaccination', 'result', 'letter'];
    expect(own.map((kind) => laneOf(kind, ['acute', 'gp']))).toEqual([
      'problems',
      'medicines',
      'medicines',
      'medicines',
      'results',
      'letters',
    ]);
  });

  it('is the first of those who tell of it, in whatever order they answered, and some lane where nobody is known', () => {
    expect(laneOf('contact', ['council', 'gp'])).toBe('gp');
    expect(laneOf('contact', ['gp', 'council'])).toBe('gp');
    expect(laneOf('contact', ['gp', 'acute'])).toBe('hospital');
    expect(laneOf('contact', [])).toBe('community');
  });

  it('is that of the hospital for a stay told of by those who keep no beds, and of nobody else', () => {
    expect(laneOf('admission', ['gp', 'ambulance'])).toBe('hospital');
    expect(laneOf('admission', ['gp', 'community'])).toBe('gp');
    expect(laneOf('admission', ['mental-health'])).toBe('mental-health');
    expect(laneOf('contact', ['gp'])).toBe('gp');
  });
});
