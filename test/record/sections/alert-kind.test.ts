import { describe, expect, it } from 'vitest';
import type { Coded } from '../../../src/record/fhir/coding.ts';
import type { Resource } from '../../../src/record/resource.ts';
import {
  isAdjustmentConcept,
  isRiskKind,
  kindOf,
  kindOfFlag,
  type AlertKind,
} from '../../../src/record/sections/alert-kind.ts';

const SCT = 'http://snomed.info/sct';
const SOCIAL = 'https://interweave.example/Interweave-SocialCareFlagCategory-1';

const said = (text: string, ...codings: Coded['codings']): Coded => ({ text, codings });
const flag = (change: object): Resource => ({ resourceType: 'Flag', id: '1', ...change });

describe('what a warning is about', () => {
  it.each<[string, AlertKind]>([
    ['Infection control', 'alert'],
    ['Vulnerable', 'alert'],
    ['Child', 'alert'],
    ['Abuse of alcohol', 'alert'],
    ['Marriage', 'alert'],
    ['Support worker named', 'alert'],
    ['Safeguarding concern', 'safeguarding'],
    ['Subject to child protection plan', 'safeguarding'],
    ['Domestic violence', 'safeguarding'],
    ['Vulnerable adult', 'safeguarding'],
    ['Child abuse suspected', 'safeguarding'],
    ['Child exploitation', 'safeguarding'],
    ['Child sexual exploitation', 'safeguarding'],
    ['Child criminal exploitation', 'safeguarding'],
    ['Exploitation of child', 'safeguarding'],
    ['Sexual exploitation of a child', 'safeguarding'],
    ['Criminal exploitation of vulnerable person', 'safeguarding'],
    ['Neglect of a child', 'safeguarding'],
    ['Non-accidental injury', 'safeguarding'],
    ['Nonaccidental injury', 'safeguarding'],
    ['Honour-based violence', 'safeguarding'],
    ['Honor based abuse', 'safeguarding'],
    ['Reasonable adjustments needed', 'reasonable-adjustment'],
    ['Reasonable adjustment', 'reasonable-adjustment'],
    ['Individual care requirement', 'reasonable-adjustment'],
    ['Individual care requirements', 'reasonable-adjustment'],
    ['Additional needs', 'reasonable-adjustment'],
    ['Violent to staff', 'risk-to-staff'],
    ['Risk to others', 'risk-to-others'],
    ['Risk of falls', 'risk-to-patient'],
  ])('is read from its words: %s is %s', (text, kind) => {
    expect(kindOf([said(text)])).toBe(kind);
  });

  it.each(['342191000000101', '375041000000100', '764841000000100'])(
    'is read from a code, whatever its words: safeguarding by %s',
    (code) => {
      expect(kindOf([said('See notes', { system: SCT, code })])).toBe('safeguarding');
      expect(kindOf([said('See notes', { system: 'https://local.example', code })])).toBe('alert');
    },
  );

  it('is safeguarding by the category that social care has for it, and by that code of no other system', () => {
    expect(kindOf([said('Concern', { system: SOCIAL, code: 'SGC' })])).toBe('safeguarding');
    expect(kindOf([said('Concern', { system: SOCIAL, code: 'OTH' })])).toBe('alert');
    expect(kindOf([said('Concern', { system: 'https://local.example', code: 'SGC' })])).toBe('alert');
    expect(kindOf([said('Concern', { code: 'SGC' })])).toBe('alert');
  });

  it('is told by any word for it: the source’s own, or one of its codes', () => {
    const coded = said('Concern', { code: '1' }, { code: '2', display: 'Safeguarding' });
    expect(kindOf([coded])).toBe('safeguarding');
    expect(kindOf([said('Child', { display: 'Protection' })])).toBe('alert');
    expect(kindOf([said('Forced', { display: 'marriage' })])).toBe('alert');
  });

  it('is a risk to the patient before a need, and a need before nothing, but never before a risk to others', () => {
    expect(kindOf([said('Risk of falls: reasonable adjustments in place')])).toBe('reasonable-adjustment');
    expect(kindOf([said('Violent to staff: reasonable adjustments in place')])).toBe('risk-to-staff');
    expect(kindOf([said('Risk to others'), said('Reasonable adjustments')])).toBe('risk-to-others');
    expect(kindOf([said('Falls'), said('Infection control')])).toBe('risk-to-patient');
  });

  it('is safeguarding before any risk', () => {
    expect(kindOf([said('Violent partner'), said('Domestic abuse')])).toBe('safeguarding');
  });
});

