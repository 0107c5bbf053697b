import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import {
  groupEntries,
  groupInSteps,
  keyAlone,
  type Identity,
  type IdentityName,
} from '../../src/record/group-entries.ts';
import { sectionOf } from '../../src/record/sections/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { Section } from '../../src/record/section.ts';
import { entriesFrom, entryFrom } from '../support/record.ts';

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

describe('the rules of grouping, by themselves', () => {
  type Told = {
    readonly base?: string;
    readonly names?: readonly IdentityName[];
    readonly details?: readonly (string | undefined)[];
  };
  const code = (name: string): IdentityName => ({ reason: 'concept', name });
  const words = (name: string): IdentityName => ({ reason: 'everything', name });
  const once = (name: string): IdentityName => ({ reason: 'same-file', name, onceASource: true });

  const plain = entryFrom(problem({ text: 'Mass' }));
  /** An entry with that id at that source; what it tells of itself. */
  function told(
    id: string,
    identity: Told | undefined,
    change: Partial<Entry> = {},
  ): readonly [Entry, Told | undefined] {
    const source = id.split('/')[0] as Entry['origin']['source'];
    return [{ ...plain, id: id as Entry['id'], origin: { ...plain.origin, source }, ...change }, identity];
  }
  function identityFrom({ base = 'base', names = [], details }: Told): Identity {
    return { base, names: () => names, ...(details && { details: () => details }) };
  }
  function groups(...all: readonly (readonly [Entry, Told | undefined])[]) {
    const of = new Map(all.map(([entry, identity]) => [entry.id, identity && identityFrom(identity)]));
    const fake = {
      id: 'problems',
      factKey: ({ title }: Entry) => `says ${title}`,
      identity: (entry: Entry) => of.get(entry.id),
    };
    return groupEntries(
      fake as unknown as Section,
      all.map(([entry]) => entry),
    );
  }
  const joined = (...all: readonly (readonly [Entry, Told | undefined])[]): readonly string[] =>
    groups(...all).map(({ entries, reason, partial }) =>
      [...entries.map(({ id }) => id), reason, partial && 'partial'].filter(Boolean).join(' '),
    );

  it('go by the section’s own key where an entry has no identity', () => {
    expect(groups(told('a/1', undefined), told('b/1', undefined)).map(({ key }) => key)).toEqual([
      'problems:says Mass',
    ]);
    expect(joined(told('a/1', undefined), told('b/1', undefined))).toEqual(['a/1 b/1']);
    expect(joined(told('a/1', undefined), told('b/1', undefined, { title: 'Lump' }))).toEqual(['a/1', 'b/1']);
  });

  it('leave alone what cannot be interpreted or is masked, with an identity or without', () => {
    const masked = {
      text: 'masked',
      codings: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }],
    };
    for (const identity of [undefined, { names: [code('x')] }])
      for (const change of [{ cautions: ['not-interpretable'] as const }, { code: masked }])
        expect(
          joined(told('a/1', identity, change), told('b/1', identity, change), told('c/1', identity)),
        ).toHaveLength(3);
    expect(groups(told('a/1', undefined, { cautions: ['not-interpretable'] }))[0]?.key).toBe('problems:says Mass|a/1');
  });

  it('join the same base and surest name, and nothing of another base or name', () => {
    const x = { names: [code('x')] };
    expect(joined(told('a/1', x), told('b/1', x))).toEqual(['a/1 b/1 concept']);
    expect(joined(told('a/1', x), told('b/1', { ...x, base: 'other' }))).toEqual(['a/1', 'b/1']);
    expect(joined(told('a/1', x), told('b/1', { names: [code('y')] }))).toEqual(['a/1', 'b/1']);
    expect(joined(told('a/1', {}), told('b/1', {}))).toEqual(['a/1', 'b/1']);
  });

  it('lead a lesser name to the one surer name, however far, and say by which', () => {
    const both = { names: [code('x'), words('mass')] };
    expect(joined(told('a/1', both), told('b/1', { names: [words('mass')] }))).toEqual(['a/1 b/1 concept']);
    expect(
      joined(
        told('a/1', { names: [code('x'), words('mass')] }),
        told('b/1', { names: [words('mass'), words('lump')] }),
        told('c/1', { names: [words('lump')] }),
      ),
    ).toEqual(['a/1 b/1 c/1 concept']);
  });

  it('leave a lesser name its own where it leads to two, and in a circle', () => {
    const mass = { names: [words('mass')] };
    expect(
      joined(
        told('a/1', { names: [code('x'), words('mass')] }),
        told('b/1', { names: [code('y'), words('mass')] }),
        told('c/1', mass),
        told('d/1', mass),
      ),
    ).toEqual(['a/1', 'b/1', 'c/1 d/1 everything']);
    expect(
      joined(
        told('a/1', { names: [words('p'), words('q')] }),
        told('b/1', { names: [words('q'), words('p')] }),
        told('c/1', { names: [words('p')] }),
      ),
    ).toHaveLength(2);
    expect(joined(told('a/1', { names: [words('p'), words('p')] }), told('b/1', { names: [words('p')] }))).toEqual([
      'a/1 b/1 everything',
    ]);
  });

  it('believe a name for once a source only until one source uses it twice', () => {
    const letter = { names: [once('10 kB')] };
    expect(joined(told('a/1', letter), told('b/1', letter))).toEqual(['a/1 b/1 same-file']);
    expect(joined(told('a/1', letter), told('a/2', letter), told('b/1', letter))).toEqual(['a/1', 'a/2', 'b/1']);
    const named = { names: [words('letter'), once('10 kB')] };
    expect(joined(told('a/1', named), told('a/2', named), told('b/1', named))).toEqual(['a/1 a/2 b/1 everything']);
    expect(joined(told('a/1', { names: [words('w')] }), told('a/2', { names: [words('w')] }))).toEqual([
      'a/1 a/2 everything',
    ]);
  });

  it('fill in what one leaves out by what all others say, and say that it is partial', () => {
    const said = (...details: readonly (string | undefined)[]): Told => ({ names: [code('x')], details });
    expect(joined(told('a/1', said('left')), told('b/1', said(undefined)))).toEqual(['a/1 b/1 concept partial']);
    expect(joined(told('b/1', said(undefined)), told('a/1', said('left')))).toEqual(['b/1 a/1 concept partial']);
    expect(joined(told('a/1', said('left')), told('b/1', said('left')))).toEqual(['a/1 b/1 concept']);
    expect(joined(told('a/1', said('left')), told('b/1', said('right')), told('c/1', said(undefined)))).toEqual([
      'a/1',
      'b/1',
      'c/1',
    ]);
    expect(joined(told('a/1', said(undefined)), told('b/1', said(undefined)))).toEqual(['a/1 b/1 concept']);
    expect(joined(told('a/1', said('left', 'I')), told('b/1', said('left', undefined)))).toEqual([
      'a/1 b/1 concept partial',
    ]);
    expect(joined(told('a/1', { names: [code('x')] }), told('b/1', said('left')))).toEqual(['a/1', 'b/1']);
  });

  it('call nothing partial that was filled in and still stands alone', () => {
    const said = (...details: readonly (string | undefined)[]): Told => ({ names: [code('x')], details });
    expect(joined(told('a/1', said('left', 'I')), told('b/1', said(undefined, 'II')))).toEqual(['a/1', 'b/1']);
  });

  it('give a line of one the key it has by itself, and one of several that of what they agree on', () => {
    const said = (...details: readonly (string | undefined)[]): Told => ({ names: [code('x')], details });
    const [alone] = groups(told('a/1', said('left', undefined)));
    expect(alone?.key).toBe('problems:["base","x",["left",null]]');
    const [together] = groups(told('a/1', said('left')), told('b/1', said(undefined)));
    expect(together?.key).toBe('problems:["base","x",["left"]]');
    expect(keyAlone(plain, undefined)).toBe(plain.id);
    expect(keyAlone(plain, identityFrom({}))).toBe(`["base","${plain.id}",[]]`);
    const known = { ...identityFrom(said('left')), alone: 'worked out before' };
    const steps = groupInSteps({ id: 'problems' } as unknown as Section, [plain], () => known);
    expect(steps.next().value).toMatchObject([{ key: 'problems:worked out before' }]);
  });

  it('offer a pause for every 250 entries and every 250 bases', () => {
    const pauses = (count: number, identity: (entry: Entry) => Identity | undefined): number => {
      const entries = Array.from({ length: count }, (_, index) => ({ ...plain, id: `a/${index}` as Entry['id'] }));
      const section = { id: 'problems', factKey: () => 'one' } as unknown as Section;
      return [...groupInSteps(section, entries, identity)].length;
    };
    expect(pauses(249, () => undefined)).toBe(0);
    expect(pauses(500, () => undefined)).toBe(2);
    expect(pauses(250, ({ id }) => identityFrom({ base: id }))).toBe(2);
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
