import { describe, expect, it } from 'vitest';
import { readConsent } from '../../../launcher/access/consent.ts';
import { consentItemOf } from '../../../launcher/access/consent-item.ts';
import { voiceOf, type ConsentAsker } from '../../../launcher/access/consent-voice.ts';
import { classOf } from '../../../launcher/access/labels.ts';
import { labelOf } from '../../../launcher/access/case.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';

/** The example consents of IHE PCF 1.1 (consent.fsh), written from the specification's own description of each. */
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const KEEPER = 'practice' as SourceId;
const TPO = ['TREAT', 'HPAYMT', 'HOPERAT'].map((code) => ({ system: REASON, code }));
const NOW = Date.parse('2026-11-22T12:00:00Z');
const READER: ConsentAsker = { ods: 'XB101', names: ['iss|1'], emergency: false, nowMs: NOW };

const period = (year: string) => ({ start: `${year}-01`, end: `${year}-12` });
const data = (meaning: string, reference: string) => [{ meaning, reference: { reference } }];
const security = (...codes: string[]) =>
  codes.map((code) => ({ system: labelOf(code).slice(0, labelOf(code).lastIndexOf('|')), code }));
const practitioner = [
  { role: { coding: [{ code: 'IRCP' }] }, reference: { reference: 'Practitioner/ex-practitioner' } },
];

function consent(provision: object, more: object = {}): Resource {
  return {
    resourceType: 'Consent',
    id: 'ex',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    policy: [{ uri: 'http://example.org/policies/basePrivacyConsentPolicy.txt' }],
    provision: { type: 'permit', purpose: TPO, ...provision },
    ...more,
  };
}

const ITEM: Resource = {
  resourceType: 'Observation',
  id: 'ex-alcoholUse',
  issued: '2022-06-13T10:00:00Z',
  encounter: { reference: 'Encounter/ex-encounter' },
  performer: [{ reference: 'Practitioner/ex-practitioner' }],
};
const OTHER: Resource = { resourceType: 'Observation', id: 'other', issued: '2019-02-01' };

function say(resource: Resource, item: Resource = OTHER, labels: string[] = [], asker: ConsentAsker = READER): string {
  const statement = readConsent(resource, KEEPER);
  return voiceOf(statement ? [statement] : [], asker, {
    source: KEEPER,
    ods: 'XB001',
    section: 'problems',
    labels: classOf(labels.map(labelOf)),
    item: consentItemOf(item),
  });
}

