import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { isHappening, showsLatest, splitByWindow, splitInSteps } from '../../src/record/split-by-window.ts';
import { sectionOf, SECTIONS } from '../../src/record/sections/index.ts';
import { aDate, entriesFrom, entryFrom } from '../support/record.ts';

const TODAY = '2026-11-22';

/** The ids in each part of the section; every resource is a fact of its own, in this order. */
function split(id: SectionId, ...resources: readonly Resource[]): { readonly [part: string]: readonly string[] } {
  return splitFacts(
    id,
    resources
      .flatMap((resource) => entriesFrom('gp', resource))
      .filter(({ section }) => section === id)
      .map((entry) => factOf(entry)),
  );
}

function factOf(entry: Entry, ...more: readonly Entry[]): Fact {
  return { key: `${entry.section}:${entry.id}` as FactKey, section: entry.section, entries: [entry, ...more] };
}

function splitFacts(
  id: SectionId,
  facts: readonly Fact[],
  today = TODAY,
): { readonly [part: string]: readonly string[] } {
  const { window, ...parts } = splitByWindow(
    { id, facts, section: sectionOf(id) ?? { groupedBy: 'everything' as const, reads: [], window: null } },
    today,
  );
  expect(parts.inside.length + parts.older.length).toBe(facts.length);
  expect(parts.recent.length + parts.currentOlder.length + parts.undated.length).toBe(parts.inside.length);
  expect(window === null || window.months > 0).toBe(true);
  const names = (list: readonly Fact[]): readonly string[] =>
    list.map((fact) => fact.entries[0].origin.resource.split('/')[1] ?? '');
  return Object.fromEntries(Object.entries(parts).map(([part, list]) => [part, names(list)]));
}

const result = (id: string, date?: string): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text: 'Potassium' },
  valueQuantity: { value: 4.1, unit: 'mmol/L' },
  ...(date && { effectiveDateTime: date }),
});

const medicine = (id: string, change: object): Resource => ({
  resourceType: 'MedicationStatement',
  id,
  status: 'active',
  medicationCodeableConcept: { text: 'Ramipril' },
  ...change,
});

const contact = (id: string, status: string, period: object): Resource => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { code: 'IMP', display: 'Inpatient' },
  period,
});

