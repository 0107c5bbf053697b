import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Fact } from '../../../src/record/fact.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { servicesAndCare, type ServiceEntry } from '../../../src/record/sections/services-and-care.ts';
import { conflictsOf, entriesFrom, entryFrom } from '../../support/record.ts';

const YHCR = resolve(import.meta.dirname, '../../../../shared/data/yhcr-interweave');
const read = (resource: Resource, source = 'council'): ServiceEntry => entryFrom<ServiceEntry>(resource, source);
const factOf = (entry: ServiceEntry): Fact<ServiceEntry> => ({ entries: [entry] }) as unknown as Fact<ServiceEntry>;

describe('services and care', () => {
  it('stand under a heading of their own, of a year, joined by number', () => {
    expect(servicesAndCare).toMatchObject({
      id: 'services-and-care',
      heading: 'Services and care',
      groupedBy: 'identifier',
      reads: ['EpisodeOfCare', 'CarePlan', 'ServiceRequest'],
      window: { months: 12 },
    });
  });

  it('never disagree: two councils may help one person', () => {
    const helped = (id: string): Resource => ({
      resourceType: 'EpisodeOfCare',
      id,
      status: 'active',
      type: [{ text: 'Reablement' }],
    });
    expect(conflictsOf({ a: [helped('1')], b: [helped('2')] })).toEqual([]);
  });

  it('come with what is in place first, and what was made in error last; of one state the newest', () => {
    const of = (status: string | undefined, start: string): Fact<ServiceEntry> =>
      factOf(
        read({ resourceType: 'EpisodeOfCare', id: '1', status, type: [{ text: 'Reablement' }], period: { start } }),
      );
    const ordered = [
      of('active', '2026-02'),
      of('active', '2026-01'),
      of('planned', '2026-03'),
      of(undefined, '2026-04'),
      of('finished', '2026-05'),
      of('cancelled', '2026-06'),
      of('entered-in-error', '2026-07'),
    ];
    const sorted = [...ordered].reverse().sort((a, b) => servicesAndCare.compare?.(a, b) ?? 0);
    expect(sorted).toEqual(ordered);
    expect(sorted.map(({ entries }) => entries[0].state)).toEqual([
      'current',
      'current',
      'planned',
      'unknown',
      'past',
      'negated',
      'in-error',
    ]);
  });
});

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

  it('says what it is for, who asked for it and what else it is called, and invents nothing', () => {
    const entry = read({
      ...episode,
      type: [{ text: 'Reablement' }, { text: 'At home' }],
      extension: [
        {
          url: 'https://x.example/Extension-Interweave-SocialCareServiceCategory',
          valueCodeableConcept: { text: 'Short term' },
        },
      ],
      encounter: { reference: 'Encounter/e9' },
      diagnosis: [{ condition: { reference: 'Condition/c1', display: 'Broken hip' } }],
      referralRequest: [{ reference: 'ServiceRequest/r1' }],
    });
    expect(entry).toMatchObject({
      section: 'services-and-care',
      kind: 'service',
      categories: ['At home', 'Short term'],
      reasons: ['Broken hip'],
      activities: [],
      goals: [],
    });
    expect(entry.links).toEqual([
      { rel: 'encounter', to: 'Encounter/e9' },
      { rel: 'problem', to: 'Condition/c1' },
      { rel: 'request', to: 'ServiceRequest/r1' },
    ]);
    expect(entry).not.toHaveProperty('worker');
  });

  it('is one with another only by its number', () => {
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      servicesAndCare.factKey(read({ ...episode, ...change }, source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier: [{ system: 'https://c.example', value: '1' }] }, 'a')).toBe(
      key({ identifier: [{ system: 'https://c.example', value: '1' }] }, 'b'),
    );
  });

  it('of one number is another where its start, its end or its state is another', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (change: { readonly [element: string]: unknown }): string =>
      servicesAndCare.factKey(read({ ...episode, identifier, ...change }));
    expect(key({ period: { start: '2026-06-10' } })).not.toBe(key({}));
    expect(key({ period: { start: '2026-06-09', end: '2026-09-01' } })).not.toBe(key({}));
    expect(key({ period: { start: '2026-06-09', end: '2026-09-02' } })).not.toBe(
      key({ period: { start: '2026-06-09', end: '2026-09-01' } }),
    );
    expect(key({ period: undefined })).not.toBe(key({}));
    expect(key({ period: undefined, authoredOn: '2026-06-01' })).not.toBe(
      key({ period: undefined, authoredOn: '2026-06-02' }),
    );
    expect(key({ status: 'finished' })).not.toBe(key({}));
  });
});

