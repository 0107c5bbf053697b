import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { problems, type ProblemEntry } from '../../../src/record/sections/problems.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const code = (value: string | undefined): object | undefined =>
  value === undefined ? undefined : { coding: [{ code: value }] };
const HIP = { coding: [{ system: 'http://snomed.info/sct', code: '263225007', display: 'Fracture of hip' }] };

function condition(change: object = {}): Resource {
  return { resourceType: 'Condition', id: '1', clinicalStatus: code('active'), code: HIP, ...change };
}

const read = (change: object = {}): ProblemEntry => entryFrom<ProblemEntry>(condition(change));
const keyOf = (change: object = {}): string => problems.factKey(read(change));

describe('“no known problems”', () => {
  const none = (change: object): ProblemEntry => read({ code: { text: 'No known problems' }, ...change });

  it('does not stand as none where it is refuted or over', () => {
    expect(none({})).toMatchObject({ statement: 'none-known', state: 'negated' });
    expect(none({ verificationStatus: code('refuted') })).toMatchObject({
      state: 'unknown',
      statusAsRecorded: 'active, refuted',
    });
    expect(none({ clinicalStatus: code('resolved') }).state).toBe('unknown');
  });
});

describe('a problem', () => {
  it('is unread, and counted, when nothing says which', () => {
    expect(readResources([condition({ code: {} })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Condition.code' }],
    });
  });

  const table: readonly (readonly [
    status: string | undefined,
    verification: string | undefined,
    change: object,
    state: EntryState,
  ])[] = [
    ['active', undefined, {}, 'current'],
    ['recurrence', undefined, {}, 'current'],
    ['relapse', undefined, {}, 'current'],
    ['inactive', undefined, {}, 'past'],
    ['remission', undefined, {}, 'past'],
    ['resolved', undefined, {}, 'past'],
    [undefined, undefined, {}, 'unknown'],
    ['nonsense', undefined, {}, 'unknown'],
    ['active', 'refuted', {}, 'negated'],
    ['active', 'entered-in-error', {}, 'in-error'],
    [undefined, undefined, { abatementDateTime: '2019' }, 'past'],
    [undefined, undefined, { abatementString: 'as a child' }, 'past'],
    [undefined, undefined, { abatementBoolean: false }, 'unknown'],
    ['active', undefined, { abatementDateTime: '2019' }, 'unknown'],
    ['resolved', undefined, { abatementDateTime: '2019' }, 'past'],
  ];
  it.each(table)('with status %s, verification %s and %j is %s', (status, verification, change, state) => {
    expect(read({ clinicalStatus: code(status), verificationStatus: code(verification), ...change }).state).toBe(state);
  });

  it('says so when its status and its end contradict each other', () => {
    expect(read({ abatementDateTime: '2019' }).cautions).toEqual(['source-unclear']);
  });

  it.each(['unconfirmed', 'provisional', 'differential'])('is marked when it is %s', (verification) => {
    expect(read({ verificationStatus: code(verification) }).cautions).toEqual(['unconfirmed']);
  });

  it('is marked as somebody else’s where the words or the code say so', () => {
    expect(read({ code: { text: 'Husband has dementia' } }).cautions).toContain('about-somebody-else');
    const display = 'Family history of asthma';
    const entry = read({
      code: { text: 'Asthma', coding: [{ system: 'http://snomed.info/sct', code: '160377001', display }] },
    });
    expect(entry.cautions).toEqual(expect.arrayContaining(['text-differs', 'about-somebody-else']));
  });

  it('keeps an onset that is an age or words, and makes no date of it', () => {
    const entry = read({ onsetAge: { value: 7, unit: 'years' } });
    expect(entry.onsetText).toBe('aged 7 years');
    expect(entry).not.toHaveProperty('date');
    expect(read({ onsetString: 'in childhood' }).onsetText).toBe('in childhood');
  });

  it('has the date of onset, else the date of recording said to be that', () => {
    expect(read({ onsetDateTime: '2012-05', recordedDate: '2020-01-01' })).toMatchObject({
      date: '2012-05',
      period: { start: '2012-05' },
    });
    expect(read({ recordedDate: '2020-01-01' })).toMatchObject({ date: '2020-01-01', dateIs: 'recorded' });
  });

  it.each([
    ['No known problems', 'none-known', 'negated'],
    ['None', 'none-known', 'negated'],
    ['Not asked', 'not-asked', 'unknown'],
  ])('%s is no problem', (text, statement, state) => {
    expect(read({ code: { text } })).toMatchObject({ statement, state });
  });

  it.each([
    ['a support reason', { category: [{ text: 'Primary support reason' }], code: { text: 'Physical support' } }],
    [
      'a decision on resuscitation',
      { code: { coding: [{ system: 'http://snomed.info/sct', code: '450476008', display: 'Not for attempted CPR' }] } },
    ],
    ['safeguarding', { code: { text: 'Subject to child protection plan' } }],
  ])('is not %s, which has a section of its own', (_what, change) => {
    const sections = readResources([condition(change)], 'gp' as SourceId).entries.map((entry) => entry.section);
    expect(sections).toHaveLength(1);
    expect(sections).not.toContain('problems');
  });
});

describe('one line for several records of a problem', () => {
  it('is made of a current one, whenever each organisation learnt of it', () => {
    expect(keyOf({ onsetDateTime: '2012' })).toBe(keyOf({ onsetDateTime: '2015' }));
  });

  it('is made of one that is mild to one and severe to another: the line says both', () => {
    expect(keyOf({ severity: { text: 'Mild' } })).toBe(keyOf({ severity: { text: 'Severe' } }));
  });

  it.each([
    [
      'two past episodes',
      { clinicalStatus: code('resolved'), onsetDateTime: '2012' },
      { clinicalStatus: code('resolved'), onsetDateTime: '2015' },
    ],
    [
      'two past episodes without dates',
      { clinicalStatus: code('resolved') },
      { clinicalStatus: code('resolved'), id: '2' },
    ],
    ['left and right', { bodySite: [{ text: 'Left' }] }, { bodySite: [{ text: 'Right' }] }],
    ['active and resolved', {}, { clinicalStatus: code('resolved') }],
    ['sure and unsure', {}, { verificationStatus: code('provisional') }],
    ['words that doubt the code', {}, { code: { ...HIP, text: '?fracture of hip' } }],
    [
      'words that place the code',
      { code: { ...HIP, text: 'Fracture of left hip' } },
      { code: { ...HIP, text: 'Fracture of right hip' } },
    ],
    ['status known and not', {}, { clinicalStatus: undefined }],
  ])('is not made of %s', (_what, a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});
