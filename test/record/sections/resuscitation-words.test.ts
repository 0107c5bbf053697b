// Proves src/record/sections/resuscitation.ts, src/record/sections/resuscitation-answer.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { readCoded, type Coded } from '../../../src/record/fhir/coding.ts';
import type { Resource } from '../../../src/record/resource.ts';
import {
  conceptsOf,
  decisionDenied,
  decisionIn,
  decisionInFormName,
  decisionOf,
  isCprItself,
  isResuscitation,
} from '../../../src/record/sections/resuscitation.ts';

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const YES = 'attempt-resuscitation';
const NO = 'do-not-attempt-resuscitation';

const sct = (code: string, display?: string): object => ({
  coding: [{ system: SCT, code, ...(display && { display }) }],
});

const of = (resourceType: string, change: object): Resource => ({ resourceType, id: '1', ...change });
const flag = (code: object): Resource => of('Flag', { code });
const asked = (text: string, answer: object): Resource => of('Observation', { code: { text }, ...answer });
const denied = (resource: Resource) => decisionDenied(resource, conceptsOf(resource));
const decided = (resource: Resource) => decisionOf(resource, conceptsOf(resource));
const coded = (concept: object): Coded => {
  const read = readCoded(concept);
  if (!read) throw new Error('not a concept');
  return read;
};

describe('words that decide', () => {
  it.each([
    'DNACPR',
    'DNAR in place',
    'Patient is DNR',
    'Do not resuscitate',
    'Do not resus',
    'Not for any resuscitation',
    'CPR not to be attempted',
    'Resuscitation is not to be attempted',
    'No CPR',
    'No CPR, ward care',
    'Not for CPR',
    'Not for resus',
    'Not for resuscitation',
    'Not for attempted CPR',
    'Not for active resuscitation',
    'Not for full attempted resuscitation',
    'Not for cardiopulmonary resuscitation',
    'Not for cardio-pulmonary resuscitation',
    'Not for cardio pulmonary resus',
    'Do not attempt CPR',
    'Not to attempt resuscitation',
    'Ward: not for CPR',
  ])('against resuscitation: %s', (text) => {
    expect(decisionIn({ text, codings: [] })).toEqual([NO]);
    expect(isResuscitation({ text, codings: [] })).toBe(true);
  });

  it.each([
    'For CPR',
    'For attempted CPR',
    'For full active resuscitation',
    'For resus',
    'Attempt CPR',
    'For cardiopulmonary resuscitation',
    'Attempt cardiopulmonary resuscitation',
  ])('for resuscitation: %s', (text) => {
    expect(decisionIn({ text, codings: [] })).toEqual([YES]);
    expect(isResuscitation({ text, codings: [] })).toBe(true);
  });

  it.each([
    'CPR given by bystander',
    'Successful cardiopulmonary resuscitation',
    'Training for CPR',
    'Request for CPR training',
    'For CPR training',
    'For CPR decision',
    'For resus form completion',
    'For resuscitation form',
    'No CPR given',
    'No CPR required',
    'No CPR in progress',
    'No CPR on arrival',
    'No CPR at birth',
    'No CPR was given',
    'Resuscitation status',
    'CPR decision',
    'For CPR on the ward, not for CPR at home',
  ])('neither way: %s', (text) => {
    expect(decisionIn({ text, codings: [] })).toEqual([]);
  });

  it.each([
    'discussed',
    'discussion',
    'review',
    'to be reviewed',
    'not appropriate',
    'not completed',
    'consider',
    'considered',
    'unless asleep',
    'except in theatre',
    'declined',
    'pending',
    'awaiting signature',
    'replaced by ReSPECT',
    'replaced with ReSPECT',
    'leaflet given',
    'training',
    'course',
    'policy explained',
    'yes/no',
    'in place: yes / no',
    'Y/N',
    'if found collapsed',
    'status',
  ])('decide nothing where they only speak of it: DNACPR %s', (words) => {
    expect(decisionIn({ text: `DNACPR ${words}`, codings: [] })).toEqual([]);
    expect(decided(flag({ text: `DNACPR ${words}` }))).toBeUndefined();
  });

  it('decide nothing where they ask', () => {
    expect(decisionIn({ text: 'DNACPR?', codings: [] })).toEqual([]);
  });
});

