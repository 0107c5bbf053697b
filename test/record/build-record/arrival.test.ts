// Proves src/record/merge.ts, with the tests of that name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { GP, HOSPITAL, parts, section } from '../../support/record-parts.ts';
import { aSource, entriesFrom } from '../../support/record.ts';

/** A few of everything, from three sources, with clashes of id, date, status and text. */
const someResource: fc.Arbitrary<Resource> = fc
  .record({
    kind: fc.constantFrom('Condition', 'AllergyIntolerance', 'MedicationStatement', 'Procedure', 'Flag', 'Patient'),
    id: fc.constantFrom('1', '2', '3', '4'),
    text: fc.constantFrom(
      'Penicillin',
      'Amoxicillin 500mg capsules',
      'Ramipril 5mg capsules',
      'Asthma',
      'No known allergies',
    ),
    status: fc.constantFrom('active', 'stopped', 'completed', 'inactive', 'entered-in-error', undefined),
    date: fc.constantFrom('2019', '2019-03', '2024-05-01', '2024-05-01T10:00:00+01:00', undefined),
    updated: fc.constantFrom('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', undefined),
  })
  .map(({ kind, id, text, status, date, updated }) => ({
    resourceType: kind,
    id,
    ...(updated && { meta: { lastUpdated: updated } }),
    status,
    clinicalStatus: { coding: [{ code: status }] },
    code: { text },
    medicationCodeableConcept: { text },
    name: [{ family: text }],
    onsetDateTime: date,
    performedDateTime: date,
    effectivePeriod: { start: date },
  }));

const someEntries: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.tuple(fc.constantFrom('gp', 'hospital', 'council'), someResource), { maxLength: 25 })
  .map((items) => items.flatMap(([source, resource]) => entriesFrom(source, resource)));

describe('versions of one resource', () => {
  const version = (versionId: string, lastUpdated: string, text: string): readonly Entry[] =>
    entriesFrom('gp', { resourceType: 'Condition', id: '1', meta: { versionId, lastUpdated }, code: { text } });
  const titles = (entries: readonly Entry[]): readonly string[] =>
    section({ entries }, 'problems').facts.flatMap((f) => f.entries.map((e) => e.title));

  it('are one entry, the later one, in whichever order they come', () => {
    const [old, late] = [version('1', '2026-01-01T00:00:00Z', 'Old'), version('2', '2026-02-01T00:00:00Z', 'Late')];
    expect(titles([...old, ...late])).toEqual(['Late']);
    expect(titles([...late, ...old])).toEqual(['Late']);
  });

  it('are both shown where nothing says which is later', () => {
    const a = entriesFrom('gp', { resourceType: 'Condition', id: '1', code: { text: 'A' } });
    const b = entriesFrom('gp', { resourceType: 'Condition', id: '1', code: { text: 'B' } });
    expect(titles([...a, ...b])).toEqual(['A', 'B']);
    expect(titles([...b, ...a, ...a])).toEqual(['A', 'B']);
  });
});

describe('arrival', () => {
  const build = (entries: readonly Entry[]) =>
    buildRecord(parts({ entries, sources: [GP, HOSPITAL, aSource('council', 'council')] }));

  it('makes no difference by its order', () => {
    fc.assert(
      fc.property(
        someEntries.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(build(shuffled)).toEqual(build(entries));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('makes no difference by coming twice', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const copies = entries.map((entry) => structuredClone(entry));
        expect(build([...entries, ...copies])).toEqual(build(entries));
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing and changes nothing that it was given', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const before = structuredClone(entries);
        const record = build(Object.freeze(entries.map((entry) => Object.freeze(entry))) as readonly Entry[]);
        expect(entries).toEqual(before);
        const shown = [
          ...record.sections.flatMap(({ facts }) => facts).flatMap((fact) => fact.entries),
          ...record.withdrawn,
        ];
        const resources = new Set(shown.map((entry) => `${entry.origin.source}/${entry.origin.resource}`));
        for (const entry of entries) expect(resources).toContain(`${entry.origin.source}/${entry.origin.resource}`);
      }),
      { numRuns: 200 },
    );
  });

  it('of another source removes nothing that is shown', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const ids = (list: readonly Entry[]): readonly string[] =>
          build(list)
            .sections.flatMap(({ facts }) => facts)
            .flatMap((f) => f.entries.map((e) => e.id));
        const gpOnly = entries.filter((entry) => entry.origin.source === 'gp');
        const all = new Set(ids(entries));
        for (const id of ids(gpOnly)) expect(all).toContain(id);
      }),
      { numRuns: 200 },
    );
  });
});
