import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { groupEntries } from '../../src/record/group-entries.ts';
import { sectionOf } from '../../src/record/sections/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { entriesFrom } from '../support/record.ts';

const code = (value: string): object => ({ coding: [{ code: value }] });
const sct = (value: string, display: string): object => ({
  coding: [{ system: 'http://snomed.info/sct', code: value, display }],
});

function grouped(id: SectionId, entries: readonly Entry[]) {
  const section = sectionOf(id);
  if (!section) throw new Error(id);
  return groupEntries(section, entries);
}

/** The sources of each line, in the order of their names. */
function lines(id: SectionId, entries: readonly Entry[]): readonly string[] {
  return grouped(id, entries)
    .map((group) =>
      group.entries
        .map(({ origin }) => origin.source)
        .sort()
        .join(' '),
    )
    .sort();
}

const problem = (what: object, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: '1',
  clinicalStatus: code('active'),
  verificationStatus: code('confirmed'),
  code: what,
  ...change,
});
const jab = (change: object = {}): Resource => ({
  resourceType: 'Immunization',
  id: '1',
  status: 'completed',
  vaccineCode: sct('1181000221105', 'Influenza vaccine'),
  occurrenceDateTime: '2025-10-07',
  ...change,
});

describe('a record that leaves something out', () => {
  it('joins nobody where two of the others differ in it', () => {
    const entries = [
      ...entriesFrom('gp', jab()),
      ...entriesFrom('pharmacy', jab({ lotNumber: 'A' })),
      ...entriesFrom('hospital', jab({ lotNumber: 'B' })),
    ];
    expect(lines('vaccinations', entries)).toEqual(['gp', 'hospital', 'pharmacy']);
  });

  it('never brings together two that differ, whatever it leaves out itself', () => {
    const entries = [
      ...entriesFrom('gp', jab()),
      ...entriesFrom('pharmacy', jab({ lotNumber: 'A', site: { text: 'Left arm' } })),
      ...entriesFrom('hospital', jab({ site: { text: 'Right arm' } })),
    ];
    expect(lines('vaccinations', entries)).toEqual(['gp', 'hospital', 'pharmacy']);
  });

  it('without a code joins nobody where its words stand under two codes', () => {
    const entries = [
      ...entriesFrom('gp', problem({ text: 'Mass' })),
      ...entriesFrom('north', problem(sct('1', 'Mass'))),
      ...entriesFrom('south', problem(sct('2', 'Mass'))),
    ];
    expect(lines('problems', entries)).toEqual(['gp', 'north', 'south']);
  });

  it('lends no words where they contradict its own code', () => {
    const entries = [
      ...entriesFrom('gp', problem({ text: '?asthma' })),
      ...entriesFrom('north', problem({ ...sct('195967001', 'Asthma'), text: '?asthma' })),
    ];
    expect(lines('problems', entries)).toEqual(['gp', 'north']);
  });

  it('is of the fact that the others tell alike, which says that it leaves something out', () => {
    const entries = [
      ...entriesFrom('gp', jab()),
      ...entriesFrom('pharmacy', jab({ lotNumber: 'A' })),
      ...entriesFrom('hub', jab({ lotNumber: 'a', occurrenceDateTime: '2025-10-07T10:00:00Z' })),
    ];
    const [only, ...others] = grouped('vaccinations', entries);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ reason: 'concept', partial: true });
  });
});

describe('a name that each source may use once', () => {
  const visit = (id: string, change: object = {}): Resource => ({
    resourceType: 'Encounter',
    id,
    status: 'finished',
    type: [{ text: 'Home care visit' }],
    period: { start: '2026-11-02T09:05:00Z' },
    ...change,
  });

  it('names nothing once a source has used it twice: two carers at one hour are two visits', () => {
    const two = [visit('1', {}), visit('2', {})];
    expect(lines('encounters', [...entriesFrom('council', ...two), ...entriesFrom('agency', visit('9'))])).toEqual([
      'agency',
      'council',
      'council',
    ]);
  });

  it('joins two sources that used it once each, and says by what', () => {
    const entries = [...entriesFrom('council', visit('1')), ...entriesFrom('agency', visit('9'))];
    expect(grouped('encounters', entries)).toMatchObject([{ reason: 'same-moment' }]);
  });
});

describe('grouping', () => {
  const STATES = ['active', 'resolved'];
  const anyProblem = fc.record({
    source: fc.constantFrom('a', 'b', 'c', 'd'),
    what: fc.constantFrom<object>(
      { text: 'Mass' },
      sct('1', 'Mass'),
      sct('2', 'Mass'),
      sct('1', 'Lump'),
      { text: 'Lump' },
      { ...sct('1', 'Mass'), text: 'No mass' },
    ),
    status: fc.constantFrom(...STATES),
    site: fc.constantFrom(undefined, 'Left', 'Right'),
    stage: fc.constantFrom(undefined, 'I', 'II'),
  });

  it('is the same whatever the order, loses nothing, and never joins two stated sides, stages or standings', () => {
    fc.assert(
      fc.property(fc.array(anyProblem, { maxLength: 9 }), fc.nat(), (all, seed) => {
        const entries = all.flatMap(({ source, what, status, site, stage }, index) =>
          entriesFrom(
            source,
            problem(what, {
              id: String(index),
              clinicalStatus: code(status),
              onsetDateTime: '2020-01-01',
              ...(site && { bodySite: [{ text: site }] }),
              ...(stage && { stage: [{ summary: { text: stage } }] }),
            }),
          ),
        );
        const groups = grouped('problems', entries);
        const shuffled = entries
          .map((entry, index) => ({ entry, at: (index * 7919 + seed) % 101 }))
          .sort((x, y) => x.at - y.at)
          .map(({ entry }) => entry);
        const asSets = (found: typeof groups): readonly string[] =>
          found
            .map(
              ({ key, entries: inside }) =>
                `${key} ${inside
                  .map(({ id }) => id)
                  .sort()
                  .join()}`,
            )
            .sort();
        expect(asSets(grouped('problems', shuffled))).toEqual(asSets(groups));
        expect(groups.flatMap((group) => group.entries.map(({ id }) => id)).sort()).toEqual(
          entries.map(({ id }) => id).sort(),
        );
        for (const { entries: inside } of groups) {
          const said = inside as unknown as readonly { state: string; bodySites: readonly string[]; stage?: string }[];
          expect(new Set(said.map(({ state }) => state)).size).toBe(1);
          expect(new Set(said.flatMap(({ bodySites }) => bodySites)).size).toBeLessThan(2);
          expect(new Set(said.flatMap(({ stage }) => stage ?? [])).size).toBeLessThan(2);
        }
      }),
      { numRuns: Number(process.env['CORRIDOR_TEST_CASES'] ?? 500) },
    );
  });
});