describe('the example consents of IHE PCF', () => {
  it.each([
    ['ex-consent-basic-reject: a dissent refuses', consent({ type: 'deny' }), OTHER, [], 'deny'],
    ['ex-consent-basic-treat: a consent permits', consent({}), OTHER, [], 'permit'],
    ['ex-consent-basic-ink: however it was signed', consent({}), OTHER, [], 'permit'],
    [
      'ex-consent-expired-treat: one that has ended says nothing',
      consent({ period: { end: '2022-12-31' } }),
      OTHER,
      [],
      'silent',
    ],
    [
      'ex-consent-intermediate-timeframe: what was authored then',
      consent({ dataPeriod: period('2022') }),
      ITEM,
      [],
      'permit',
    ],
    ['ex-consent-intermediate-timeframe: and nothing else', consent({ dataPeriod: period('2022') }), OTHER, [], 'deny'],
    [
      'ex-consent-intermediate-not-timeframe: not what was authored then',
      consent({ provision: [{ type: 'deny', dataPeriod: period('2022') }] }),
      ITEM,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-timeframe: everything else',
      consent({ provision: [{ type: 'deny', dataPeriod: period('2022') }] }),
      OTHER,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-authoredby: what that person wrote',
      consent({ data: data('authoredby', 'Practitioner/ex-practitioner') }),
      ITEM,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-authoredby: and nothing else',
      consent({ data: data('authoredby', 'Practitioner/ex-practitioner') }),
      OTHER,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-authoredby',
      consent({ provision: [{ type: 'deny', data: data('authoredby', 'Practitioner/ex-practitioner') }] }),
      ITEM,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-authoredby: everything else',
      consent({ provision: [{ type: 'deny', data: data('authoredby', 'Practitioner/ex-practitioner') }] }),
      OTHER,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-encounter: what belongs to it',
      consent({ data: data('related', 'Encounter/ex-encounter') }),
      ITEM,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-encounter: and nothing else',
      consent({ data: data('related', 'Encounter/ex-encounter') }),
      OTHER,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-encounter',
      consent({ provision: [{ type: 'deny', data: data('related', 'Encounter/ex-encounter') }] }),
      ITEM,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-data: what is named',
      consent({ data: data('instance', 'Observation/ex-alcoholUse') }),
      ITEM,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-data: and nothing else',
      consent({ data: data('instance', 'Observation/ex-alcoholUse') }),
      OTHER,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-data',
      consent({ provision: [{ type: 'deny', data: data('instance', 'Observation/ex-alcoholUse') }] }),
      ITEM,
      [],
      'deny',
    ],
    [
      'ex-consent-intermediate-not-data: everything else',
      consent({ provision: [{ type: 'deny', data: data('instance', 'Observation/ex-alcoholUse') }] }),
      OTHER,
      [],
      'permit',
    ],
    [
      'ex-consent-intermediate-purpose: a consent to research says nothing of care',
      consent({ purpose: [{ code: 'FooBar' }] }),
      OTHER,
      [],
      'silent',
    ],
    ['ex-consent-advanced-normal: normal data', consent({ securityLabel: security('N') }), OTHER, [], 'permit'],
    [
      'ex-consent-advanced-normal: not restricted data',
      consent({ securityLabel: security('N') }),
      OTHER,
      ['R'],
      'deny',
    ],
    [
      'ex-consent-advanced-normal-restricted: both',
      consent({ securityLabel: security('N', 'R') }),
      OTHER,
      ['R'],
      'permit',
    ],
    [
      'ex-consent-advanced-normal-restricted: not very restricted data',
      consent({ securityLabel: security('N', 'R') }),
      OTHER,
      ['V'],
      'deny',
    ],
    [
      'ex-consent-advanced-normal-not-restricted',
      consent({ securityLabel: security('N'), provision: [{ type: 'deny', securityLabel: security('R') }] }),
      OTHER,
      ['R'],
      'deny',
    ],
    [
      'ex-consent-advanced-normal-focused-psy: not to others',
      consent({
        securityLabel: security('N'),
        provision: [{ type: 'permit', securityLabel: security('PSY'), actor: practitioner }],
      }),
      OTHER,
      ['R', 'PSY'],
      'deny',
    ],
  ] as const)('%s', (_title, resource, item, labels, voice) => {
    expect(say(resource, item, [...labels])).toBe(voice);
  });

  it('ex-consent-advanced-normal-focused-psy: to the practitioner it names', () => {
    const focused = consent({
      securityLabel: security('N'),
      provision: [{ type: 'permit', securityLabel: security('PSY'), actor: practitioner }],
    });
    const named = { ...READER, names: ['Practitioner/ex-practitioner'] };
    expect(say(focused, OTHER, ['R', 'PSY'], named)).toBe('permit');
    expect(say(focused, OTHER, ['R', 'HIV'], named)).toBe('deny');
  });

  it('an exception that permits overrides an explicit refusal', () => {
    const refused = consent({
      type: 'deny',
      provision: [{ type: 'permit', data: data('instance', 'Observation/ex-alcoholUse') }],
    });
    expect(say(refused, ITEM)).toBe('permit');
    expect(say(refused, OTHER)).toBe('deny');
  });

  it('break-glass named in a refusal is refused for good, named in a permission it is for an emergency only', () => {
    const never = consent({ type: 'deny', purpose: [...TPO, { code: 'BTG' }] });
    expect(say(never)).toBe('deny-always');
    const only = consent({ type: 'deny', provision: [{ type: 'permit', purpose: [{ code: 'BTG' }] }] });
    expect(say(only)).toBe('deny');
    expect(say(only, OTHER, [], { ...READER, emergency: true })).toBe('permit');
  });
});

describe('a statement about sharing', () => {
  it.each([
    ['that was withdrawn', consent({ type: 'deny' }, { status: 'inactive' })],
    ['that was recorded in error', consent({ type: 'deny' }, { status: 'entered-in-error' })],
    ['about treatment, not about records', consent({ type: 'deny' }, { scope: { coding: [{ code: 'treatment' }] } })],
    ['that has not begun', consent({ type: 'deny', period: { start: '2026-11-23' } })],
    ['that ended yesterday', consent({ type: 'deny', period: { start: '2026-01-01', end: '2026-11-21' } })],
  ])('%s says nothing', (_title, resource) => {
    expect(say(resource)).toBe('silent');
  });

  it('holds to the last minute of its last day', () => {
    expect(say(consent({ type: 'deny', period: { end: '2026-11-22' } }))).toBe('deny');
  });

  it('refuses when its type or dates can’t be read', () => {
    expect(say(consent({ type: 'maybe', period: { start: 'soon', end: 'later' } }))).toBe('deny');
  });

  it('about what one organisation holds says nothing of another', () => {
    const custodian = { role: { coding: [{ code: 'CST' }] }, reference: { identifier: { value: 'XB999' } } };
    expect(say(consent({ type: 'deny', actor: [custodian] }))).toBe('silent');
    expect(
      say(consent({ type: 'deny', actor: [{ ...custodian, reference: { identifier: { value: 'XB001' } } }] })),
    ).toBe('deny');
  });

  it('against one recipient holds for that one', () => {
    const actor = [{ role: { coding: [{ code: 'IRCP' }] }, reference: { identifier: { value: 'XB101' } } }];
    expect(say(consent({ type: 'deny', actor }))).toBe('deny');
    expect(say(consent({ type: 'deny', actor }), OTHER, [], { ...READER, ods: 'XB102' })).toBe('silent');
  });

  it('undated items are inside a refusal and outside a permission', () => {
    const undated: Resource = { resourceType: 'Observation', id: 'x' };
    expect(say(consent({ dataPeriod: period('2022') }), undated)).toBe('deny');
    expect(say(consent({ provision: [{ type: 'deny', dataPeriod: period('2022') }] }), undated)).toBe('deny');
  });
});