describe('a section by its window', () => {
  it('has nothing inside when all of it is older', () => {
    expect(split('investigation-results', result('a', '2019-03-07'), result('b', '2011'))).toMatchObject({
      inside: [],
      older: ['a', 'b'],
    });
  });

  it('keeps what was seen in tissue or cells inside, however long ago', () => {
    const named = (id: string, text: string, change: object = {}): Resource => ({
      ...result(id, '1998-03-07'),
      code: { text },
      category: [{ coding: [{ code: 'laboratory' }] }],
      ...change,
    });
    const parts = split(
      'investigation-results',
      named('biopsy', 'Histology of skin biopsy'),
      named('cells', 'Cervical cytology'),
      named('coded', 'Report', { category: [{ coding: [{ code: 'laboratory' }] }, { coding: [{ code: 'SP' }] }] }),
      named('blood', 'Haemoglobin'),
    );
    expect(parts).toMatchObject({ currentOlder: ['biopsy', 'cells', 'coded'], older: ['blood'] });
  });

  it('keeps what has no date inside, and does not call it recent', () => {
    expect(split('investigation-results', result('new', '2026-10-01'), result('undated'))).toMatchObject({
      recent: ['new'],
      undated: ['undated'],
      older: [],
    });
  });

  it('keeps the medicine of 1996 that is still taken inside, and does not call it recent', () => {
    const parts = split(
      'medications',
      medicine('taken', { effectivePeriod: { start: '1996-02-01' } }),
      medicine('ended', { status: 'completed', effectivePeriod: { start: '1996', end: '1997-01-01' } }),
      medicine('standing-unknown', { status: 'unknown', effectivePeriod: { start: '1996' } }),
    );
    expect(parts).toMatchObject({ currentOlder: ['taken', 'standing-unknown'], recent: [], older: ['ended'] });
  });

  it('takes a medicine issued or stopped within the window for recent, whenever it was begun', () => {
    const lastIssue = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatementLastIssueDate';
    const parts = split(
      'medications',
      medicine('issued', {
        effectivePeriod: { start: '2010' },
        extension: [{ url: lastIssue, valueDateTime: '2026-10-01' }],
      }),
      medicine('stopped', { status: 'stopped', effectivePeriod: { start: '2010', end: '2026-09-01' } }),
    );
    expect(parts).toMatchObject({ recent: ['issued', 'stopped'] });
  });

  it('counts a stay from its last day, and one that goes on as not over', () => {
    const parts = split(
      'encounters',
      contact('long', 'finished', { start: '2025-01-01', end: '2026-10-01' }),
      contact('there-still', 'in-progress', { start: '2026-01-01' }),
      contact('over', 'finished', { start: '2025-01-01', end: '2025-02-01' }),
    );
    expect(parts).toMatchObject({ recent: ['long'], currentOlder: ['there-still'], older: ['over'] });
  });

  it('never puts away a stay that is still waited for, and puts away an old referral that was called off', () => {
    const asked = (id: string, status: string, authoredOn: string): Resource => ({
      resourceType: 'ServiceRequest',
      id,
      status,
      code: { text: id },
      authoredOn,
    });
    const waiting = { ...contact('waiting', 'planned', { start: '2025-11-01' }), class: { code: 'IMP' } };
    const over = { ...contact('over', 'finished', { start: '2025-01-01', end: '2025-02-01' }), class: { code: 'IMP' } };
    expect(split('admissions', waiting, over)).toMatchObject({ currentOlder: ['waiting'], older: ['over'] });
    expect(
      split('referrals', asked('open', 'active', '2023-01-01'), asked('called off', 'revoked', '2023-01-01')),
    ).toMatchObject({ currentOlder: ['open'], older: ['called off'] });
  });

  it('goes by the newest record of one fact', () => {
    const [old, recent] = [...entriesFrom('gp', result('a', '2019')), ...entriesFrom('gp', result('b', '2026-11-01'))];
    if (!old || !recent) throw new Error('expected two entries');
    expect(splitFacts('investigation-results', [factOf(old, recent)])).toMatchObject({ recent: ['a'] });
  });

  it('takes a date that has not come for none', () => {
    const [entry] = entriesFrom('gp', result('a', '2062-01-01'));
    if (!entry) throw new Error('expected an entry');
    const marked = { ...entry, cautions: ['date-in-future' as const] };
    expect(splitFacts('investigation-results', [factOf(marked)])).toMatchObject({ undated: ['a'] });
  });

  it('begins on the day itself, and takes a date that is only a year for as long as that year may be meant', () => {
    const parts = split(
      'investigation-results',
      result('day', '2025-11-22'),
      result('before', '2025-11-21'),
      result('year', '2025'),
      result('month', '2025-10'),
    );
    expect(parts).toMatchObject({ recent: ['day', 'year'], older: ['before', 'month'] });
  });

  it('of a section without a window sets only what is over apart', () => {
    const problem = (id: string, status: string): Resource => ({
      resourceType: 'Condition',
      id,
      clinicalStatus: { coding: [{ code: status }] },
      code: { text: 'Asthma' },
    });
    expect(split('problems', problem('now', 'active'), problem('then', 'resolved'))).toMatchObject({
      recent: ['now'],
      older: ['then'],
    });
  });

  it('calls nothing old before it is known what day it is', () => {
    const facts = entriesFrom('gp', result('a', '1990')).map((entry) => factOf(entry));
    expect(splitFacts('investigation-results', facts, '')).toMatchObject({ inside: ['a'], older: [] });
    const [ended] = entriesFrom('gp', medicine('b', { status: 'completed', effectivePeriod: { start: '1996' } }));
    if (!ended) throw new Error('expected an entry');
    expect(splitFacts('medications', [factOf(ended)], '')).toMatchObject({ inside: [], older: ['b'] });
  });

  it('is of things that happened, or of things that stand until they end', () => {
    expect((['encounters', 'investigation-results'] as const).map(isHappening)).toEqual([true, true]);
    expect((['medications', 'problems'] as const).map(isHappening)).toEqual([false, false]);
  });
});

describe('which sections', () => {
  it('hold things that happened, whose date says whether they are recent', () => {
    expect(
      SECTIONS.map(({ id }) => id)
        .filter(isHappening)
        .toSorted(),
    ).toEqual([
      'admissions',
      'assessments',
      'discharges',
      'documents',
      'encounters',
      'examination-findings',
      'investigation-results',
      'procedures',
      'social-context',
      'vaccinations',
    ]);
  });

  it('show the newest of each kind and let the others wait', () => {
    const latest = SECTIONS.filter((section) => showsLatest({ section })).map(({ id }) => id);
    expect(latest).toEqual(SECTIONS.filter((section) => section.latestPer !== undefined).map(({ id }) => id));
    expect(latest).toContain('social-context');
    expect(latest).not.toContain('problems');
  });
});

describe('a section that nobody knows', () => {
  it('has no window and shows everything', () => {
    const [entry] = entriesFrom('gp', result('a', '1990'));
    if (!entry) throw new Error('expected an entry');
    const strange = { ...entry, section: 'unheard-of' as SectionId };
    expect(splitFacts('unheard-of' as SectionId, [factOf(strange)])).toMatchObject({ recent: ['a'], older: [] });
    expect(splitFacts('unheard-of' as SectionId, [factOf({ ...strange, state: 'past' })])).toMatchObject({
      older: ['a'],
    });
  });
});

