// Proves src/record/sections/pregnancy-status.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { pregnancyStatus } from '../../../src/record/sections/pregnancy-status.ts';
import { coded, condition, DUE, episode, LOINC, read, said, SCT, STATUS, text } from '../../support/pregnancy.ts';

describe('an estimated date of delivery', () => {
  it('without a date says so', () => {
    expect(read(said({ code: DUE }))).toMatchObject({ kind: 'due-date', cautions: ['value-missing'] });
  });

  it('is kept as recorded', () => {
    expect(read(said({ code: DUE, valueDateTime: '2027-03-05' }))).toMatchObject({
      due: '2027-03-05',
      date: '2026-10-01',
    });
  });
});

describe('a maternity episode', () => {
  it('is over when it has ended, and keeps its dates', () => {
    const episode = {
      resourceType: 'EpisodeOfCare',
      id: '1',
      status: 'finished',
      type: [{ text: 'Maternity care' }],
      period: { start: '2019-01-01', end: '2019-09-01' },
    };
    expect(read(episode)).toMatchObject({
      kind: 'episode',
      state: 'past',
      period: { start: '2019-01-01', end: '2019-09-01' },
    });
  });
});

describe('an observation of a pregnancy', () => {
  it('is read whole', () => {
    expect(read(said({ ...text('Pregnant'), note: [{ text: 'Twins' }] }))).toEqual({
      id: 'gp/Observation/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'Observation/1' },
      kind: 'status',
      title: 'Pregnancy status',
      code: { text: 'Pregnancy status', codings: STATUS.coding },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-10-01',
      pregnant: 'yes',
      value: 'Pregnant',
      cautions: [],
      labels: [],
      notes: ['Twins'],
      links: [],
    });
  });

  it('keeps a value that is neither, and why there is none', () => {
    expect(read(said({ valueString: 'Declined' }))).toMatchObject({ value: 'Declined', cautions: [] });
    const dataAbsentReason = { coding: [{ code: 'asked-declined' }] };
    expect(read(said({ dataAbsentReason }))).toMatchObject({ value: 'asked-declined', cautions: ['value-missing'] });
    const births = said({ code: coded(LOINC, '11636-8'), valueQuantity: { value: 2 } });
    expect(read(births)).toMatchObject({ kind: 'history', value: '2', cautions: [] });
    expect(read({ ...births, valueQuantity: undefined, valueString: 'Yes' })).not.toHaveProperty('pregnant');
  });

  it('has its date of delivery once, and words for one as they are', () => {
    const due = read(said({ code: DUE, valueDateTime: '2027-03-05' }));
    expect(due).not.toHaveProperty('value');
    expect(due.cautions).toEqual([]);
    expect(due).not.toHaveProperty('pregnant');
    const words = read(said({ code: DUE, valueString: 'early March' }));
    expect(words).toMatchObject({ value: 'early March', cautions: [] });
    expect(words).not.toHaveProperty('due');
    const dated = read(said({ valueDateTime: '2026-10-01' }));
    expect(dated).toMatchObject({ kind: 'status', value: '2026-10-01' });
    expect(dated).not.toHaveProperty('due');
  });

  it('that says all by its name lacks no value', () => {
    expect(read(said({ code: { text: 'Pregnant' } }))).toMatchObject({ pregnant: 'yes', cautions: [] });
  });
});

