import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { isHappening, splitByWindow } from '../../src/record/split-by-window.ts';
import { entriesFrom } from '../support/record.ts';

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
  const { window, ...parts } = splitByWindow({ id, facts }, today);
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
  });

  it('is of things that happened, or of things that stand until they end', () => {
    expect((['encounters', 'investigation-results'] as const).map(isHappening)).toEqual([true, true]);
    expect((['medications', 'problems'] as const).map(isHappening)).toEqual([false, false]);
  });
});
