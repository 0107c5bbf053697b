import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { safeguarding, type SafeguardingEntry } from '../../../src/record/sections/safeguarding.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

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
const keyOf = (change: object = {}): string => safeguarding.factKey(read(flag(change)));

describe('a safeguarding indicator', () => {
  it('without code and category is no indicator and is counted as unread', () => {
    const silent = flag({ code: undefined, category: undefined });
    expect(readResources([silent], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Flag.code' }],
    });
  });

  it.each([
    'No safeguarding concerns',
    'Not subject to child protection plan',
    'Child not currently subject to a child protection plan: safeguarding',
    'No known safeguarding issues',
  ])('that says there is none is negated: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('negated');
  });

  it.each([
    'No longer subject to child protection plan',
    'Child removed from protection register',
    'History of domestic abuse',
  ])('that says it is over is past, whatever its status: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('past');
  });

  it.each([
    'No contact with father',
    'Removed from mother’s care',
    'No unsupervised contact: court order',
    'Previous child removed',
  ])('is in force where its words only forbid or tell: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('current');
  });

  it.each([
    'Non-accidental injury to child',
    'Child in need',
    'Sexual exploitation of child',
    'Child criminal exploitation',
    'Victim of modern slavery',
    'At risk of forced marriage',
    'Honour-based violence',
    'Neglect of child',
  ])('is found among the problems, where practices keep it: %s', (text) => {
    const status = { clinicalStatus: { coding: [{ code: 'active' }] } };
    expect(read({ resourceType: 'Condition', id: '1', ...status, code: { text } }).section).toBe('safeguarding');
  });

  it.each(['Alcohol abuse', 'Hemispatial neglect', 'Accidental injury', 'Child in nursery'])(
    'is not every problem that has one of its words: %s',
    (text) => {
      expect(read({ resourceType: 'Condition', id: '1', code: { text } }).section).toBe('problems');
    },
  );

  it('that was withdrawn or refuted is neither in force nor over', () => {
    expect(read(flag({ status: 'entered-in-error' })).state).toBe('in-error');
    const refuted = {
      resourceType: 'Condition',
      id: '1',
      code: PLAN,
      verificationStatus: { coding: [{ code: 'refuted' }] },
    };
    expect(read(refuted).state).toBe('negated');
  });

  it('is not made of an answer to a question', () => {
    const asked = (value: object) => ({
      resourceType: 'Observation',
      id: '1',
      status: 'final',
      code: { ...PLAN, text: 'Subject to child protection plan?' },
      ...value,
    });
    expect(entryFrom(asked({ valueBoolean: false })).section).not.toBe('safeguarding');
    expect(read(asked({ code: PLAN })).section).toBe('safeguarding');
  });

  it('is told by the label of the flag, whatever its words', () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SDV' }];
    expect(
      read(flag({ meta: { security }, category: [{ text: 'Clinical' }], code: { text: 'Ask for the blue folder' } })),
    ).toMatchObject({
      section: 'safeguarding',
      labels: ['http://terminology.hl7.org/CodeSystem/v3-ActCode|SDV'],
    });
  });

  it('coded as a problem keeps its start and end', () => {
    expect(
      read({
        resourceType: 'Condition',
        id: '1',
        clinicalStatus: { coding: [{ code: 'resolved' }] },
        code: PLAN,
        onsetDateTime: '2019-01-01',
        abatementDateTime: '2020-01-01',
      }),
    ).toMatchObject({ section: 'safeguarding', state: 'past', period: { start: '2019-01-01', end: '2020-01-01' } });
  });

  it('in force has its start, and no end is invented', () => {
    expect(read(flag())).toMatchObject({ state: 'current', date: '2026-01-10', period: { start: '2026-01-10' } });
    expect(read(flag()).period).not.toHaveProperty('end');
  });
});

