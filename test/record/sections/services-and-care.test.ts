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

describe('a request', () => {
  const request = {
    resourceType: 'ServiceRequest',
    id: 's1',
    status: 'active',
    intent: 'order',
    code: { text: 'Cardiology referral' },
    authoredOn: '2026-11-01',
  };

  it('for nothing is unread', () => {
    expect(readResources([{ ...request, code: undefined }], 'gp' as SourceId).unread[0]?.element).toBe(
      'ServiceRequest.code',
    );
  });

  it('that must not be done is negated', () => {
    expect(read({ ...request, doNotPerform: true }).state).toBe('negated');
  });

  it('that is active is still to come', () => {
    expect(read(request)).toMatchObject({ kind: 'referral', state: 'planned', socialCare: false, dateIs: 'recorded' });
  });

  it('to the council is a referral until care runs', () => {
    expect(read({ ...request, category: [{ text: 'Social care referral' }] })).toMatchObject({
      kind: 'referral',
      state: 'planned',
      socialCare: true,
    });
  });

  it('for social care that runs is in place', () => {
    expect(
      read({ ...request, category: [{ text: 'Home care' }], occurrencePeriod: { start: '2026-11-05' } }),
    ).toMatchObject({ kind: 'package', state: 'current', date: '2026-11-05' });
  });
});

describe('equipment', () => {
  const order = {
    resourceType: 'DeviceRequest',
    id: 'd1',
    status: 'active',
    intent: 'order',
    codeCodeableConcept: { text: 'Raised toilet seat' },
    authoredOn: '2026-04-20',
  };

  it('that is the instrument of a measurement is no entry and no gap', () => {
    expect(
      readResources([{ resourceType: 'Device', id: 'x', type: { text: 'Sphygmomanometer' } }], 'gp' as SourceId),
    ).toEqual({ entries: [], unread: [] });
  });

  it('whose order was completed may or may not still be there', () => {
    expect(read({ ...order, status: 'completed' })).toMatchObject({ state: 'unknown', statusAsRecorded: 'completed' });
  });

  it('is read from orders, devices and their use', () => {
    expect(read(order)).toMatchObject({ kind: 'equipment', title: 'Raised toilet seat', state: 'current' });
    expect(
      read({
        resourceType: 'Device',
        id: 'y',
        status: 'active',
        patient: { reference: 'Patient/p' },
        type: { text: 'Hoist' },
      }),
    ).toMatchObject({ kind: 'equipment', title: 'Hoist' });
    expect(
      read({ resourceType: 'DeviceUseStatement', id: 'z', status: 'completed', device: { display: 'Walking frame' } }),
    ).toMatchObject({ title: 'Walking frame', state: 'past' });
  });
});

describe('a support reason', () => {
  it('that gives only its heading has no value', () => {
    expect(
      read({ resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'Primary support reason' } })
        .cautions,
    ).toEqual(['value-missing']);
  });

  it('refuted is negated', () => {
    const reason = {
      resourceType: 'Condition',
      id: 'c',
      category: [{ text: 'Support reason' }],
      code: { text: 'Mobility' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'refuted' }] },
    };
    expect(read(reason)).toMatchObject({ section: 'services-and-care', state: 'negated' });
    expect(read({ ...reason, category: [{ text: 'Primary support reason' }] }).primary).toBe(true);
  });

  it('is the value of an Observation', () => {
    const reason = {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'Primary support reason' },
      valueCodeableConcept: { text: 'Memory and cognition' },
      effectiveDateTime: '2026-01-01',
    };
    expect(read(reason)).toMatchObject({
      title: 'Memory and cognition',
      primary: true,
      state: 'current',
      date: '2026-01-01',
    });
  });
});

describe.skipIf(!existsSync(YHCR))('the Yorkshire & Humber social care examples', () => {
  const example = (name: string): ServiceEntry =>
    read(parseFhirJson(readFileSync(`${YHCR}/${name}.json`, 'utf8')) as Resource);

  it('are all services and care of the council', () => {
    expect(example('EpisodeOfCare-InterweaveSocialCareServiceExample-MustSupport')).toMatchObject({
      title: 'Reablement Service',
      state: 'planned',
      socialCare: true,
      categories: ['Short Term Support: Ongoing Low Level'],
    });
    expect(example('Condition-InterweaveSocialCareSupportReasonExample-MS')).toMatchObject({
      kind: 'support-reason',
      primary: true,
      date: '2022-01-09T09:00:00Z',
    });
    expect(example('DeviceRequest-InterweaveSocialCareEquipmentProvisionExample-MS')).toMatchObject({
      kind: 'equipment',
      title: 'Raised toilet seat, fixed',
    });
    expect(example('ServiceRequest-InterweaveSocialCareContactExample-MS')).toMatchObject({
      kind: 'referral',
      title: 'Hospital Discharge',
      socialCare: true,
      state: 'past',
      notes: ['Request for hospital discharge assessment.'],
    });
  });
});