describe('a package of the council', () => {
  const plan = {
    resourceType: 'CarePlan',
    id: 'p1',
    status: 'active',
    intent: 'plan',
    category: [{ coding: [{ system: 'https://c.example', code: 'SC' }], text: 'Adult social care' }, { text: 'Home' }],
    title: 'Four visits a day',
    description: 'Two carers each time',
    period: { start: '2026-06-09' },
    author: { display: 'Sam Social' },
    encounter: { reference: 'Encounter/e9' },
    addresses: [{ reference: 'Condition/c1', display: 'Frailty' }],
    goal: [{ reference: 'Goal/g1', display: 'Stay at home' }],
    activity: [{ detail: { status: 'in-progress', description: 'Help with washing' } }],
    note: [{ text: 'Key in the safe' }],
  };

  it('that is called nothing is unread', () => {
    const extension = [{ url: 'https://x.example/Extension-SocialCare', valueString: 'x' }];
    const bare = { resourceType: 'CarePlan', id: 'p1', status: 'active', extension };
    const reading = readResources([bare], 'council' as SourceId);
    expect(reading).toMatchObject({ entries: [], unread: [{ element: 'CarePlan.title' }] });
  });

  it('is none where the plan is no council’s', () => {
    const sections = entriesFrom('trust', { ...plan, category: [{ text: 'Heart failure' }] }).map((e) => e.section);
    expect(sections).toEqual(['care-plans']);
  });

  it('says what is given, for what, to what end and by whom', () => {
    const entry = read(plan);
    expect(entry).toMatchObject({
      section: 'services-and-care',
      kind: 'package',
      title: 'Four visits a day',
      code: { text: 'Four visits a day', codings: [{ code: 'SC' }] },
      state: 'current',
      date: '2026-06-09',
      worker: 'Sam Social',
      categories: ['Adult social care', 'Home'],
      reasons: ['Frailty'],
      goals: ['Stay at home'],
      activities: [{ text: 'Help with washing', status: 'in-progress' }],
    });
    expect(entry.notes).toEqual(['Two carers each time', 'Key in the safe']);
    expect(entry.links).toEqual([
      { rel: 'encounter', to: 'Encounter/e9' },
      { rel: 'problem', to: 'Condition/c1' },
      { rel: 'goal', to: 'Goal/g1' },
    ]);
  });

  it('is called by its description or its category for want of a title, and says nothing twice', () => {
    const described = read({ ...plan, title: undefined });
    expect(described).toMatchObject({ title: 'Two carers each time', notes: ['Key in the safe'] });
    expect(read({ ...plan, title: undefined, description: undefined })).toMatchObject({
      title: 'Adult social care',
      notes: ['Key in the safe'],
    });
  });

  it('that names nobody has no worker; with words alone it has no codes', () => {
    const extension = [{ url: 'https://x.example/Extension-SocialCare', valueString: 'x' }];
    const entry = read({ ...plan, author: undefined, category: undefined, extension });
    expect(entry).not.toHaveProperty('worker');
    expect(entry.code).toEqual({ text: 'Four visits a day', codings: [] });
  });

  it('that was revoked is no longer to be given', () => {
    expect(read({ ...plan, status: 'revoked' })).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it('is one with a copy only where every step of it agrees', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (detail: object, source = 'a'): string =>
      servicesAndCare.factKey(read({ ...plan, identifier, activity: [{ detail }] }, source));
    const washing = { status: 'in-progress', description: 'Help with washing' };
    expect(key(washing)).toBe(key(washing, 'b'));
    expect(key({ ...washing, description: 'Help with eating' })).not.toBe(key(washing));
    expect(key({ ...washing, status: 'stopped' })).not.toBe(key(washing));
    expect(key({ ...washing, doNotPerform: true })).not.toBe(key(washing));
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

  it('that must not be provided and was made in error says nothing', () => {
    expect(read({ ...request, doNotPerform: true, status: 'entered-in-error' }).state).toBe('in-error');
  });

  it('that says not what is asked for is unread', () => {
    const extension = [{ url: 'https://x.example/Extension-SocialCare', valueString: 'x' }];
    const reading = readResources([{ ...request, category: undefined, extension }], 'council' as SourceId);
    expect(reading).toMatchObject({ entries: [], unread: [{ element: 'ServiceRequest.code' }] });
  });

  it('says what is asked for, why, how soon, and what the person is told', () => {
    const entry = read({
      ...request,
      code: { text: 'Help at home' },
      occurrencePeriod: { start: '2026-11-05', end: '2027-01-05' },
      reasonCode: [{ text: 'Frailty' }, { text: 'Falls' }],
      reasonReference: [{ display: 'Falls' }, { display: 'Carer is ill' }],
      priority: 'urgent',
      patientInstruction: 'We ring before we come',
      note: [{ text: 'Dog in the house' }],
    });
    expect(entry).toMatchObject({
      title: 'Help at home',
      period: { start: '2026-11-05', end: '2027-01-05' },
      categories: ['Home care'],
      reasons: ['Frailty', 'Falls', 'Carer is ill'],
      priority: 'urgent',
      activities: [],
      goals: [],
    });
    expect(entry.notes).toEqual(['We ring before we come', 'Dog in the house']);
  });

  it('is called by its reason or its kind for want of a code, and leaves out what is not said', () => {
    expect(read({ ...request, reasonCode: [{ text: 'Frailty' }] }).title).toBe('Frailty');
    const entry = read(request);
    expect(entry).toMatchObject({ title: 'Home care', notes: [], reasons: [] });
    expect(entry).not.toHaveProperty('priority');
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
