import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Fact } from '../../src/record/fact.ts';
import {
  findInSteps,
  fold,
  indexInSteps,
  isNarrowing,
  NO_QUERY,
  type FindQuery,
  type Found,
} from '../../src/record/find.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const subject = { reference: 'Patient/1' };
const problem = (id: string, text: string, more: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { text },
  clinicalStatus: { coding: [{ code: 'active' }] },
  ...more,
});
const over = { clinicalStatus: { coding: [{ code: 'resolved' }] } };
const risk = (id: string, text: string): Resource => ({
  resourceType: 'Flag',
  id,
  subject,
  status: 'active',
  category: [{ coding: [{ code: 'safety' }], text: 'Safety' }],
  code: { text },
});

function recordOf(said: { readonly [source: string]: readonly Resource[] }): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

const textOf = ({ entries }: Fact): readonly string[] =>
  entries.flatMap((entry) => [entry.title, `The ${entry.origin.source}`]);

function found(record: PatientRecord, query: Partial<FindQuery>): Found {
  const steps = findInSteps(record, { ...NO_QUERY, ...query }, new WeakMap(), textOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function titles(result: Found): readonly string[] {
  return [...result.facts.values()].flat().map(({ entries }) => entries[0].title);
}

describe('finding in the record', () => {
  const record = recordOf({
    gp: [
      problem('1', 'Ménière’s disease', { ...over, onsetDateTime: '2019-03' }),
      problem('2', 'Type 2 diabetes', { onsetDateTime: '2026-02-03' }),
      problem('3', 'Gout'),
    ],
    hospital: [
      problem('4', 'Asthma', { ...over, onsetDateTime: '2010' }),
      problem('6', 'Epilepsy', { onsetDateTime: '2010' }),
      risk('5', 'Risk of falls'),
    ],
  });

  it('never takes a standing danger off the page, whatever is looked for', () => {
    const result = found(record, { text: 'zzz' });
    const dangers = record.sections.filter(({ id }) => ['risks', 'alerts', 'safeguarding'].includes(id));
    const all = dangers.reduce((sum, { facts }) => sum + facts.length, 0);
    expect(all).toBeGreaterThan(0);
    expect(titles(result)).toContain('Risk of falls');
    expect(result).toMatchObject({ matched: 0, shown: all });
    expect(result.total).toBeGreaterThan(all);
  });

  it('keeps what bears no date and what still goes on when days are asked for, and counts the undated', () => {
    const result = found(record, { from: '2026-01-01' });
    expect(titles(result)).toEqual(expect.arrayContaining(['Type 2 diabetes', 'Gout']));
    expect(titles(result)).not.toContain('Asthma');
    expect(titles(result)).toContain('Epilepsy');
    expect(result.undated).toBeGreaterThan(0);
  });

  it('takes a date as coarse as a month or a year for any day of it', () => {
    expect(titles(found(record, { from: '2019-03-31', to: '2019-12-31' }))).toContain('Ménière’s disease');
    expect(titles(found(record, { from: '2019-04-01', to: '2019-12-31' }))).not.toContain('Ménière’s disease');
  });

  it('finds without regard to case, accents, quotes and dashes, and every word must stand somewhere', () => {
    expect(titles(found(record, { text: 'MENIERE' }))).toContain('Ménière’s disease');
    expect(titles(found(record, { text: 'diab 2' }))).toContain('Type 2 diabetes');
    expect(titles(found(record, { text: 'diab gout' }))).not.toContain('Type 2 diabetes');
    expect(fold('Co‑codamol 30/500, Siân Łukasz Ærø')).toBe('co codamol 30/500 sian lukasz aero');
  });

  it('finds by who says it, and by source and kind', () => {
    expect(titles(found(record, { text: 'the hospital asthma' }))).toContain('Asthma');
    const one = found(record, { sources: new Set(['hospital' as SourceId]), sections: new Set(['problems']) });
    expect([...one.facts.get('problems')!].map(({ entries }) => entries[0].title)).toEqual(['Epilepsy', 'Asthma']);
  });

  it('finds the same whether or not everything was folded beforehand', () => {
    const index = new WeakMap<Fact, string>();
    const steps = indexInSteps(record, index, textOf);
    while (!steps.next().done);
    for (const { facts } of record.sections) for (const fact of facts) expect(index.has(fact)).toBe(true);
    const query = { ...NO_QUERY, text: 'gout' };
    const walk = findInSteps(record, query, index, () => []);
    let step = walk.next();
    while (!step.done) step = walk.next();
    expect(titles(step.value)).toContain('Gout');
  });

  it('does not narrow for blanks and stray signs', () => {
    expect(isNarrowing({ ...NO_QUERY, text: '  — ' })).toBe(false);
    expect(isNarrowing({ ...NO_QUERY, text: 'a' })).toBe(true);
    expect(isNarrowing({ ...NO_QUERY, from: '2026-01-01' })).toBe(true);
  });
});
