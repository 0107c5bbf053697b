import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { CareParts } from '../../../src/record/sections/service-entry.ts';
import { entryFrom } from '../../support/record.ts';

const episode = (change: object = {}): Resource => ({
  resourceType: 'EpisodeOfCare',
  id: 'e',
  status: 'active',
  type: [{ text: 'Reablement' }],
  ...change,
});
const order = (change: object = {}): Resource => ({
  resourceType: 'DeviceRequest',
  id: 'd',
  status: 'active',
  intent: 'order',
  codeCodeableConcept: { text: 'Raised toilet seat' },
  ...change,
});
const request = (change: object = {}): Resource => ({
  resourceType: 'ServiceRequest',
  id: 's',
  status: 'active',
  intent: 'order',
  category: [{ text: 'Social care package' }],
  code: { text: 'Home care' },
  occurrencePeriod: { end: '2030-01-01' },
  ...change,
});
const use = (change: object = {}): Resource => ({
  resourceType: 'DeviceUseStatement',
  id: 'u',
  status: 'active',
  device: { display: 'Hoist' },
  ...change,
});
const reason = (change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: 'c',
  category: [{ text: 'Primary support reason' }],
  code: { text: 'Physical support' },
  ...change,
});
const observed = (change: object = {}): Resource => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'Primary support reason' },
  valueString: 'Memory',
  ...change,
});
const read = (resource: Resource): CareParts => entryFrom<CareParts>(resource, 'council');
const clinical = (code: string): object => ({ clinicalStatus: { coding: [{ code }] } });

describe('what is not in place', () => {
  it.each([
    ['an episode made in error', episode({ status: 'entered-in-error' }), 'in-error', []],
    ['an episode called off', episode({ status: 'cancelled' }), 'negated', ['cancelled']],
    ['an episode waited for', episode({ status: 'waitlist' }), 'planned', ['unconfirmed']],
    ['an episode to come', episode({ status: 'planned' }), 'planned', []],
    ['an episode that is over', episode({ status: 'finished' }), 'past', []],
    ['an order drafted', order({ status: 'draft' }), 'planned', ['preliminary']],
    ['an order called off', order({ status: 'revoked' }), 'negated', ['cancelled']],
    ['an order carried out, for who knows whether it is still there', order({ status: 'completed' }), 'unknown', []],
    ['a request called off', request({ status: 'revoked' }), 'negated', ['cancelled']],
    ['a request carried out', request({ status: 'completed' }), 'past', []],
    ['a use intended', use({ status: 'intended' }), 'planned', []],
    ['a use stopped', use({ status: 'stopped' }), 'past', []],
    ['a reason no longer active', reason(clinical('inactive')), 'past', []],
    ['a reason in remission', reason(clinical('remission')), 'past', []],
    ['a reason resolved', reason(clinical('resolved')), 'past', []],
    ['an observation called off', observed({ status: 'cancelled' }), 'negated', ['cancelled']],
    ['a status that is not known', observed({ status: 'unknown' }), 'unknown', []],
    ['no status', reason(), 'unknown', []],
  ])('is %s', (_what, resource, state, cautions) => {
    expect(read(resource)).toMatchObject({ state, cautions });
  });
});

describe('what is in place', () => {
  it.each([
    ['an episode that pauses', episode({ status: 'onhold' }), []],
    ['an order that pauses', order({ status: 'on-hold' }), []],
    ['a reason that came back', reason(clinical('recurrence')), []],
    ['a reason that came back after it was better', reason(clinical('relapse')), []],
    ['an observation that is complete', observed(), []],
    ['an observation that may still change', observed({ status: 'preliminary' }), ['preliminary']],
    ['an observation that was changed', observed({ status: 'amended' }), ['amended']],
    ['an observation that was put right', observed({ status: 'corrected' }), ['amended']],
  ])('is %s', (_what, resource, cautions) => {
    expect(read(resource)).toMatchObject({ state: 'current', cautions });
  });
});

