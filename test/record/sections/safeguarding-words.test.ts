// Proves src/record/sections/safeguarding.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { SafeguardingEntry } from '../../../src/record/sections/safeguarding.ts';
import { entryFrom } from '../../support/record.ts';

const PLAN = {
  coding: [{ system: 'http://snomed.info/sct', code: '342191000000101', display: 'Subject to child protection plan' }],
};

function flag(change: object = {}): Resource {
  return {
    resourceType: 'Flag',
    id: '1',
    status: 'active',
    category: [{ text: 'Safeguarding' }],
    code: PLAN,
    period: { start: '2026-01-10' },
    ...change,
  };
}

const read = (resource: Resource): SafeguardingEntry => entryFrom<SafeguardingEntry>(resource);

describe('words that say it is not so, or no longer', () => {
  const inWords = (text: string, change: object = {}): string =>
    read(flag({ category: [{ text: 'Safeguarding' }], code: { text }, ...change })).state;

  it.each([
    'No safeguarding',
    'Not a safeguarding concern',
    'Nil concerns',
    'No known concern',
    'No current new further issues',
    'No issue',
    'No risk of abuse',
    'No known child protection concerns',
    'Child not subject to a plan',
    'Not currently at risk of abuse',
    'Not now on a child protection plan',
    'Not known to be a looked after child',
    'Not on the child protection register',
    'Not a vulnerable adult',
    'Not vulnerable',
    'Reviewed, no safeguarding concern',
    'Reviewed: no current child protection plan',
    'Reviewed: no known safeguarding issue',
  ])('negate it: %s', (text) => {
    expect(inWords(text)).toBe('negated');
  });

  it.each([
    'Child no longer subject to a plan',
    'No longer on the register',
    'No longer at risk',
    'No longer a looked after child',
    'No longer vulnerable',
    'No longer open to social care',
    'Removed from the child protection register',
    'Taken off at risk register',
    'Removed from register',
    'Taken off protection plan',
    'Past history of domestic abuse',
    'History of neglect',
    'H/O domestic abuse',
    'Previously looked after',
    'Formerly a child in need',
    'Child protection plan discontinued',
    'Safeguarding enquiry was ceased',
    'Case is closed',
    'Safeguarding ended',
    'Concern has been closed',
  ])('end it: %s', (text) => {
    expect(inWords(text)).toBe('past');
  });

  it.each([
    'There is no safeguarding lead',
    'Known concerns, no contact',
    'Not at home',
    'No longer lives with father',
    'Child protection plan ended badly at school',
    'Family history of abuse',
    'Neglected by a formerly trusted adult',
    'Child’s sibling was taken off school',
    'Closed case notes are kept by the council',
  ])('are not: %s', (text) => {
    expect(inWords(text)).toBe('current');
  });

  it('make of what is only asked about neither what is nor what was', () => {
    const code = { ...PLAN, text: 'No longer subject to child protection plan' };
    expect(read({ resourceType: 'Observation', id: '1', status: 'registered', code }).state).toBe('unknown');
  });

  it('do not make of what was withdrawn or denied a thing that was so, nor of one to come', () => {
    expect(inWords('No longer subject to a plan', { status: 'entered-in-error' })).toBe('in-error');
    const refuted = { coding: [{ code: 'refuted' }] };
    const code = { text: 'No longer subject to child protection plan' };
    expect(read({ resourceType: 'Condition', id: '1', code, verificationStatus: refuted }).state).toBe('negated');
  });
});
