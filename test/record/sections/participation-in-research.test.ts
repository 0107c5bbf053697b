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
    ['candidate', 'planned'],
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
});