describe('its day', () => {
  it('is the first of its time, else when it happened, else when it was asked for or written down, else its last', () => {
    const period = { start: '2026-02-01', end: '2030-01-01' };
    expect(read(request({ occurrencePeriod: period, authoredOn: '2026-01-01' }))).toMatchObject({
      date: '2026-02-01',
      requested: '2026-01-01',
      period,
    });
    expect(read(order({ occurrenceDateTime: '2026-03-01', authoredOn: '2026-01-01' }))).toMatchObject({
      date: '2026-03-01',
      requested: '2026-01-01',
    });
    expect(read(use({ timingDateTime: '2026-04-01', recordedOn: '2026-05-01' }))).toMatchObject({
      date: '2026-04-01',
      requested: '2026-05-01',
    });
    expect(read(request({ authoredOn: '2026-01-01' })).date).toBe('2026-01-01');
    expect(read(request())).toMatchObject({ date: '2030-01-01' });
  });

  it('is said to be that of recording where no other is known, and only there', () => {
    expect(read(use({ recordedOn: '2026-05-01' }))).toMatchObject({ date: '2026-05-01', dateIs: 'recorded' });
    expect(read(order({ authoredOn: '2026-05-01' })).dateIs).toBe('recorded');
    expect(read(order({ authoredOn: '2026-05-01', occurrenceDateTime: '2026-05-01' }))).not.toHaveProperty('dateIs');
    expect(read(request())).not.toHaveProperty('dateIs');
  });

  it('is not known where nothing is said of it', () => {
    expect(read(episode())).toStrictEqual({
      id: 'council/EpisodeOfCare/e',
      section: 'services-and-care',
      origin: { source: 'council', resource: 'EpisodeOfCare/e' },
      title: 'Reablement',
      code: { text: 'Reablement', codings: [] },
      state: 'current',
      statusAsRecorded: 'active',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
      socialCare: true,
      categories: [],
      reasons: [],
      kind: 'service',
      activities: [],
      goals: [],
    });
    const identifier = [{ system: 'https://council.example/episodes', value: '7' }];
    expect(read(episode({ identifier })).businessId).toBe('https://council.example/episodes|7');
    expect(read(reason())).not.toHaveProperty('statusAsRecorded');
    expect(read(reason())).toMatchObject({ reasons: [] });
    expect(read(use())).toMatchObject({ categories: [], reasons: [] });
  });
});

describe('who gives it', () => {
  const device = {
    resourceType: 'Device',
    id: 'x',
    status: 'active',
    type: { text: 'Raised toilet seat' },
    patient: { reference: 'Patient/p' },
  };

  it.each([
    ['runs the episode', episode({ managingOrganization: { display: 'The reablement team' } }), 'The reablement team'],
    ['is asked for it', order({ performer: { display: 'Equipment store' } }), 'Equipment store'],
    ['owns the thing', { ...device, owner: { display: 'Equipment store' } }, 'Equipment store'],
    ['is one of several', request({ performer: [{ display: 'A' }, { display: 'B' }, { display: 'A' }] }), 'A, B'],
  ])('is who %s', (_who, resource, provider) => {
    expect(read(resource).provider).toBe(provider);
  });

  it('is not said where nobody is', () => {
    expect(read(order())).not.toHaveProperty('provider');
    expect(read(order({ performer: { reference: 'Organization/elsewhere' } }))).not.toHaveProperty('provider');
  });
});

describe('who pays', () => {
  const said = (value: object) => [{ url: 'https://council.example/StructureDefinition/FundingSource', ...value }];

  it.each([
    ['a concept', episode({ extension: said({ valueCodeableConcept: { text: 'NHS continuing care' } }) })],
    ['words', episode({ extension: said({ valueString: 'NHS continuing care' }) })],
    ['an account', episode({ account: [{ display: 'NHS continuing care' }] })],
    ['what an order is insured by', order({ insurance: [{ display: 'NHS continuing care' }] })],
  ])('is told by %s', (_how, resource) => {
    expect(read(resource).funding).toBe('NHS continuing care');
  });

  it('may be several, each of them once', () => {
    const account = [{ display: 'Council' }, { display: 'Self' }];
    expect(read(episode({ account, extension: said({ valueString: 'Council' }) })).funding).toBe('Council, Self');
  });

  it('is not told by what an extension about anything else says, or one without a name or a value', () => {
    const other = [{ url: 'https://council.example/Contact', valueString: 'Ms Sam Social' }, { valueString: 'x' }];
    expect(read(episode({ extension: [...other, ...said({})] }))).not.toHaveProperty('funding');
  });
});