describe('the national flag for reasonable adjustments', () => {
  it.each<[string, Coded]>([
    ['its code', said('Flag', { code: 'NRAF' })],
    ['its code among others', said('Flag', { code: 'X' }, { code: 'NRAF' })],
    ['its code system', said('Flag', { system: 'https://fhir.nhs.uk/England/CodeSystem/England-X/RAFlag', code: '1' })],
    ['its name in words of its own', said('Flag', { system: 'https://x.example/CodeSystem-RA-Flag-1', code: '1' })],
    ['its record', said('Flag', { system: 'https://x.example/RARecord', code: '1' })],
    ['its STU3 name', said('Flag', { system: 'https://x.example/CodeSystem-ReasonableAdjustment-1', code: '1' })],
  ])('is known by %s, whatever the words beside it', (_how, concept) => {
    expect(isAdjustmentConcept(concept)).toBe(true);
    expect(kindOf([concept])).toBe('reasonable-adjustment');
    expect(kindOf([said('Safeguarding'), concept])).toBe('reasonable-adjustment');
  });

  it.each<[string, Coded]>([
    ['a code of another name', said('Flag', { code: 'NRA', system: 'https://x.example/flags' })],
    ['a code without a system', said('Flag', { code: 'X' })],
    ['a system whose name only contains it', said('Flag', { system: 'https://x.example/UltraFlag', code: '1' })],
    ['no code', said('Flag')],
  ])('is not %s', (_what, concept) => {
    expect(isAdjustmentConcept(concept)).toBe(false);
  });
});

describe('a flag', () => {
  it('is a plain alert where nothing is said', () => {
    expect(kindOfFlag(flag({}))).toBe('alert');
    expect(kindOfFlag(flag({ meta: { security: [{ system: 'https://x.example' }] } }))).toBe('alert');
  });

  it('is safeguarding by the label that is put on abuse, though no word says so', () => {
    const labelled = (code: string): Resource =>
      flag({ meta: { security: [{ code: 'R' }, { code }] }, code: { text: 'See notes' } });
    expect(kindOfFlag(labelled('SDV'))).toBe('safeguarding');
    expect(kindOfFlag(labelled('PSY'))).toBe('alert');
    expect(kindOfFlag(flag({ meta: { security: [{ code: 'SDV' }] } }))).toBe('safeguarding');
  });

  it.each<[string, string, AlertKind]>([
    ['Reasonable adjustments', 'Risk of falls', 'reasonable-adjustment'],
    ['Safeguarding', 'Infection control', 'safeguarding'],
    ['Clinical', 'Risk of falls', 'risk-to-patient'],
    ['Clinical', 'Infection control', 'alert'],
    ['Risk to others', 'Safeguarding concern', 'safeguarding'],
    ['Reasonable adjustments', 'Child protection', 'safeguarding'],
  ])('is believed by its category (%s) before its code (%s), but for safeguarding: %s', (category, code, kind) => {
    expect(kindOfFlag(flag({ category: [{ text: category }], code: { text: code } }))).toBe(kind);
  });

  it('is read from its category where it has no code', () => {
    expect(kindOfFlag(flag({ category: [{ text: 'Other' }, { text: 'Safeguarding' }] }))).toBe('safeguarding');
  });
});

describe('which kinds are risks', () => {
  it.each<[AlertKind, boolean]>([
    ['risk-to-staff', true],
    ['risk-to-others', true],
    ['risk-to-patient', true],
    ['safeguarding', false],
    ['reasonable-adjustment', false],
    ['alert', false],
  ])('%s: %s', (kind, risk) => {
    expect(isRiskKind(kind)).toBe(risk);
  });
});