describe('things that happened long ago', () => {
  const old = (section: SectionId, change: Partial<Entry>): { readonly [part: string]: readonly string[] } => {
    const plain = entryFrom(result('a', '1990-01-01'));
    return splitFacts('investigation-results', [factOf({ ...plain, section, ...change })]);
  };

  it.each(['encounters', 'procedures', 'admissions'] as const)(
    'are not over while they go on or are waited for: %s',
    (section) => {
      expect(old(section, { state: 'current' })).toMatchObject({ currentOlder: ['a'] });
      expect(old(section, { state: 'planned' })).toMatchObject({ currentOlder: ['a'] });
      expect(old(section, { state: 'past' })).toMatchObject({ older: ['a'] });
      expect(old(section, { state: 'unknown' })).toMatchObject({ older: ['a'] });
    },
  );

  it.each(['investigation-results', 'documents', 'vaccinations', 'discharges'] as const)(
    'are over, whatever their standing: %s',
    (section) => {
      expect(old(section, { state: 'current' })).toMatchObject({ older: ['a'] });
    },
  );
});

describe('things that stand until they end', () => {
  const plain = entryFrom(medicine('a', { effectivePeriod: { start: '1990' } }));
  const { date: _date, period: _period, ...undated } = plain;
  const of = (entry: Entry): { readonly [part: string]: readonly string[] } =>
    splitFacts('medications', [factOf(entry)]);

  it('wait where they are over and have no date, and stay where they are not', () => {
    expect(of({ ...undated, state: 'past' })).toMatchObject({ older: ['a'] });
    expect(of(undated)).toMatchObject({ undated: ['a'] });
  });

  it('wait where they were called off, and stay where they must not be done', () => {
    expect(of({ ...plain, state: 'negated', cautions: ['cancelled'] })).toMatchObject({ older: ['a'] });
    expect(of({ ...plain, state: 'negated' })).toMatchObject({ currentOlder: ['a'] });
    expect(of({ ...plain, state: 'current', cautions: ['cancelled'] })).toMatchObject({ currentOlder: ['a'] });
  });

  it('stay where the section shows what has ended beside what stands', () => {
    const ended = SECTIONS.filter(({ window, showsEnded }) => window === null && showsEnded);
    expect(ended).not.toEqual([]);
    for (const { id } of ended)
      expect(splitFacts(id, [factOf({ ...plain, section: id, state: 'past' })])).toMatchObject({ recent: ['a'] });
  });

  it('are as recent as the latest day on which they are known to have been so', () => {
    const [long, recent] = [aDate('1990'), aDate('2026-10-01')];
    const dated = (change: object): Entry => ({ ...undated, ...change });
    for (const change of [
      { date: recent },
      { date: long, period: { start: recent } },
      { date: long, period: { start: long, end: recent } },
      { date: long, lastIssued: recent },
      { date: recent, lastIssued: long },
      { date: long, stopped: { date: recent } },
    ])
      expect(of(dated(change))).toMatchObject({ recent: ['a'] });
    expect(of(dated({ date: long, stopped: {} }))).toMatchObject({ currentOlder: ['a'] });
  });
});

