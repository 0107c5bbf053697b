// Proves src/record/sections/resuscitation-words.ts, src/record/sections/resuscitation-answer.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { conceptsOf, decisionDenied, decisionOf, isEndOfLife } from '../../../src/record/sections/resuscitation.ts';

const SCT = 'http://snomed.info/sct';
const YES = 'attempt-resuscitation';
const NO = 'do-not-attempt-resuscitation';

const sct = (code: string, display?: string): object => ({
  coding: [{ system: SCT, code, ...(display && { display }) }],
});
const NOT_FOR_CPR = sct('450476008', 'Not for attempted cardiopulmonary resuscitation');
const FOR_CPR = sct('450475007', 'For attempted cardiopulmonary resuscitation');
const CPR = sct('89666000', 'Cardiopulmonary resuscitation');

const DNR_KIND = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code: 'dnr' }] };

const of = (resourceType: string, change: object): Resource => ({ resourceType, id: '1', ...change });
const flag = (code: object): Resource => of('Flag', { code });
const asked = (text: string, answer: object): Resource => of('Observation', { code: { text }, ...answer });
const consent = (change: object): Resource => of('Consent', change);
const decided = (resource: Resource) => decisionOf(resource, conceptsOf(resource));
const denied = (resource: Resource) => decisionDenied(resource, conceptsOf(resource));

