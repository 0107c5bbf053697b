import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { participationInResearch, type ResearchEntry } from '../../../src/record/sections/participation-in-research.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

function subject(change: object = {}): Resource {
  return {
    resourceType: 'ResearchSubject',
    id: '1',
    status: 'on-study',
    individual: { reference: 'Patient/p' },
    study: { display: 'A trial of two diuretics' },
    period: { start: '2026-02-01' },
    ...change,
  };
}

const read = (resource: Resource): ResearchEntry => entryFrom<ResearchEntry>(resource);

describe('participation in research', () => {
  it('without the trial is unread', () => {
    expect(readResources([subject({ study: undefined })], 'gp' as SourceId).unread).toMatchObject([
      { element: 'ResearchSubject.study' },
    ]);
  });

  it.each([
    ['ineligible', 'negated'],
    ['not-registered', 'negated'],
    ['withdrawn', 'past'],
    ['off-study', 'past'],
    ['potential-candidate', 'planned'],
    ['candidate', 'planned'],
    ['eligible', 'planned'],
    ['screening', 'planned'],
    ['pending-on-study', 'planned'],
    ['on-study-intervention', 'current'],
    ['on-study-observation', 'current'],
    ['follow-up', 'current'],
    ['on-study', 'current'],
    [undefined, 'unknown'],
    ['other', 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read(subject({ status })).state).toBe(state);
  });

  it('names the trial, its number and whom to call, from the study that came with it', () => {
    const study = {
      resourceType: 'ResearchStudy',
      id: 's',
      title: 'BREATHE-HF',
      status: 'active',
      identifier: [{ value: 'ISRCTN00000000' }],
      contact: [{ name: 'Trial office', telecom: [{ system: 'phone', value: '01632 960199' }] }],
    };
    const reading = readResources([study, subject({ study: { reference: 'ResearchStudy/s' } })], 'gp' as SourceId);
    expect(reading.unread).toEqual([]);
    expect(reading.entries).toMatchObject([
      {
        title: 'BREATHE-HF',
        number: 'ISRCTN00000000',
        contacts: [{ name: 'Trial office', telecom: [{ value: '01632 960199' }] }],
      },
    ]);
  });

  it('is one line with another only for the same trial, standing, time and arm', () => {
    const key = (change: object): string => participationInResearch.factKey(read(subject(change)));
    expect(key({ id: '2' })).toBe(key({}));
    expect(key({ id: '2', period: undefined })).not.toBe(key({ id: '3', period: undefined }));
    expect(key({ actualArm: 'Furosemide' })).not.toBe(key({}));
    expect(key({ status: 'withdrawn' })).not.toBe(key({}));
    expect(key({ status: 'follow-up' })).not.toBe(key({}));
  });

  it('has nothing that its source does not say', () => {
    expect(read(subject({ period: { end: '2026-03-01' } }))).toEqual({
      id: 'gp/ResearchSubject/1',
      section: 'participation-in-research',
      origin: { source: 'gp', resource: 'ResearchSubject/1' },
      title: 'A trial of two diuretics',
      state: 'current',
      statusAsRecorded: 'on-study',
      date: '2026-03-01',
      period: { end: '2026-03-01' },
      contacts: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
    expect(read(subject({ period: { start: '2026-02-01', end: '2027-02-01' } })).date).toBe('2026-02-01');
  });

  it('is of the trial by its number where it has no name, whose key it is then', () => {
    const study = { identifier: { value: 'ISRCTN00000000' } };
    expect(read(subject({ study }))).toMatchObject({ title: 'ISRCTN00000000', number: 'ISRCTN00000000' });
    const key = (named: object): string => participationInResearch.factKey(read(subject({ study: named })));
    expect(key(study)).toBe(key({ ...study, display: 'BREATHE-HF' }));
    expect(key({ display: 'Breathe-HF ' })).toBe(key({ display: 'BREATHE-HF' }));
    expect(key({ display: 'BREATHE-HF' })).not.toBe(key({ display: 'BREATHE' }));
  });

  const of = (study: object): ResearchEntry => {
    const sent = { resourceType: 'ResearchStudy', id: 's', title: 'BREATHE-HF', status: 'active', ...study };
    const reading = readResources([sent, subject({ study: { reference: 'ResearchStudy/s' } })], 'gp' as SourceId);
    const [entry] = reading.entries;
    if (!entry) throw new Error('expected an entry');
    return entry as ResearchEntry;
  };

  it('goes by no number of the trial that is old or has no value', () => {
    expect(of({ identifier: [{ use: 'old', value: 'OLD-1' }] })).not.toHaveProperty('number');
    const numbers = [{ use: 'old', value: 'OLD-1' }, { use: 'official' }, { use: 'official', value: 'NEW-2' }];
    expect(of({ identifier: numbers }).number).toBe('NEW-2');
  });

  it('names nobody to call where the study names nobody, or a contact with neither name nor number', () => {
    expect(of({}).contacts).toEqual([]);
    expect(of({ contact: [{ telecom: [] }] }).contacts).toEqual([]);
  });

  it('names whom to call by name or by number alone, before anybody who leads it', () => {
    const phone = { system: 'phone', value: '01632 960199' };
    const principalInvestigator = { display: 'Dr Ada' };
    expect(of({ principalInvestigator, contact: [{ name: 'Office' }, { telecom: [phone] }] }).contacts).toEqual([
      { name: 'Office', telecom: [] },
      { telecom: [phone] },
    ]);
  });

  it('names the one who leads it for want of a contact, else the sponsor, else the first place', () => {
    const study = {
      principalInvestigator: { display: 'Dr Ada' },
      sponsor: { display: 'The trust' },
      site: [{ display: 'Ward 1' }, { display: 'Ward 2' }],
    };
    const contacts = (change: object) => of({ ...study, ...change }).contacts;
    expect(contacts({})).toEqual([{ name: 'Dr Ada', telecom: [] }]);
    expect(contacts({ principalInvestigator: undefined })).toEqual([{ name: 'The trust', telecom: [] }]);
    expect(contacts({ principalInvestigator: undefined, sponsor: undefined })).toEqual([
      { name: 'Ward 1', telecom: [] },
    ]);
  });

  it('comes in the order in which it matters: what goes on, what nobody knows of, what is planned, then what is over', () => {
    const statuses = ['on-study', 'other', 'screening', 'withdrawn', 'ineligible'];
    const lines = statuses.map((status) => {
      const entry = read(subject({ status }));
      return { key: status as never, section: entry.section, entries: [entry] as const };
    });
    const sorted = [...lines].reverse().sort((a, b) => participationInResearch.compare?.(a, b) ?? 0);
    expect(sorted.map(({ key }) => key)).toEqual(statuses);
  });

  it('is a heading of its own, in which nothing disagrees', () => {
    const { id, heading, groupedBy } = participationInResearch;
    expect([id, heading, groupedBy]).toEqual(['participation-in-research', 'Participation in research', 'everything']);
    expect(participationInResearch.conflicts([])).toEqual([]);
  });
});