describe('the latest of each kind', () => {
  const smoking = (id: string, date: string | undefined, change: Partial<Entry> = {}): Entry => {
    const entry = entryFrom(
      {
        resourceType: 'Observation',
        id,
        status: 'final',
        code: {
          coding: [{ system: 'http://snomed.info/sct', code: '1747861000000109', display: 'Smoking status' }],
        },
        valueCodeableConcept: { text: `Smoker ${id}` },
        ...(date && { effectiveDateTime: date }),
      },
      'gp',
      'social-context',
    );
    return { ...entry, ...change };
  };
  const parts = (...entries: readonly Entry[]): { readonly [part: string]: readonly string[] } =>
    splitFacts(
      'social-context',
      entries.map((entry) => factOf(entry)),
    );

  it('stands; the earlier ones wait, in whatever order they come', () => {
    const [a, b, c] = [smoking('a', '2026-10-01'), smoking('b', '2026-11-01'), smoking('c', '2026-09-01')];
    expect(parts(a, b, c)).toMatchObject({ inside: ['b'], older: ['a', 'c'] });
    expect(parts(b, a, c)).toMatchObject({ inside: ['b'], older: ['a', 'c'] });
    expect(parts(c, b, a)).toMatchObject({ inside: ['b'], older: ['c', 'a'] });
  });

  it('are all of one day, and of a month that may be that day', () => {
    const [a, b, c] = [smoking('a', '2026-11-01'), smoking('b', '2026-11-01T12:00:00Z'), smoking('c', '2026-11')];
    expect(parts(a, b, c)).toMatchObject({ inside: ['a', 'b', 'c'], older: [] });
  });

  it('hides nothing without a date, and is hidden by nothing without one', () => {
    expect(parts(smoking('a', '2026-10-01'), smoking('b', undefined))).toMatchObject({ inside: ['a', 'b'] });
  });

  it('goes by the newest of the records of one line', () => {
    const [a, b, c] = [smoking('a', '2026-09-01'), smoking('b', '2026-11-01'), smoking('c', '2026-10-01')];
    expect(splitFacts('social-context', [factOf(a, b), factOf(c)])).toMatchObject({ inside: ['a'], older: ['c'] });
    expect(splitFacts('social-context', [factOf(c), factOf(a, b)])).toMatchObject({ inside: ['a'], older: ['c'] });
  });

  it.each([
    [{ state: 'unknown' }],
    [{ state: 'negated' }],
    [{ cautions: ['preliminary'] }],
    [{ cautions: ['amended', 'value-missing'] }],
  ] as const)('never takes the place of a good one where it is itself in doubt: %j', (change) => {
    expect(parts(smoking('a', '2026-10-01'), smoking('b', '2026-11-01', change)).inside).toContain('a');
  });

  it.each([
    [{ cautions: ['amended'] }],
    [{ cautions: ['text-differs'] }],
    [{ cautions: ['text-differs', 'amended'] }],
  ] as const)('takes its place where it was only put right, or its words and code differ: %j', (change) => {
    expect(parts(smoking('a', '2026-10-01'), smoking('b', '2026-11-01', change)).older).toEqual(['a']);
  });

  it('hides nothing where all of them are in doubt', () => {
    const doubtful = ['2026-10-01', '2026-11-01'].map((date, id) => smoking(String(id), date, { state: 'unknown' }));
    expect(parts(...doubtful)).toMatchObject({ inside: ['0', '1'], older: [] });
  });

  it('is asked only of what is of a kind', () => {
    const other = entryFrom(
      {
        resourceType: 'Observation',
        id: 'alcohol',
        status: 'final',
        code: { text: 'Alcohol intake' },
        valueString: '4 units a week',
        effectiveDateTime: '2026-08-01',
      },
      'gp',
      'social-context',
    );
    expect(parts(other, smoking('b', '2026-11-01'))).toMatchObject({ older: [] });
  });
});

describe('what a reader has looked for and found', () => {
  it('stands at once, however old it is', () => {
    const facts = [factOf(entryFrom(result('old', '2011'))), factOf(entryFrom(result('new', '2026-10-01')))];
    const view = { id: 'investigation-results' as const, facts, section: section('investigation-results') };
    expect(splitByWindow({ ...view, foundOf: 3 }, TODAY)).toEqual({
      window: null,
      inside: facts,
      older: [],
      recent: facts,
      currentOlder: [],
      undated: [],
    });
    expect(splitByWindow(view, TODAY).older).toEqual([facts[0]]);
  });
});

describe('a list that is asked of again', () => {
  const facts = [factOf(entryFrom(result('a', '2025-11-22')))];
  const ask = (id: SectionId, today: string): ReturnType<typeof splitByWindow> =>
    splitByWindow({ id, facts, section: section(id) }, today);

  it('is split once for one section and one day, and anew for any other', () => {
    const first = ask('investigation-results', TODAY);
    expect(ask('investigation-results', TODAY)).toBe(first);
    expect(first.older).toEqual([]);
    expect(ask('investigation-results', '2027-11-22').older).toEqual(facts);
    expect(ask('problems', '2027-11-22').window).toBe(section('problems').window);
    expect(ask('problems', '2027-11-22').older).toEqual([]);
  });
});

describe('a section of hundreds', () => {
  const facts = Array.from({ length: 450 }, (_none, id) => factOf(entryFrom(result(`r${String(id)}`, '2026-10-01'))));
  const view = (): Parameters<typeof splitByWindow>[0] => ({
    id: 'investigation-results',
    facts: [...facts],
    section: section('investigation-results'),
  });

  it('is split whole at one go, and with a pause after each two hundred', () => {
    expect(splitByWindow(view(), TODAY).inside).toEqual(facts);
    const steps = splitInSteps(view(), TODAY);
    expect([steps.next().done, steps.next().done]).toEqual([false, false]);
    const last = steps.next();
    expect(last.done === true && last.value.inside).toEqual(facts);
  });
});

function section(id: SectionId): NonNullable<ReturnType<typeof sectionOf>> {
  const found = sectionOf(id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
}