describe('safeguarding, in full', () => {
  const DISPLAYED = { text: 'Subject to child protection plan', codings: PLAN.coding };
  const nothingMore = { cautions: [], labels: [], notes: [], links: [], categories: [], basis: [] };

  it('shows all that a flag says, and nothing besides', () => {
    expect(read(flag())).toEqual({
      ...nothingMore,
      id: 'gp/Flag/1',
      section: 'safeguarding',
      origin: { source: 'gp', resource: 'Flag/1' },
      title: 'Subject to child protection plan',
      code: DISPLAYED,
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-01-10',
      period: { start: '2026-01-10' },
      categories: ['Safeguarding'],
    });
  });

  it('shows all that a problem says, with the doubt of one that is not sure', () => {
    const problem = {
      resourceType: 'Condition',
      id: '1',
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'provisional' }] },
      code: PLAN,
      onsetDateTime: '2026-01-10',
      note: [{ text: 'Category: neglect' }],
    };
    expect(read(problem)).toEqual({
      ...nothingMore,
      id: 'gp/Condition/1',
      section: 'safeguarding',
      origin: { source: 'gp', resource: 'Condition/1' },
      title: 'Subject to child protection plan',
      code: DISPLAYED,
      state: 'current',
      statusAsRecorded: 'active, provisional',
      date: '2026-01-10',
      period: { start: '2026-01-10' },
      cautions: ['unconfirmed'],
      notes: ['Category: neglect'],
    });
  });

  it('shows all that an observation says, which has no value', () => {
    const observation = {
      resourceType: 'Observation',
      id: '1',
      status: 'final',
      code: PLAN,
      effectiveDateTime: '2026-01-10',
    };
    expect(read(observation)).toEqual({
      ...nothingMore,
      id: 'gp/Observation/1',
      section: 'safeguarding',
      origin: { source: 'gp', resource: 'Observation/1' },
      title: 'Subject to child protection plan',
      code: DISPLAYED,
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-01-10',
    });
  });

  it.each(['Flag', 'Condition', 'Observation'])('says where words and code differ: %s', (resourceType) => {
    const code = { ...PLAN, text: 'Looked after child, was on a child protection plan' };
    expect(read({ resourceType, id: '1', status: 'active', code } as Resource).cautions).toContain('text-differs');
  });

  it('has no window and shows what has ended at once', () => {
    expect(safeguarding).toMatchObject({
      id: 'safeguarding',
      heading: 'Safeguarding',
      groupedBy: 'concept',
      reads: ['Flag', 'Condition', 'Observation'],
      window: null,
      showsEnded: true,
    });
  });

  it('has what is in force first, then what may be, what was, what is denied and what was withdrawn', () => {
    const listing: readonly (readonly [title: string, change: object])[] = [
      ['Child in need', { period: { start: '2019-01-01' } }],
      ['Domestic abuse', { status: undefined, period: { start: '2020-01-01' } }],
      ['Forced marriage', { status: 'inactive', period: { start: '2021-01-01' } }],
      ['No safeguarding concerns', { period: { start: '2022-01-01' } }],
    ];
    const resources = listing.map(([text, change], id) => flag({ id: `${id}`, ...change, code: { text } }));
    expect(listedInAnyOrder(safeguarding, resources)).toEqual([listing.map(([title]) => title)]);
    expect(standingsInOrder(safeguarding, read(flag()))).toEqual([
      'current, unknown, planned, past, negated, in-error',
    ]);
  });

  it.each([
    ['another flag', flag({ category: [{ text: 'Clinical' }], code: { text: 'Steroid card' } })],
    ['another problem', { resourceType: 'Condition', id: '1', code: { text: 'Asthma' } }],
    ['a problem without a name', { resourceType: 'Condition', id: '1' }],
    ['another observation', { resourceType: 'Observation', id: '1', code: { text: 'Child in need' } }],
    ['an observation with a value', { resourceType: 'Observation', id: '1', code: PLAN, valueString: 'Yes' }],
    ['a procedure of that code', { resourceType: 'Procedure', id: '1', code: PLAN }],
  ])('is not %s', (_what, resource) => {
    expect(readBy(safeguarding, resource as Resource)).toBeNull();
  });
});

describe('one line for several indicators', () => {
  it('is made of an ended one only with the same first and last day', () => {
    const ended = (start: string, end: string): string => keyOf({ status: 'inactive', period: { start, end } });
    expect(ended('2025-01-01', '2025-02-01')).toBe(ended('2025-01-01', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-02', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-01', '2025-02-02'));
    expect(keyOf({ status: 'inactive', period: undefined })).not.toBe(ended('2025-01-01', '2025-02-01'));
    expect(keyOf({ period: undefined })).toBe(keyOf());
  });

  it('is not made of one that is sure and one that is not', () => {
    const problem = (change: object): string =>
      safeguarding.factKey(
        read({
          resourceType: 'Condition',
          id: '1',
          clinicalStatus: { coding: [{ code: 'active' }] },
          code: PLAN,
          ...change,
        }),
      );
    expect(problem({ verificationStatus: { coding: [{ code: 'provisional' }] } })).not.toBe(problem({}));
  });

  it('is made of the same one in force, whenever each organisation learned of it', () => {
    expect(keyOf({ period: { start: '2026-02-20' } })).toBe(keyOf());
  });

  it.each([
    ['indicator', { code: { text: 'Looked after child' } }],
    ['standing', { status: 'inactive' }],
    ['end', { period: { start: '2026-01-10', end: '2027-01-01' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });
});