describe('a problem that is a pregnancy', () => {
  it('is read whole', () => {
    const problem = condition(
      { coding: [{ system: SCT, code: '77386006', display: 'Pregnant' }] },
      {
        clinicalStatus: { coding: [{ code: 'active' }] },
        verificationStatus: { coding: [{ code: 'confirmed' }] },
        onsetDateTime: '2026-08-01',
      },
    );
    expect(read(problem)).toEqual({
      id: 'gp/Condition/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'Condition/1' },
      kind: 'status',
      title: 'Pregnant',
      code: { text: 'Pregnant', codings: [{ system: SCT, code: '77386006', display: 'Pregnant' }] },
      state: 'current',
      statusAsRecorded: 'active, confirmed',
      date: '2026-08-01',
      period: { start: '2026-08-01' },
      pregnant: 'yes',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('is known by a code, or by the whole of its words', () => {
    expect(read(condition(coded(SCT, '60001007'))).pregnant).toBe('no');
    expect(read(condition({ text: 'Pregnant' })).pregnant).toBe('yes');
    expect(read(condition({ text: 'Not pregnant' })).pregnant).toBe('no');
    expect(read(condition({ text: 'Currently pregnant' })).pregnant).toBe('yes');
  });

  it('whose words and code differ is neither, and says so', () => {
    const differing = { coding: [{ system: SCT, code: '77386006', display: 'Pregnant' }], text: 'Miscarriage' };
    expect(read(condition(differing)).cautions).toEqual(['text-differs']);
    expect(read(condition(differing))).not.toHaveProperty('pregnant');
  });
});

describe('an episode of maternity care', () => {
  it('is read whole', () => {
    expect(read(episode({ period: { start: '2026-06-01' }, careManager: { display: 'Willow midwives' } }))).toEqual({
      id: 'gp/EpisodeOfCare/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'EpisodeOfCare/1' },
      kind: 'episode',
      title: 'Maternity care',
      code: { text: 'Maternity care', codings: [] },
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-06-01',
      period: { start: '2026-06-01' },
      team: 'Willow midwives',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it.each([
    ['planned', 'planned'],
    ['waitlist', 'planned'],
    ['active', 'current'],
    ['onhold', 'current'],
    ['finished', 'past'],
    ['cancelled', 'negated'],
    ['entered-in-error', 'in-error'],
    ['other', 'unknown'],
  ])('that is %s stands as %s', (status, state) => {
    expect(read(episode({ status })).state).toBe(state);
  });

  it('of which only the end is known has that for its date, and may have no date', () => {
    expect(read(episode({ period: { end: '2026-09-01' } })).date).toBe('2026-09-01');
    expect(read(episode())).not.toHaveProperty('date');
    expect(read(episode())).not.toHaveProperty('team');
  });

  it('is called by the first of its types', () => {
    expect(read(episode({ type: [{ text: 'Community' }, { text: 'Antenatal' }] })).title).toBe('Community');
  });
});

describe('a pregnancy that nobody closed', () => {
  const DAY = 86_400_000;
  const stateOn = (resource: Resource, nowMs: number) => pregnancyStatus.stateAt?.(read(resource), nowMs);
  const at = (day: string) => Date.parse(day);

  it('is over 45 weeks after it was noticed, and not a day before', () => {
    const pregnant = said({ ...text('Pregnant'), effectiveDateTime: '2026-01-01' });
    expect(stateOn(pregnant, at('2026-01-02') + 45 * 7 * DAY - 1)).toBe('current');
    expect(stateOn(pregnant, at('2026-01-02') + 45 * 7 * DAY)).toBe('past');
  });

  it('is over six weeks after its date of delivery, and not a day before', () => {
    const due = said({ code: DUE, valueDateTime: '2026-06-01', effectiveDateTime: '2020-01-01' });
    expect(stateOn(due, at('2026-06-02') + 6 * 7 * DAY - 1)).toBe('current');
    expect(stateOn(due, at('2026-06-02') + 6 * 7 * DAY)).toBe('past');
  });

  it('is over too where no record says that it was open', () => {
    expect(stateOn(condition({ text: 'Pregnant' }, { onsetDateTime: '2019-05-01' }), at('2026-11-22'))).toBe('past');
    expect(stateOn(condition({ text: 'Pregnant' }), at('2026-11-22'))).toBe('unknown');
  });

  it('is no pregnancy again by having lasted, and births stay births', () => {
    const old = { effectiveDateTime: '2019-05-01' };
    expect(stateOn(said({ ...text('Pregnant'), ...old, status: 'cancelled' }), at('2026-11-22'))).toBe('negated');
    const births = said({ ...old, code: coded(LOINC, '11636-8'), valueString: '2' });
    expect(stateOn(births, at('2026-11-22'))).toBe('current');
  });
});
