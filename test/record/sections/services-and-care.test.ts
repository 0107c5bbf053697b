import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { servicesAndCare, type ServiceEntry } from '../../../src/record/sections/services-and-care.ts';
import { entryFrom } from '../../support/record.ts';

const YHCR = resolve(import.meta.dirname, '../../../../shared/data/yhcr-interweave');
const read = (resource: Resource, source = 'council'): ServiceEntry => entryFrom<ServiceEntry>(resource, source);

describe('a service', () => {
  const episode = {
    resourceType: 'EpisodeOfCare',
    id: 'e1',
    status: 'active',
    type: [{ text: 'Reablement' }],
    period: { start: '2026-06-09' },
    managingOrganization: { display: 'The reablement team' },
  };

  it('that says not what it is is unread', () => {
    expect(readResources([{ ...episode, type: [] }], 'council' as SourceId).unread[0]?.element).toBe(
      'EpisodeOfCare.type',
    );
  });

  it('without a status is unknown', () => {
    expect(read({ ...episode, status: undefined }).state).toBe('unknown');
  });

  it('says provider, worker, funding and start', () => {
    const extension = [
      { url: 'https://x.example/Extension-FundingSource', valueCodeableConcept: { text: 'Direct payment' } },
    ];
    expect(read({ ...episode, extension, careManager: { display: 'Sam Social' } })).toMatchObject({
      provider: 'The reablement team',
      worker: 'Sam Social',
      funding: 'Direct payment',
      date: '2026-06-09',
      state: 'current',
      socialCare: true,
    });
  });

  it('is one with another only by its number', () => {
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      servicesAndCare.factKey(read({ ...episode, ...change }, source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier: [{ system: 'https://c.example', value: '1' }] }, 'a')).toBe(
      key({ identifier: [{ system: 'https://c.example', value: '1' }] }, 'b'),
    );
  });
});

describe('a request for social care that runs', () => {
  const request = {
    resourceType: 'ServiceRequest',
    id: 's1',
    status: 'active',
    intent: 'order',
    category: [{ text: 'Home care' }],
    occurrencePeriod: { start: '2026-11-05' },
    authoredOn: '2026-11-01',
  };

  it('that must not be provided is negated', () => {
    expect(read({ ...request, doNotPerform: true }).state).toBe('negated');
  });

  it('is a package, in place from its first day', () => {
    expect(read(request)).toMatchObject({
      section: 'services-and-care',
      kind: 'package',
      state: 'current',
      date: '2026-11-05',
    });
  });
});

describe.skipIf(!existsSync(YHCR))('the Yorkshire & Humber social care examples', () => {
  const example = (name: string): ServiceEntry =>
    read(parseFhirJson(readFileSync(`${YHCR}/${name}.json`, 'utf8')) as Resource);

  it('stand under their own headings', () => {
    expect(example('EpisodeOfCare-InterweaveSocialCareServiceExample-MustSupport')).toMatchObject({
      title: 'Reablement Service',
      state: 'planned',
      socialCare: true,
      categories: ['Short Term Support: Ongoing Low Level'],
    });
    const others = [
      example('Condition-InterweaveSocialCareSupportReasonExample-MS'),
      example('DeviceRequest-InterweaveSocialCareEquipmentProvisionExample-MS'),
      example('ServiceRequest-InterweaveSocialCareContactExample-MS'),
    ];
    expect(others).toMatchObject([
      { section: 'support-reason', primary: true, date: '2022-01-09T09:00:00Z' },
      { section: 'equipment', title: 'Raised toilet seat, fixed' },
      {
        section: 'referrals',
        title: 'Hospital Discharge',
        socialCare: true,
        state: 'past',
        notes: ['Request for hospital discharge assessment.'],
      },
    ]);
  });
});
