import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { procedures, type ProcedureEntry } from '../../../src/record/sections/procedures.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf } from '../../support/section.ts';

function procedure(change: object = {}): Resource {
  return {
    resourceType: 'Procedure',
    id: '1',
    status: 'completed',
    code: { text: 'Hip replacement' },
    performedDateTime: '2015-06-01',
    ...change,
  };
}

const read = (change: object = {}): ProcedureEntry => entryFrom<ProcedureEntry>(procedure(change));
const keyOf = (change: object = {}): string => procedures.factKey(read(change));

describe('a procedure', () => {
  it.each([
    'Cervical smear refused',
    'Colonoscopy not done',
    'Blood transfusion declined',
    'Bowel scope: did not attend',
  ])('called “%s” was not done, though it be completed', (text) => {
    expect(read({ code: { text } }).state).toBe('negated');
    expect(read({ code: { text }, status: 'entered-in-error' }).state).toBe('in-error');
  });

  it.each(['Failed intubation', 'Attempted cannulation of vein', 'Removal of drain'])(
    'called “%s” was done',
    (text) => {
      expect(read({ code: { text } }).state).toBe('past');
    },
  );

  it('is unread, and counted, when nothing says which', () => {
    expect(readResources([procedure({ code: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Procedure.code' }],
    });
  });

  it.each([
    ['preparation', 'planned'],
    ['in-progress', 'current'],
    ['not-done', 'negated'],
    ['on-hold', 'unknown'],
    ['stopped', 'past'],
    ['completed', 'past'],
    ['entered-in-error', 'in-error'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ status })).toMatchObject({ state });
  });

  it('that was begun and stopped is not shown as plainly done', () => {
    expect(read({ status: 'stopped', statusReason: { text: 'Bleeding' } })).toMatchObject({
      cautions: ['cancelled'],
      statusReason: 'Bleeding',
    });
  });

  it('has no date of our invention', () => {
    expect(read({ performedDateTime: undefined, performedString: 'In the war' })).toMatchObject({
      performedText: 'In the war',
    });
    expect(read({ performedDateTime: undefined, performedString: 'In the war' })).not.toHaveProperty('date');
    expect(read({ performedDateTime: undefined, performedAge: { value: 30, unit: 'years' } }).performedText).toBe(
      'aged 30 years',
    );
  });

  it('says who did it, where, why and how it went', () => {
    const entry = read({
      performer: [{ actor: { display: 'Mr B Stone' }, function: { text: 'Surgeon' } }],
      location: { display: 'Theatre 2' },
      reasonCode: [{ text: 'Osteoarthritis' }],
      bodySite: [{ text: 'Left hip' }],
      outcome: { text: 'Successful' },
      complication: [{ text: 'Wound infection' }],
    });
    expect(entry).toMatchObject({
      performers: ['Mr B Stone (Surgeon)'],
      location: 'Theatre 2',
      reasons: ['Osteoarthritis'],
      bodySites: ['Left hip'],
      outcome: 'Successful',
      complications: ['Wound infection'],
    });
  });
});

describe('a procedure, in full', () => {
  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '52734007', display: 'Total replacement of hip' }];
    const recorded = read({
      code: { coding },
      category: { text: 'Surgery' },
      performedDateTime: undefined,
      performedPeriod: { start: '2015-06-01', end: '2015-06-02' },
      performer: [
        { actor: { display: 'Mr B Stone' }, function: { text: 'Surgeon' } },
        { actor: { display: 'Dr C Wells' } },
        { function: { text: 'Scrub nurse' } },
      ],
      location: { display: 'Theatre 2' },
      reasonCode: [{ text: 'Osteoarthritis' }, {}],
      reasonReference: [{ display: 'Osteoarthritis' }, { display: 'Pain' }],
      bodySite: [{ text: 'Left hip' }, {}],
      outcome: { text: 'Successful' },
      complication: [{ text: 'Wound infection' }, {}],
      statusReason: { text: 'As planned' },
      recorder: { display: 'Dr A. Example' },
      note: [{ text: 'Cemented' }],
      encounter: { reference: 'Encounter/7' },
    });
    expect(recorded).toEqual({
      id: 'gp/Procedure/1',
      section: 'procedures',
      origin: { source: 'gp', resource: 'Procedure/1', by: 'Dr A. Example' },
      title: 'Total replacement of hip',
      code: { text: 'Total replacement of hip', codings: coding },
      statement: 'procedure',
      state: 'past',
      statusAsRecorded: 'completed',
      date: '2015-06-01',
      period: { start: '2015-06-01', end: '2015-06-02' },
      category: 'Surgery',
      bodySites: ['Left hip'],
      outcome: 'Successful',
      complications: ['Wound infection'],
      performers: ['Mr B Stone (Surgeon)', 'Dr C Wells'],
      location: 'Theatre 2',
      reasons: ['Osteoarthritis', 'Pain'],
      statusReason: 'As planned',
      cautions: [],
      labels: [],
      notes: ['Cemented'],
      links: [{ rel: 'encounter', to: 'Encounter/7' }],
    });
  });

  it('of which only the name is recorded says nothing else', () => {
    expect(entryFrom({ resourceType: 'Procedure', id: '1', code: { text: 'Hip replacement' } })).toEqual({
      id: 'gp/Procedure/1',
      section: 'procedures',
      origin: { source: 'gp', resource: 'Procedure/1' },
      title: 'Hip replacement',
      code: { text: 'Hip replacement', codings: [] },
      statement: 'procedure',
      state: 'unknown',
      bodySites: [],
      complications: [],
      performers: [],
      reasons: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('whose time is an age has the age with its unit, and the words of the source before it', () => {
    const aged = (change: object): string | undefined =>
      read({ performedDateTime: undefined, ...change }).performedText;
    expect(aged({ performedAge: { value: 30 } })).toBe('aged 30');
    expect(aged({ performedAge: { unit: 'years' } })).toBeUndefined();
    expect(aged({ performedAge: { value: 30, unit: 'years' }, performedString: 'In the war' })).toBe('In the war');
  });

  it('says where its words and its code differ', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Colonoscopy' }];
    expect(read({ code: { text: 'Hip replacement', coding } }).cautions).toEqual(['text-differs']);
  });

  it.each([
    ['No known procedures', 'none-known', 'negated'],
    ['No known procedure', 'none-known', 'negated'],
    ['No previous operations', 'none-known', 'negated'],
    ['No previous operation', 'none-known', 'negated'],
    ['No previous surgery', 'none-known', 'negated'],
    ['Not asked', 'not-asked', 'unknown'],
  ])('is none where it says so: %s', (text, statement, state) => {
    expect(read({ code: { text } })).toMatchObject({ statement, state });
    expect(read({ code: { text }, status: 'entered-in-error' }).state).toBe('in-error');
  });
});

describe('procedures', () => {
  it('have no window, and an operation that one source knows of is no quarrel with another', () => {
    expect(procedures).toMatchObject({
      id: 'procedures',
      heading: 'Procedures and therapies',
      groupedBy: 'concept',
      reads: ['Procedure'],
      window: null,
    });
    expect(procedures.conflicts([])).toEqual([]);
  });
});

describe('one line for several records of a procedure', () => {
  const lines = (one: object, ...others: readonly object[]): number =>
    linesOf(
      procedures,
      [procedure(one)],
      others.map((change, id) => procedure({ id: `${id}`, ...change })),
    ).length;

  it.each([
    ['the place', { bodySite: [{ text: 'Left' }] }, { bodySite: [{ text: 'Right' }] }],
    ['the outcome', { outcome: { text: 'Successful' } }, { outcome: { text: 'Failed' } }],
    [
      'the last day',
      { performedDateTime: undefined, performedPeriod: { start: '2015-06-01', end: '2015-06-02' } },
      { performedDateTime: undefined, performedPeriod: { start: '2015-06-01', end: '2015-06-03' } },
    ],
  ])('is made of one that leaves out %s, while the others tell only one', (_what, told, toldToo) => {
    expect(lines({}, told)).toBe(1);
    expect(lines({}, told, toldToo)).toBe(3);
  });

  it('is made of one place and outcome in other words’ order and capitals, and not of two that look like one', () => {
    const at = (...sites: readonly string[]): object => ({ bodySite: sites.map((text) => ({ text })) });
    expect(lines(at('Left Hip', 'Pelvis'), at('pelvis', 'left hip'))).toBe(1);
    expect(lines(at('ab', 'c'), at('a', 'bc'))).toBe(2);
    expect(lines({ outcome: { text: 'Successful' } }, { outcome: { text: 'SUCCESSFUL' } })).toBe(1);
  });

  it('is made of words and a code that mean the same, by the concept', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '52734007', display: 'Total replacement of hip' }];
    expect(lines({ code: { coding } }, { code: { text: 'Total hip replacement' } })).toBe(1);
    const names = procedures.identity?.(read())?.names() ?? [];
    expect(new Set(names.map(({ reason }) => reason))).toEqual(new Set(['concept']));
  });

  it('is made of one time in words, and not of two', () => {
    const told = (performedString: string): object => ({ performedDateTime: undefined, performedString });
    expect(lines(told('In the war'), told('In the war'))).toBe(1);
    expect(lines(told('In the war'), told('As a child'))).toBe(2);
  });

  it('is made of the same day, whatever the hour', () => {
    expect(keyOf({ performedDateTime: '2015-06-01T10:00:00Z' })).toBe(keyOf());
  });

  it.each([
    ['two without a date', { performedDateTime: undefined }, { performedDateTime: undefined, id: '2' }],
    ['a year and a day of that year', { performedDateTime: '2015' }, {}],
    ['left and right', { bodySite: [{ text: 'Left' }] }, { bodySite: [{ text: 'Right' }] }],
    ['done and not done', {}, { status: 'not-done' }],
    ['done and stopped', {}, { status: 'stopped' }],
  ])('is not made of %s', (_what, a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});
