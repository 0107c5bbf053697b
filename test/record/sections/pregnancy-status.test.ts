import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { pregnancyStatus, type PregnancyEntry } from '../../../src/record/sections/pregnancy-status.ts';
import { aPatient, conflictKinds, entriesFrom, entryFrom } from '../../support/record.ts';

const STATUS = { coding: [{ system: 'http://loinc.org', code: '82810-3', display: 'Pregnancy status' }] };
const DUE = { coding: [{ system: 'http://loinc.org', code: '11778-8', display: 'Delivery date Estimated' }] };

function said(change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: STATUS,
    effectiveDateTime: '2026-10-01',
    ...change,
  };
}

const read = (resource: Resource): PregnancyEntry => entryFrom<PregnancyEntry>(resource);
const text = (words: string): object => ({ valueCodeableConcept: { text: words } });

describe('what is no pregnancy status', () => {
  it.each([
    [
      'a pregnancy test',
      said({
        category: [{ coding: [{ code: 'laboratory' }] }],
        code: { text: 'Pregnancy test' },
        valueString: 'Positive',
      }),
    ],
    ['advice', said({ code: { text: 'Pregnancy advice given' } })],
    ['an ectopic pregnancy', { resourceType: 'Condition', id: '1', code: { text: 'Ectopic pregnancy' } }],
    [
      'an episode of another kind',
      { resourceType: 'EpisodeOfCare', id: '1', status: 'active', type: [{ text: 'Heart failure service' }] },
    ],
  ])('%s', (_what, resource) => {
    expect(entryFrom(resource).section).not.toBe('pregnancy-status');
  });
});

describe('whether she is pregnant', () => {
  it.each([
    ['Not pregnant', 'no'],
    ['Patient is not currently pregnant', 'no'],
    ['No longer pregnant', 'no'],
    ['Possibly pregnant', 'possible'],
    ['Pregnant', 'yes'],
    ['Unknown', undefined],
    ['Declined', undefined],
  ])('is read from %s as %s', (words, pregnant) => {
    expect(read(said(text(words))).pregnant).toBe(pregnant);
  });

  it('is never read from a title whose answer is no', () => {
    expect(read(said({ code: { text: 'Pregnant' }, valueBoolean: false }))).toMatchObject({
      pregnant: 'no',
      value: 'No',
    });
    expect(read(said({ code: { text: 'Not pregnant' }, valueBoolean: false }))).not.toHaveProperty('pregnant');
    expect(read(said({ code: { text: 'Pregnant' }, ...text('Not pregnant') }))).not.toHaveProperty('pregnant');
  });

  it('is not known where the status has no value', () => {
    expect(read(said())).toMatchObject({ cautions: ['value-missing'] });
    expect(read(said())).not.toHaveProperty('pregnant');
  });

  it('is denied by a refuted problem, and withdrawn by one in error', () => {
    const problem = (verification: string): Resource => ({
      resourceType: 'Condition',
      id: '1',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006', display: 'Pregnant' }] },
      verificationStatus: { coding: [{ code: verification }] },
    });
    expect(read(problem('refuted')).state).toBe('negated');
    expect(read(problem('entered-in-error')).state).toBe('in-error');
    expect(read(problem('provisional')).cautions).toEqual(['unconfirmed']);
  });

  it('of somebody else is marked so', () => {
    expect(read(said({ ...text('Pregnant'), focus: [{ reference: 'RelatedPerson/1' }] })).cautions).toEqual([
      'about-somebody-else',
    ]);
  });
});

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

describe('a pregnancy as time goes by', () => {
  const stateOf = (...resources: readonly Resource[]): readonly string[] => {
    const record = buildRecord({
      patient: aPatient(),
      sources: [],
      statuses: new Map(),
      entries: entriesFrom('gp', ...resources),
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    return (
      record.sections.find(({ id }) => id === 'pregnancy-status')?.facts.map(({ entries: [entry] }) => entry.state) ??
      []
    );
  };

  it('is over when it has lasted longer than any, or its due date is long past', () => {
    expect(stateOf(said({ ...text('Pregnant'), effectiveDateTime: '2019-05-01' }))).toEqual(['past']);
    expect(stateOf(said({ code: DUE, valueDateTime: '2026-08-01' }))).toEqual(['past']);
  });

  it('stands while it may', () => {
    expect(stateOf(said(text('Pregnant')))).toEqual(['current']);
    expect(stateOf(said({ code: DUE, valueDateTime: '2026-11-10' }))).toEqual(['current']);
    expect(stateOf(said({ ...text('Pregnant'), effectiveDateTime: '2026' }))).toEqual(['current']);
  });
});

describe('one line for several statements', () => {
  it('is made only where the day and all that is said are the same', () => {
    const key = (change: object): string => pregnancyStatus.factKey(read(said({ ...text('Pregnant'), ...change })));
    expect(key({ id: '2' })).toBe(key({}));
    expect(key({ effectiveDateTime: '2026-10-02' })).not.toBe(key({}));
    expect(key(text('Not pregnant'))).not.toBe(key({}));
  });
});

describe('pregnant here and not there', () => {
  const yes = said(text('Pregnant'));

  it('is no disagreement where the denial is older, or the same record tells of a change', () => {
    expect(
      conflictKinds({ gp: [yes], hospital: [said({ ...text('Not pregnant'), effectiveDateTime: '2026-06-01' })] }),
    ).toEqual([]);
    expect(
      conflictKinds({ gp: [yes, said({ id: '2', ...text('Not pregnant'), effectiveDateTime: '2026-11-01' })] }),
    ).toEqual([]);
  });

  it('is a disagreement where another record denies it later', () => {
    expect(
      conflictKinds({ gp: [yes], hospital: [said({ ...text('Not pregnant'), effectiveDateTime: '2026-10-20' })] }),
    ).toEqual(['pregnancy-differs']);
  });

  it('is one too where two dates of delivery stand', () => {
    const due = (valueDateTime: string): Resource => said({ code: DUE, valueDateTime });
    expect(conflictKinds({ gp: [due('2027-03-05')], hospital: [due('2027-03-05')] })).toEqual([]);
    expect(conflictKinds({ gp: [due('2027-03-05')], hospital: [due('2027-03-19')] })).toEqual(['pregnancy-differs']);
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