describe('a decision', () => {
  it.each<[string, Resource, string | undefined]>([
    ['a flag', flag(NOT_FOR_CPR), NO],
    ['a flag', flag(FOR_CPR), YES],
    ['a request not to resuscitate', of('ServiceRequest', { code: CPR, doNotPerform: true }), NO],
    ['a request to resuscitate', of('ServiceRequest', { code: CPR }), undefined],
    ['a request not to: not for CPR', of('ServiceRequest', { code: NOT_FOR_CPR, doNotPerform: true }), undefined],
    ['an order’s detail', of('ServiceRequest', { code: { text: 'Order' }, orderDetail: [NOT_FOR_CPR] }), NO],
    ['a value in words', asked('Escalation', { valueString: 'Not for CPR' }), NO],
    ['a coded value', asked('Resuscitation status', { valueCodeableConcept: FOR_CPR }), YES],
    ['a consent of the kind', consent({ category: [{ coding: [{ code: 'dnr' }] }] }), NO],
    [
      'one that permits',
      consent({ category: [{ coding: [{ code: 'dnr' }] }], provision: { type: 'permit' } }),
      undefined,
    ],
    ['one that denies', consent({ category: [{ coding: [{ code: 'DNR' }] }], provision: { type: 'deny' } }), NO],
    [
      'one that permits and names its kind with the code system',
      consent({ category: [DNR_KIND], provision: { type: 'permit' } }),
      undefined,
    ],
    [
      'one of the kind that permits an attempt',
      consent({ category: [DNR_KIND], provision: { type: 'permit', code: [FOR_CPR] } }),
      YES,
    ],
    ['a flag that is only the code', flag({ coding: [{ code: 'DNR' }] }), NO],
    ['a flag whose code has no value', flag({ coding: [{ display: 'Falls' }] }), undefined],
    [
      'a code that its answer contradicts',
      of('Observation', { code: { coding: [{ code: 'DNR' }] }, valueString: 'For CPR' }),
      undefined,
    ],
    [
      'an order in its detail',
      of('ServiceRequest', { code: { text: 'Order' }, orderDetail: [CPR], doNotPerform: true }),
      NO,
    ],
    ['a consent of two kinds', consent({ category: [DNR_KIND, { text: 'Care plan' }] }), NO],
    ['a consent in words', consent({ category: [{ text: 'Not for attempted CPR' }] }), NO],
    ['a consent whose words end so', consent({ category: [{ text: 'For the file: DNR' }] }), NO],
    [
      'one that permits and has the letters alone',
      consent({ category: [{ text: 'DNR' }], provision: { type: 'permit' } }),
      undefined,
    ],
    [
      'one that permits and has words besides',
      consent({
        category: [{ text: 'DNR', coding: [{ code: 'dnr', display: 'Do not resuscitate' }, { code: 'x' }] }],
        provision: { type: 'permit' },
      }),
      NO,
    ],
    [
      'one of the kind whose words put it off',
      consent({ category: [{ coding: [{ code: 'dnr', display: 'Form' }], text: 'Resuscitation discussed' }] }),
      undefined,
    ],
    ['letters before another word', flag({ text: 'DNR: Northcliffe copy' }), NO],
    ['a no beside what is no observation', of('Condition', { code: NOT_FOR_CPR, valueBoolean: false }), NO],
    [
      'a coded answer of which one word is no answer',
      asked('DNACPR in place', { valueCodeableConcept: { text: 'Question put', coding: [{ display: 'Not asked' }] } }),
      undefined,
    ],
    [
      'one of the kind that is only discussed',
      consent({ category: [{ coding: [{ code: 'dnr' }], text: 'DNACPR discussed' }] }),
      undefined,
    ],
    ['one that denies resuscitation', consent({ provision: { type: 'deny', code: [CPR] } }), NO],
    ['one that permits resuscitation', consent({ provision: { type: 'permit', code: [CPR] } }), YES],
    ['one that says neither', consent({ provision: { code: [CPR] } }), undefined],
    ['one that denies something else', consent({ provision: { type: 'deny', code: [sct('1')] } }), undefined],
    ['one that denies an attempt', consent({ provision: { type: 'deny', code: [FOR_CPR] } }), undefined],
    ['one that permits an attempt', consent({ provision: { type: 'permit', code: [FOR_CPR] } }), YES],
    ['codes that say opposite things', flag({ ...NOT_FOR_CPR, text: 'For CPR' }), undefined],
  ])('is read from %s', (_what, resource, decision) => {
    expect(decided(resource)).toBe(decision);
  });

  it.each([
    'rescinded',
    'revoked',
    'withdrawn',
    'cancelled',
    'suspended',
    'overturned',
    'no longer',
    'not in place',
    'not valid',
    'withdrawal',
    'invalid',
    'invalidated',
    'void',
    'voided',
    'expired',
    'lapsed',
    'removed',
    'superseded',
    'previously',
  ])('is taken back by a word, whatever the code: %s', (word) => {
    const resource = flag({ ...NOT_FOR_CPR, text: `Not for attempted CPR ${word}` });
    expect(decided(resource)).toBeUndefined();
    expect(denied(resource)).toBe(NO);
  });

  it.each([
    'Without DNACPR',
    'Does not have a DNACPR',
    'Has not got DNACPR',
    'No DNACPR',
    'Not DNAR',
    'Not a DNR',
    'Nil DNACPR',
    'No current DNACPR',
    'No valid DNACPR',
    'DNACPR no',
    'DNACPR not',
    'DNACPR form none',
    'DNR nil',
    'DNAR declined',
    'DNACPR refused',
    'DNACPR: No',
    'DNACPR form: none',
    'DNR:nil',
  ])('is denied by words: %s', (text) => {
    expect(decided(flag({ text }))).toBeUndefined();
    expect(denied(flag({ text }))).toBe(NO);
  });

  it('for resuscitation is taken back too', () => {
    expect(denied(flag({ text: 'For attempted CPR - withdrawn' }))).toBe(YES);
    expect(denied(flag({ ...FOR_CPR, text: 'Withdrawn' }))).toBe(YES);
    expect(denied(flag({ ...NOT_FOR_CPR, text: 'Withdrawn' }))).toBe(NO);
  });

  it('is denied by an answer, a code or a word beside it', () => {
    expect(denied(asked('Escalation', { valueString: 'DNACPR rescinded' }))).toBe(NO);
    expect(denied(asked('Decision withdrawn', { valueString: 'For CPR' }))).toBe(YES);
    const withdrawn = (code: string): Resource =>
      asked('Status', { valueCodeableConcept: { ...sct(code), text: 'Withdrawn' } });
    expect(denied(withdrawn('304253006'))).toBe(NO);
    expect(denied(withdrawn('304252001'))).toBe(YES);
    expect(denied(withdrawn('1'))).toBeUndefined();
    const negative = { text: 'No', coding: [{ display: 'Negative' }] };
    expect(denied(asked('DNACPR in place', { valueCodeableConcept: { ...negative, text: 'Finding' } }))).toBe(NO);
    expect(denied(flag({ text: 'Why? DNACPR cancelled' }))).toBe(NO);
    expect(denied(flag({ ...NOT_FOR_CPR, text: 'Cancelled?' }))).toBeUndefined();
    expect(denied(of('Condition', { code: { text: 'DNACPR in place' }, valueBoolean: false }))).toBeUndefined();
  });

  it('is not denied by a question, by a word that speaks of no decision, nor by what is not known', () => {
    expect(denied(flag({ text: 'DNACPR cancelled?' }))).toBeUndefined();
    expect(denied(flag({ text: 'Appointment cancelled' }))).toBeUndefined();
    expect(denied(flag(NOT_FOR_CPR))).toBeUndefined();
    expect(denied(asked('DNACPR in place', { valueString: 'Not known' }))).toBeUndefined();
  });

  it.each([
    'No',
    'n',
    'false',
    'None',
    'Nil',
    'Negative',
    'Absent',
    'Never',
    'Not present',
    'Not in place',
    'No - for CPR',
    'No, (2024)',
  ])('is denied by the answer: %s', (answer) => {
    expect(denied(asked('DNACPR in place', { valueString: answer }))).toBe(NO);
    expect(decided(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
    expect(denied(asked('DNACPR in place', { valueCodeableConcept: { text: answer } }))).toBe(NO);
  });

  it.each(['Unknown', 'Refused', 'n/a', 'N/K', 'Not known', 'Not applicable', 'Not recorded', 'Not asked', 'Not done'])(
    'is neither there nor denied by the answer: %s',
    (answer) => {
      expect(decided(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
      expect(denied(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
    },
  );

  it('is neither there nor denied where there is a reason for no answer', () => {
    const unanswered = asked('DNACPR in place', { dataAbsentReason: { coding: [{ code: 'unknown' }] } });
    expect(decided(unanswered)).toBeUndefined();
    expect(denied(unanswered)).toBeUndefined();
  });

  it('is there where the answer is yes, or begins like a no and is none', () => {
    expect(decided(asked('DNACPR in place', { valueString: 'Yes' }))).toBe(NO);
    expect(decided(asked('DNACPR in place', { valueString: 'Noted by ward' }))).toBe(NO);
    expect(decided(asked('DNACPR in place', { valueString: 'See paper; no copy' }))).toBe(NO);
  });

  it('is not answered with a no by what is no observation', () => {
    expect(decided(of('Condition', { code: NOT_FOR_CPR, valueString: 'Aware' }))).toBe(NO);
  });
});

describe('what belongs to the end of life', () => {
  it.each([
    ['a flag', flag(NOT_FOR_CPR)],
    ['a problem', of('Condition', { code: { text: 'DNACPR in place' } })],
    ['a value', asked('Status', { valueCodeableConcept: FOR_CPR })],
    ['a short answer that decides', asked('Escalation', { valueString: 'Not for resuscitation' })],
    ['an order', of('ServiceRequest', { code: NOT_FOR_CPR })],
    ['an order’s detail', of('ServiceRequest', { code: { text: 'Order' }, orderDetail: [NOT_FOR_CPR] })],
    ['resuscitation forbidden', of('ServiceRequest', { code: CPR, doNotPerform: true })],
    ['a recorded decision', of('Procedure', { code: { text: 'DNACPR' } })],
    ['a consent by its scope', consent({ scope: { coding: [{ code: 'adr' }] } })],
    ['a consent by its provision', consent({ provision: { code: [FOR_CPR] } })],
    ['a consent by its words', consent({ category: [{ text: 'Lasting power of attorney' }] })],
    ...['acd', 'dnr', 'hcd', 'polst'].map((code): [string, Resource] => [
      `a consent of the kind ${code}`,
      consent({
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code }] }],
      }),
    ]),
    ...['861421000000109', '1382601000000107', '735324008', '736366004', '736373009'].map(
      (code): [string, Resource] => [`a form of the type ${code}`, of('DocumentReference', { type: sct(code) })],
    ),
    ['an answer of the most words', asked('Escalation', { valueString: `Not for CPR, ${'x'.repeat(67)}` })],
    [
      'a letter by one of its categories',
      of('DocumentReference', { type: { text: 'Letter' }, category: [{ text: 'ReSPECT form' }] }),
    ],
    ['a form by its category', of('DocumentReference', { category: [{ text: 'ReSPECT form' }] })],
    ['a living will', of('DocumentReference', { type: { text: 'Living will' } })],
  ])('is %s', (_what, resource) => {
    expect(isEndOfLife(resource)).toBe(true);
  });

  it.each([
    ['another flag', flag({ text: 'Falls' })],
    [
      'a long note that mentions a decision',
      asked('Note', { valueString: `Not for CPR. ${'Seen at home. '.repeat(9)}` }),
    ],
    ['an answer that decides nothing', asked('Escalation', { valueString: 'Seen at home' })],
    ['words of what is no observation', of('Condition', { code: { text: 'Frailty' }, valueString: 'Not for CPR' })],
    [
      'a referral to talk about it',
      of('ServiceRequest', { code: { text: 'Refer to discuss' }, orderDetail: [NOT_FOR_CPR] }),
    ],
    ['a referral', of('ServiceRequest', { code: { text: 'Referral' }, orderDetail: [NOT_FOR_CPR] })],
    ['a consent whose kind has no code', consent({ category: [{ coding: [{ display: 'Form' }] }] })],
    ['a discussion', of('ServiceRequest', { code: { text: 'Discussion' }, orderDetail: [NOT_FOR_CPR] })],
    ['a leaflet', of('Procedure', { code: { ...NOT_FOR_CPR, text: 'DNACPR leaflet given' } })],
    ['information', of('Procedure', { code: { ...NOT_FOR_CPR, text: 'DNACPR information given' } })],
    ['resuscitation that was given', of('Procedure', { code: CPR })],
    ['another procedure forbidden', of('ServiceRequest', { code: { text: 'Intubation' }, doNotPerform: true })],
    ['a consent to share', consent({ scope: { coding: [{ code: 'patient-privacy' }] } })],
    ['a consent of another kind', consent({ category: [{ coding: [{ system: 'https://x.example', code: 'acd' }] }] })],
    [
      'a consent of another category',
      consent({
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code: 'npp' }] }],
      }),
    ],
    ['a letter', of('DocumentReference', { type: { text: 'Letter' } })],
  ])('is not %s', (_what, resource) => {
    expect(isEndOfLife(resource)).toBe(false);
  });
});
