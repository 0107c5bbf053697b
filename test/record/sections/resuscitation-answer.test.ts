// Proves src/record/sections/resuscitation.ts, src/record/sections/resuscitation-words.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import {
  conceptsOf,
  decisionDenied,
  decisionDeniedByLine,
  decisionOf,
} from '../../../src/record/sections/resuscitation.ts';

const YES = 'attempt-resuscitation';
const NO = 'do-not-attempt-resuscitation';

const asked = (text: string, answer: object): Resource => ({
  resourceType: 'Observation',
  id: '1',
  code: { text },
  ...answer,
});
const decided = (resource: Resource) => decisionOf(resource, conceptsOf(resource));
const denied = (resource: Resource) => decisionDenied(resource, conceptsOf(resource));

describe('a question about a decision, with an answer that leaves it open', () => {
  it.each([
    'No?',
    '?',
    'Yes?',
    'Unknown',
    'Unsure',
    'Unclear',
    'Uncertain',
    'Undecided',
    'Undetermined',
    'Unconfirmed',
    'Unsigned',
    'Unavailable',
    'Unable to confirm',
    'Unable to find a form',
    'Not sure',
    'Not decided',
    'Not found',
    'Not documented',
    'No record found',
    'No evidence',
    'No known',
    'None known',
    'Declined',
    'Refused by family',
    'Query',
    'Pending',
    'Awaiting signature',
    'To be discussed',
    'TBC',
    'tba',
    'Under review',
    'Under discussion',
    'Possibly',
    'Possible',
    'Maybe',
    'Don’t know',
    'Don’t know yet',
    "Don't know",
    'dont know',
    'Do not know',
    'In draft',
    'Draft',
    'Incomplete',
    '0',
    'N/A',
    'n/k',
  ])('neither holds one nor denies one: %s', (answer) => {
    expect(decided(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
    expect(decided(asked('DNACPR in place?', { valueString: answer }))).toBeUndefined();
    expect(denied(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
    expect(denied(asked('DNACPR in place?', { valueString: answer }))).toBeUndefined();
  });

  it.each([
    'Yes',
    'y',
    'Yes - discussed with family',
    'No change',
    'No changes since 2024',
    'No capacity: best interests',
    'No concern',
    'No concerns',
    'No objection',
    'No objections raised',
    'Confirmed: who by? Dr Example',
    'No review date',
    'No expiry',
    'Undertaken by the ward',
    'Nottingham form',
    '05/03/2024',
    'Unable to discuss with the patient',
  ])('holds one where the answer is none of these: %s', (answer) => {
    expect(decided(asked('DNACPR in place', { valueString: answer }))).toBe(NO);
  });

  it.each([
    ['Not for CPR - discussed with wife', NO],
    ['No CPR', NO],
    ['Not for attempted resuscitation', NO],
  ])('holds one where the answer begins with "no" and names it: %s', (answer, decision) => {
    expect(decided(asked('DNACPR in place', { valueString: answer }))).toBe(decision);
  });
});

describe('a question that is asked with its mark', () => {
  it.each([
    ['DNACPR in place?', NO],
    ['DNACPR?', NO],
    ['DNACPR ?', NO],
    ['Is there a DNACPR?', NO],
    ['Is there a current signed DNACPR form?', NO],
    ['Has the patient got a DNACPR in place?', NO],
    ['Does the patient have a DNACPR order?', NO],
    ['Is this patient not for CPR?', NO],
    ['Not for resuscitation?', NO],
    ['Do not attempt CPR decision made?', NO],
    ['For CPR?', YES],
    ['For attempted resuscitation?', YES],
  ])('is decided by a plain yes and denied by a plain no: %s', (question, decision) => {
    expect(decided(asked(question, { valueBoolean: true }))).toBe(decision);
    expect(decided(asked(question, { valueCodeableConcept: { text: 'Yes' } }))).toBe(decision);
    expect(denied(asked(question, { valueBoolean: true }))).toBeUndefined();
    expect(decided(asked(question, { valueBoolean: false }))).toBeUndefined();
    expect(denied(asked(question, { valueBoolean: false }))).toBe(decision);
    expect(denied(asked(question, { valueString: 'No - see notes' }))).toBe(decision);
  });

  it.each(['Yes, signed', 'yes (2024)', 'Y', 'True', 'Yes: see card', 'In place', 'Present - yellow folder'])(
    'is answered by a plain yes: %s',
    (answer) => {
      expect(decided(asked('DNACPR in place?', { valueString: answer }))).toBe(NO);
    },
  );

  it.each(['The family says yes', 'Yesterday', 'Yes if it must be', 'Activelyx', 'Placed'])(
    'is not answered by what only contains one: %s',
    (answer) => {
      expect(decided(asked('DNACPR in place?', { valueString: answer }))).toBeUndefined();
    },
  );

  it('is asked by every word of its code', () => {
    const code = { text: 'DNACPR', coding: [{ display: 'DNACPR discussed' }] };
    expect(denied({ resourceType: 'Observation', id: '1', code, valueBoolean: false })).toBeUndefined();
  });

  it('is answered by the decision itself, or by one that is taken back', () => {
    expect(decided(asked('DNACPR in place?', { valueString: 'For CPR' }))).toBe(YES);
    expect(denied(asked('DNACPR in place?', { valueString: 'Withdrawn 2024' }))).toBe(NO);
    expect(denied(asked('DNACPR in place?', { valueString: 'No DNACPR' }))).toBe(NO);
  });

  it('decides nothing without an answer, nor in what is no observation', () => {
    expect(decided(asked('DNACPR in place?', {}))).toBeUndefined();
    expect(denied(asked('DNACPR in place?', {}))).toBeUndefined();
    const flag: Resource = { resourceType: 'Flag', id: '1', code: { text: 'DNACPR in place?' }, valueBoolean: true };
    expect(decided(flag)).toBeUndefined();
    expect(denied({ ...flag, valueBoolean: false })).toBeUndefined();
  });

  it.each(['DNACPR cancelled?', 'DNACPR withdrawn?', 'No DNACPR?', 'DNACPR no longer valid?'])(
    'is read neither way where it asks whether there is none: %s',
    (question) => {
      for (const valueBoolean of [true, false]) {
        expect(decided(asked(question, { valueBoolean }))).toBeUndefined();
        expect(denied(asked(question, { valueBoolean }))).toBeUndefined();
      }
    },
  );

  it.each(['DNACPR cancelled', 'DNACPR withdrawn', 'No DNACPR'])(
    'is read neither way where its words without the mark are answered with no or not known: %s',
    (question) => {
      for (const valueString of ['No', 'Not known']) {
        expect(decided(asked(question, { valueString }))).toBeUndefined();
        expect(denied(asked(question, { valueString }))).toBeUndefined();
      }
      expect(denied(asked(question, { valueString: 'Yes' }))).toBe(NO);
    },
  );

  it.each([
    'DNACPR discussed?',
    'DNACPR reviewed?',
    'DNACPR explained to the patient?',
    'Patient informed of DNACPR?',
    'Family aware of DNACPR?',
    'DNACPR form in the home?',
    'Copy of DNACPR sent?',
    'DNACPR uploaded?',
    'DNACPR leaflet given?',
    'DNACPR shared with the ambulance service?',
    'DNACPR agreed with the next of kin?',
    'DNACPR discussed with family',
    'DNACPR considered?',
    'Consider DNACPR?',
    'Share DNACPR with the ward?',
    'DNACPR attached?',
    'Attach DNACPR?',
    'Patient referred for DNACPR?',
    'Refer for DNACPR?',
    'Relatives told of DNACPR?',
    'Relative agrees to DNACPR?',
    'Carer agrees to DNACPR?',
    'Carers agree to DNACPR?',
  ])('is not denied by a no to something else: %s', (question) => {
    expect(denied(asked(question, { valueBoolean: false }))).toBeUndefined();
    expect(decided(asked(question, { valueBoolean: false }))).toBeUndefined();
  });

  it.each(['DNACPR needed?', 'DNACPR appropriate?', 'DNACPR wanted by patient?'])(
    'is no decision by a yes to whether there ought to be one: %s',
    (question) => {
      expect(decided(asked(question, { valueBoolean: true }))).toBeUndefined();
      expect(denied(asked(question, { valueBoolean: false }))).toBe(NO);
    },
  );
});

describe('an answer that is a plain no', () => {
  it.each([
    'Nope',
    'Not in situ',
    'Not active',
    'Not valid',
    'Not made',
    'Not signed',
    'Not yet',
    'Not currently',
    'No form',
    'No order found',
    'No decision made',
  ])('denies the decision: %s', (answer) => {
    expect(denied(asked('DNACPR in place', { valueString: answer }))).toBe(NO);
    expect(decided(asked('DNACPR in place', { valueString: answer }))).toBeUndefined();
  });
});

describe('an answer that takes a decision back', () => {
  it.each(['DNACPR withdrawn', 'DNACPR cancelled 2024', 'No DNACPR', 'Not for CPR: revoked'])(
    'is no such decision, whatever letters it holds: %s',
    (valueString) => {
      expect(decided(asked('Resuscitation status', { valueString }))).toBeUndefined();
      expect(denied(asked('Resuscitation status', { valueString }))).toBe(NO);
    },
  );
});

describe('a decision that was taken back and made again', () => {
  it('is neither denied nor held where only the answer says so', () => {
    const again = asked('DNACPR status', { valueString: 'Revoked 2020, new DNACPR 2024' });
    expect([decided(again), denied(again)]).toEqual([undefined, undefined]);
  });

  it('is neither where one of the words of the question says that it was taken back', () => {
    const code = { text: 'DNACPR cancelled', coding: [{ display: 'DNACPR' }] };
    const no: Resource = { resourceType: 'Observation', id: '1', code, valueBoolean: false };
    expect([decided(no), denied(no)]).toEqual([undefined, undefined]);
  });
});

describe('a line of a form', () => {
  it.each<[string, string, string | undefined]>([
    ['DNACPR in place?', 'No', NO],
    ['Is there a DNACPR?', 'No - for CPR', NO],
    ['DNACPR decision made', 'Not yet', NO],
    ['For CPR?', 'No', YES],
    ['DNACPR in place?', 'Yes', undefined],
    ['DNACPR in place?', 'Not known', undefined],
    ['DNACPR discussed?', 'No', undefined],
    ['DNACPR form attached?', 'No', undefined],
    ['DNACPR needed?', 'No', undefined],
    ['No DNACPR in place', 'No', undefined],
    ['Lives alone?', 'No', undefined],
  ])('that asks "%s" and says "%s" denies %s', (question, answer, decision) => {
    expect(decisionDeniedByLine(question, answer)).toBe(decision);
  });
});
