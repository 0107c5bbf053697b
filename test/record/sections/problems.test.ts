import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { problems, type ProblemEntry } from '../../../src/record/sections/problems.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy } from '../../support/section.ts';

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

  it('shows all that is recorded of it, and nothing besides', () => {
    const recorded = read({
      meta: { versionId: '3' },
      verificationStatus: code('confirmed'),
      category: [code('problem-list-item'), {}],
      severity: { text: 'Severe' },
      bodySite: [{ text: 'Left hip' }, {}],
      stage: [{ summary: { text: 'Stage IIA' } }, { summary: { text: 'Stage I' } }],
      onsetDateTime: '2019-05',
      recorder: { display: 'Dr A. Example' },
      note: [{ text: 'Pinned' }],
      encounter: { reference: 'Encounter/7' },
    });
    expect(recorded).toEqual({
      id: 'gp/Condition/1',
      section: 'problems',
      origin: { source: 'gp', resource: 'Condition/1', version: '3', by: 'Dr A. Example' },
      title: 'Fracture of hip',
      code: { text: 'Fracture of hip', codings: HIP.coding },
      statement: 'problem',
      state: 'current',
      statusAsRecorded: 'active, confirmed',
      date: '2019-05',
      period: { start: '2019-05' },
      categories: ['problem-list-item'],
      severity: 'Severe',
      bodySites: ['Left hip'],
      stage: 'Stage IIA',
      cautions: [],
      labels: [],
      notes: ['Pinned'],
      links: [{ rel: 'encounter', to: 'Encounter/7' }],
    });
  });

  it('of which only the name is recorded says nothing else', () => {
    expect(read({ clinicalStatus: undefined })).toEqual({
      id: 'gp/Condition/1',
      section: 'problems',
      origin: { source: 'gp', resource: 'Condition/1' },
      title: 'Fracture of hip',
      code: { text: 'Fracture of hip', codings: HIP.coding },
      statement: 'problem',
      state: 'unknown',
      categories: [],
      bodySites: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('shows the one of its two statuses that its source gives', () => {
    expect(read({ verificationStatus: undefined }).statusAsRecorded).toBe('active');
    expect(read({ clinicalStatus: undefined, verificationStatus: code('refuted') }).statusAsRecorded).toBe('refuted');
  });

  it.each([
    [{ abatementDateTime: '2019-08' }, { end: '2019-08' }],
    [{ abatementPeriod: { start: '2019-07', end: '2019-08' } }, { end: '2019-08' }],
    [
      { onsetDateTime: '2019-05', abatementDateTime: '2019-08' },
      { start: '2019-05', end: '2019-08' },
    ],
    [{ abatementDateTime: '2019-08', abatementPeriod: { end: '2020' } }, { end: '2019-08' }],
  ])('that ended has its end as recorded: %j', (change, period) => {
    expect(read({ clinicalStatus: code('resolved'), ...change }).period).toEqual(period);
  });

  it.each([
    { abatementPeriod: { end: '2019' } },
    { abatementAge: { value: 9, unit: 'years' } },
    { abatementRange: { low: { value: 9, unit: 'years' } } },
    { abatementString: 'as a child' },
    { abatementBoolean: true },
  ])('is over where its source says so in any way: %j', (change) => {
    expect(read({ clinicalStatus: undefined, ...change }).state).toBe('past');
  });

  it('is not over where the end is only the day that systems write for “never”', () => {
    expect(read({ abatementDateTime: '9999-12-31' })).toMatchObject({ state: 'current', cautions: [] });
  });

  it('keeps an end that is an age or words', () => {
    expect(read({ abatementAge: { value: 9, unit: 'years' } }).abatementText).toBe('aged 9 years');
  });

  it('is doubted by no end where its status is over too', () => {
    expect(read({ clinicalStatus: code('resolved'), abatementDateTime: '2019' }).cautions).toEqual([]);
  });

  it.each([
    ['FH: asthma', true],
    ['F/H of stroke', true],
    ['Maternal history of pre-eclampsia', true],
    ['Mother had breast cancer', true],
    ['Husband has dementia', true],
    ['Strong FH of asthma', false],
    ['Says her mother had no part in this', false],
    ['Partner violence', false],
  ])('“%s” is somebody else’s: %s', (text, somebodyElse) => {
    const reading = readBy(problems, condition({ code: { text } }));
    expect(reading?.entries[0]?.cautions).toEqual(somebodyElse ? ['about-somebody-else'] : []);
  });

  it.each([
    ['remission', 'Malignant lymphoma', 'cancer'],
    ['resolved', 'Malignant lymphoma', 'cancer'],
    [undefined, 'Malignant lymphoma', 'cancer'],
    ['active', 'Malignant lymphoma', undefined],
    ['resolved', 'Tonsillitis', undefined],
  ])('%s decides care for life only where it is over and lasting: %s', (status, text, lasting) => {
    expect(read({ clinicalStatus: code(status), code: { text } }).lasting).toBe(lasting);
  });

  it.each([
    'No known problem',
    'No known condition',
    'No known conditions',
    'No known diagnosis',
    'No known diagnoses',
    'No significant history',
  ])('“%s” is none, not a problem of that name', (text) => {
    expect(read({ code: { text } }).statement).toBe('none-known');
  });

  it('“no known problems” that was withdrawn is in error', () => {
    const withdrawn = { code: { text: 'No known problems' }, verificationStatus: code('entered-in-error') };
    expect(read(withdrawn).state).toBe('in-error');
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
    expect(readBy(problems, condition(change))).toBeNull();
  });
});

describe('the problem list', () => {
  it('has no window: an old diagnosis stands beside a new one', () => {
    expect(problems).toMatchObject({ id: 'problems', heading: 'Problem list', reads: ['Condition'], window: null });
  });

  it('is grouped by what the problem is, and sets no two problems against each other', () => {
    expect(problems.groupedBy).toBe('concept');
    const names = problems.identity?.(read())?.names() ?? [];
    expect(new Set(names.map(({ reason }) => reason))).toEqual(new Set(['concept']));
    expect(problems.conflicts([])).toEqual([]);
  });

  it('has what is active first, then what may be, what is past, what there is none of, and what was withdrawn', () => {
    // Each is older than the one before it would have to be, so that no date can make this order.
    const listing: readonly (readonly [title: string, change: object])[] = [
      ['Active', { clinicalStatus: code('active'), recordedDate: '2001' }],
      ['Not said', { clinicalStatus: undefined, recordedDate: '2002' }],
      ['Resolved', { clinicalStatus: code('resolved'), recordedDate: '2003' }],
      ['Refuted', { verificationStatus: code('refuted'), recordedDate: '2004' }],
      ['No known problems', { recordedDate: '2005' }],
    ];
    const resources = listing.map(([text, change], id) => condition({ id: `${id}`, ...change, code: { text } }));
    expect(listedInAnyOrder(problems, resources)).toEqual([listing.map(([title]) => title)]);
  });
});

describe('one line for several records of a problem', () => {
  it('is made of one that another record tells the place or the stage of, while they tell only one', () => {
    const left = condition({ id: 'l', bodySite: [{ text: 'Left' }] });
    const right = condition({ id: 'r', bodySite: [{ text: 'Right' }] });
    const late = condition({ id: 's', stage: [{ summary: { text: 'III' } }] });
    const later = condition({ id: 't', stage: [{ summary: { text: 'IV' } }] });
    const ids = (...resources: readonly Resource[]): number => linesOf(problems, [condition()], resources).length;
    expect(ids(left)).toBe(1);
    expect(ids(left, right)).toBe(3);
    expect(ids(late)).toBe(1);
    expect(ids(late, later)).toBe(3);
  });

  it('is made of one place written in another order or with other capitals, and not of two that look like one', () => {
    const at = (...sites: readonly string[]): string => keyOf({ bodySite: sites.map((text) => ({ text })) });
    expect(at('Left Hip', 'Pelvis')).toBe(at('pelvis', 'left hip'));
    expect(at('Hip left')).not.toBe(at('Hip', 'left'));
    expect(at('ab', 'c')).not.toBe(at('a', 'bc'));
  });

  it('is made of words and a code that mean the same', () => {
    const coded = { code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] } };
    const lines = linesOf(problems, [condition(coded)], [condition({ code: { text: 'Bronchial asthma' } })]);
    expect(lines).toEqual([['gp/Condition/1', 'hospital/Condition/1']]);
  });

  it('is made of a past one that began on the same day, however that day is told', () => {
    const past = (change: object): string => keyOf({ clinicalStatus: code('resolved'), id: 'x', ...change });
    expect(past({ onsetDateTime: '2012' })).toBe(past({ onsetDateTime: '2012', id: 'y', recordedDate: '2013' }));
    expect(past({ recordedDate: '2012' })).toBe(past({ recordedDate: '2012', id: 'y' }));
    expect(past({ onsetString: 'in childhood' })).toBe(past({ onsetString: 'in childhood', id: 'y' }));
    expect(past({ onsetString: 'in childhood' })).not.toBe(past({ onsetString: 'at school', id: 'y' }));
  });

  it('is not parted by a status that contradicts itself, for it says as little as none', () => {
    const unclear = keyOf({ onsetDateTime: '2012', abatementDateTime: '2019' });
    expect(unclear).toBe(keyOf({ onsetDateTime: '2012', clinicalStatus: undefined }));
  });

  it('is not made of the person’s own and somebody else’s under one code', () => {
    const coded = (display: string): object => ({
      code: { coding: [{ system: 'http://snomed.info/sct', code: '52448006', display }] },
    });
    expect(keyOf(coded('Husband has dementia'))).not.toBe(keyOf(coded('Dementia')));
  });

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

describe('two problems under one code that is sent without its words', () => {
  const named = (id: string, text: string, display?: string): Resource =>
    condition({
      id,
      code: { text, coding: [{ system: 'http://snomed.info/sct', code: '900000', ...(display && { display }) }] },
    });
  const lines = (one: string, other: string, display?: string): number =>
    linesOf(problems, [named('a', one, display)], [named('b', other, display)]).length;

  it('are two where their words name two sides, a doubt or two kinds', () => {
    expect(lines('Left cataract', 'Right cataract')).toBe(2);
    expect(lines('Left cataract', 'Cataract')).toBe(2);
    expect(lines('Suspected thrombosis', 'Thrombosis')).toBe(2);
    expect(lines('Diabetes mellitus type 1', 'Diabetes mellitus type 2', 'Diabetes mellitus')).toBe(2);
    expect(lines('Acute kidney disease', 'Chronic kidney disease')).toBe(2);
  });

  it('are one where their words only differ in fullness, or are the same', () => {
    expect(lines('Cerebrovascular accident', 'Stroke')).toBe(1);
    expect(lines('Left cataract', 'Left cataract')).toBe(1);
    expect(lines('Diabetes mellitus type 2', 'Type 2 diabetes mellitus', 'Type 2 diabetes mellitus')).toBe(1);
  });
});

describe('a problem whose own words doubt or deny it', () => {
  const worded = (text: string): ProblemEntry => read({ code: { text } });

  it.each([
    '? Lung cancer',
    '?Lung cancer',
    'Suspected DVT',
    'Possible TIA',
    'Query fracture',
    'DVT?',
    'Stroke - suspected',
  ])('is unconfirmed, whatever its status says: %s', (text) => {
    expect(worded(text).cautions).toEqual(['unconfirmed']);
    expect(
      linesOf(problems, [condition({ id: 'a', code: { text } })], [condition({ id: 'b', code: { text: 'DVT' } })]),
    ).toHaveLength(2);
  });

  it.each(['Lung cancer excluded', 'Pulmonary embolism ruled out', 'No evidence of lung cancer', 'Not diabetic'])(
    'is not plainly active: %s',
    (text) => {
      expect(worded(text)).toMatchObject({ title: text, state: 'unknown', cautions: ['source-unclear'] });
      expect(read({ code: { text }, clinicalStatus: code('resolved') })).toMatchObject({ state: 'past', cautions: [] });
    },
  );

  it.each([
    'Breast lump, malignancy excluded',
    'Breast cancer: no evidence of recurrence',
    'Excluded from school',
    'ER negative breast cancer',
    'Not able to swallow',
    'Unlikely to attend',
  ])('stands where something else is denied: %s', (text) => {
    expect(worded(text)).toMatchObject({ state: 'current', cautions: [] });
  });
});