describe('codes that decide', () => {
  it.each(['450476008', '304253006', '143021000119109'])('against resuscitation: %s', (code) => {
    expect(decisionIn(coded(sct(code)))).toEqual([NO]);
    expect(isResuscitation(coded(sct(code)))).toBe(true);
  });

  it.each(['450475007', '304252001'])('for resuscitation: %s', (code) => {
    expect(decisionIn(coded(sct(code)))).toEqual([YES]);
    expect(isResuscitation(coded(sct(code)))).toBe(true);
  });

  it.each([
    ['resuscitation status', sct('304251008')],
    ['orders for resuscitation', { coding: [{ system: LOINC, code: '100822-6' }] }],
    ['do not resuscitate', { coding: [{ system: LOINC, code: '81351-9' }] }],
    ['the kind of a consent', { coding: [{ code: 'DNR', display: 'Kind of form' }] }],
    ['the kind of a form', { coding: [{ code: 'polst' }] }],
    ['words for the status', { text: 'CPR status' }],
    ['words for a decision', { text: 'Resuscitation decision' }],
    ['words for a recommendation', { text: 'ReSPECT: CPR recommendation' }],
    ['words for orders', { text: 'Resus orders' }],
    ['words for an order', { text: 'Resuscitation order' }],
    ['a form', { text: 'ReSPECT form' }],
    ['escalation', { text: 'For full escalation' }],
    ['escalation alone', { text: 'Full escalation' }],
    ['escalation refused', { text: 'Patient is not for full treatment escalation' }],
  ])('name a decision and decide nothing by themselves: %s', (_what, concept) => {
    expect(decisionIn(coded(concept))).toEqual([]);
    expect(isResuscitation(coded(concept))).toBe(true);
  });

  it.each([
    'Bystander CPR given',
    'Status post CPR',
    'Respect',
    'Escalation of dose',
    'Query: full escalation',
    'Decision to admit',
  ])('are not in: %s', (text) => {
    expect(isResuscitation({ text, codings: [] })).toBe(false);
  });
});

describe('a code that is not there', () => {
  it('names no decision', () => {
    expect(isResuscitation(coded({ coding: [{ display: 'Falls' }] }))).toBe(false);
  });
});

describe('the treatment and nothing besides', () => {
  it.each([
    'CPR',
    'Attempted CPR',
    'Attempt at CPR',
    'Attempts at CPR',
    'CPR attempt',
    'CPR attempts',
    'Resuscitation',
    'Resus',
  ])('is %s', (text) => {
    expect(isCprItself({ text, codings: [] })).toBe(true);
  });

  it.each(['CPR training', 'Bystander CPR', 'Attempted suicide', 'Resuscitation trolley'])('is not %s', (text) => {
    expect(isCprItself({ text, codings: [] })).toBe(false);
  });

  it('is told by its code', () => {
    expect(isCprItself(coded({ ...sct('89666000'), text: 'Reanimation' }))).toBe(true);
  });
});

describe('a form named for what it decides', () => {
  it.each([
    'DNACPR',
    'DNAR form',
    'Signed DNACPR form, signed.pdf',
    'Current valid adult unified DNACPR order',
    'DNACPR decision 12/03/2026',
    'DNACPR certificate (scan)',
    'DNACPR record_scanned.pdf',
    'Do not attempt CPR form',
    'Do not attempt resuscitation',
  ])('decides against resuscitation: %s', (name) => {
    expect(decisionInFormName(['Letter', name])).toBe(NO);
  });

  it.each(['Letter about DNACPR', 'DNACPR leaflet', 'Draft DNACPR form', 'DNACPR form cancelled', 'ReSPECT form'])(
    'decides nothing: %s',
    (name) => {
      expect(decisionInFormName([name])).toBeUndefined();
    },
  );
});

describe('full escalation', () => {
  it.each([
    'Full escalation',
    'For full escalation',
    'Patient is for full escalation',
    'For full treatment escalation',
    'Full escalation of care',
    'For full escalation of treatment',
    'For full escalation including CPR',
    'For full escalation, incl. resuscitation',
    'For full escalation (including CPR)',
    'Full escalation incl CPR',
    'Full escalation including resus',
  ])('denies a decision against resuscitation: %s', (text) => {
    expect(denied(flag({ text }))).toBe(NO);
    expect(decided(flag({ text }))).toBeUndefined();
  });

  it.each([
    'Not for full escalation',
    'For full escalation excluding CPR',
    'For full escalation: withdrawn',
    'Escalation',
  ])('does not: %s', (text) => {
    expect(denied(flag({ text }))).toBeUndefined();
  });

  it('may be the answer, and is none where it is withdrawn', () => {
    expect(denied(asked('Escalation', { valueString: 'Full escalation' }))).toBe(NO);
    expect(denied(asked('Full escalation', { valueString: 'Withdrawn' }))).toBeUndefined();
  });

  it('does not where it is not to be done, or is answered with no', () => {
    expect(denied(of('ServiceRequest', { code: { text: 'Full escalation' }, doNotPerform: true }))).toBeUndefined();
    expect(denied(asked('Full escalation', { valueBoolean: false }))).toBeUndefined();
  });
});

describe('the letters of a decision, beside words that say there is none', () => {
  it.each([
    'No active DNACPR',
    'There is no active DNACPR',
    'No signed DNACPR form',
    'No formal DNACPR in place',
    'Not under a DNACPR',
    'Not currently DNACPR',
    'Not documented as DNACPR',
    'Not for DNACPR',
    'Never had a DNACPR',
    'Patient does not have a DNACPR',
    'Patient doesn’t have a DNACPR',
    'Hasn’t got a DNACPR',
    'DNACPR absent',
    'DNACPR: N',
    'DNACPR: false',
    'DNACPR - no',
    'DNACPR – none',
    'DNACPR (no)',
    'DNACPR = No',
    'DNACPR: no, for full treatment',
    'DNACPR decision: none',
    'DNACPR order - no',
    'DNACPR in place: no',
    'DNACPR decision not made',
    'DNACPR decision was not agreed',
    'DNACPR order not found',
    'DNACPR: not in situ',
    'DNACPR no evidence',
    'Not for CPR: no',
    'uDNACPR: none',
    'DNACPR / DNAR: none',
    'Not for CPR / not for resuscitation: no',
  ])('deny it: %s', (text) => {
    expect(decided(flag({ text }))).toBeUndefined();
    expect(denied(flag({ text }))).toBe(NO);
    expect(decided(flag({ ...sct('450476008', 'Not for attempted CPR'), text }))).toBeUndefined();
  });

  it.each(['For CPR: No', 'For CPR - not agreed', 'For attempted resuscitation (no)'])(
    'deny that it is to be attempted: %s',
    (text) => {
      expect(decided(flag({ text }))).toBeUndefined();
      expect(denied(flag({ text }))).toBe(YES);
    },
  );

  it.each([
    'No evidence of DNACPR',
    'No record of a DNACPR',
    'No known DNACPR',
    'Not known to have a DNACPR',
    'Family not aware of DNACPR',
    'No plans for DNACPR',
    'Possible DNACPR',
    'Query DNACPR',
    'Draft DNACPR',
    'Unsigned DNACPR',
    'Needs DNACPR',
    'Requests a DNACPR',
    'Patient wants DNACPR',
    'Does not want a DNACPR',
    'Would like DNACPR',
    'Refuses DNACPR',
    'Family object to the DNACPR',
    'Mother has a DNACPR',
    'DNACPR required',
    'DNACPR form requested',
    'DNACPR unsigned',
    'DNACPR: in draft',
    'DNACPR unknown',
    'DNACPR n/a',
    'DNACPR decision not recorded',
    'DNACPR - not applicable',
    'DNACPR never completed',
    'DNACPR decision to be made',
    'No CPR decision',
    'No CPR preference recorded',
  ])('leave it open: %s', (text) => {
    expect(isResuscitation({ text, codings: [] })).toBe(true);
    expect(decided(flag({ text }))).toBeUndefined();
    expect(denied(flag({ text }))).toBeUndefined();
  });

  it.each([
    'uDNACPR in place',
    'DNA-CPR form',
    'Known DNACPR',
    'Copy of DNACPR in notes',
    'DNACPR in place. Not for ITU',
    'DNACPR - not for hospital admission',
    'DNACPR not for ITU',
    'DNACPR not to be ventilated',
    'DNACPR no ITU',
    'DNACPR, no ventilation',
    'DNACPR, nil by mouth',
    'DNACPR in place - no expiry',
    'DNACPR form no. 1234',
    'DNACPR - not applicable to choking',
    'DNACPR, patient does not have capacity',
    'DNACPR in place, without ReSPECT form',
    'DNACPR - none of the family told',
    'No known allergies. DNACPR in place',
    'Not for CPR not for ventilation',
    'Not for CPR DNACPR signed',
    'Do not resuscitate, DNACPR signed',
    'No CPR, no ITU',
  ])('do not turn it round where they are about something else: %s', (text) => {
    expect(decided(flag({ text }))).toBe(NO);
    expect(denied(flag({ text }))).toBeUndefined();
  });

  it('leave a decision to attempt it as it is where they are about something else', () => {
    expect(decided(flag({ text: 'For CPR, not for ITU' }))).toBe(YES);
    expect(decided(flag({ text: 'For CPR - no ventilation' }))).toBe(YES);
  });
});

describe('a decision that was taken back', () => {
  it.each([
    'DNACPR revoked 2020, new DNACPR 2024',
    'Previously for CPR, now DNACPR',
    'DNACPR withdrawn, reinstated DNACPR',
    'DNACPR expired, renewed: not for CPR',
    'DNACPR lapsed, again DNACPR',
  ])('neither stands nor is denied where the words say that there is one again: %s', (text) => {
    expect(decided(flag({ text }))).toBeUndefined();
    expect(denied(flag({ text }))).toBeUndefined();
  });

  it.each(['DNACPR cancelled, now for CPR', 'Previously DNACPR now for CPR', 'DNACPR revoked, now not DNACPR'])(
    'is denied where they say nothing of the kind: %s',
    (text) => {
      expect(denied(flag({ text }))).toBe(NO);
    },
  );
});

describe('forms that are named for the unified decision', () => {
  it('are known by its letters', () => {
    expect(decisionInFormName(['uDNACPR form.pdf'])).toBe(NO);
    expect(decisionInFormName(['DNA-CPR signed'])).toBe(NO);
  });
});
