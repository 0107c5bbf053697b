import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allergySummary } from '../../src/components/corridor-banner/allergy-summary.ts';
import { NO_SURROUNDINGS } from '../../src/components/surroundings.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Unread } from '../../src/record/entry.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionAnswers, SourceStatus } from '../../src/record/source-status.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const SOURCES = ['gp', 'hospital', 'council'] as const;
const code = (value: string): object => ({ coding: [{ code: value }] });
const allergy = (text: string, change: object = {}): Resource => ({
  resourceType: 'AllergyIntolerance',
  id: text,
  clinicalStatus: code('active'),
  verificationStatus: code('confirmed'),
  code: { text },
  ...change,
});
const NONE_KNOWN = allergy('No known allergies', {
  code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] },
});

const settled = { at: '2026-11-22T09:00:00Z', tookMs: 1 };
type State = 'answered' | 'nothing-held' | 'waiting' | 'late' | 'unavailable' | 'failed' | 'truncated' | 'withheld';
function statusOf(state: State): SourceStatus {
  if (state === 'waiting') return { state };
  const cell = {
    state,
    count: 0,
    ...(['unavailable', 'failed', 'truncated', 'withheld'].includes(state) && { code: 'source.x' }),
  };
  const sections = { allergies: cell } as SectionAnswers;
  return { ...settled, state, sections, code: 'source.x', rule: 'access.x' } as unknown as SourceStatus;
}

function summaryOf(
  held: Readonly<Record<string, readonly Resource[]>>,
  states: readonly State[] = ['answered', 'answered', 'answered'],
  unread: readonly Unread[] = [],
) {
  const sources = SOURCES.map((id) => aSource(id));
  const record = buildRecord({
    patient: aPatient(),
    sources,
    statuses: new Map(sources.map(({ id }, index) => [id, statusOf(states[index] ?? 'waiting')])),
    entries: Object.entries(held).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread,
    nowMs: Date.UTC(2026, 10, 22),
  });
  return { summary: allergySummary(record, NO_SURROUNDINGS), record };
}

describe('“no known allergies” is never said', () => {
  it.each(['waiting', 'late', 'unavailable', 'failed', 'truncated'] as const)('while one source is %s', (state) => {
    expect(summaryOf({ gp: [NONE_KNOWN] }, ['answered', state, 'answered']).summary.kind).not.toBe('none-known');
  });

  it.each([
    ['refuted', { verificationStatus: code('refuted') }],
    ['unconfirmed', { verificationStatus: code('unconfirmed') }],
    ['withdrawn', { verificationStatus: code('entered-in-error') }],
    ['over', { clinicalStatus: code('resolved') }],
    ['of unknown standing', { clinicalStatus: undefined }],
    ['with a note beside it, which may name one', { ...NONE_KNOWN, note: [{ text: 'Rash with amoxicillin 2019' }] }],
    ['about food alone', { code: { text: 'No known food allergies' } }],
    ['about one thing', { code: { text: 'No known latex allergy' } }],
    [
      'contradicted by its own words',
      {
        code: {
          coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }],
          text: 'Penicillin',
        },
      },
    ],
    ['not asked', { code: { text: 'Not asked' } }],
    ['an unknown modifier', { modifierExtension: [{ url: 'https://example.org/opposite', valueBoolean: true }] }],
  ])('by a statement that is %s', (_what, change) => {
    expect(summaryOf({ gp: [{ ...NONE_KNOWN, ...change }] }).summary.kind).not.toBe('none-known');
  });

  it.each([
    ['refuted', { verificationStatus: code('refuted') }, 'Recorded as not so'],
    ['over', { clinicalStatus: code('resolved') }, 'Past'],
    ['of unknown standing', { clinicalStatus: undefined }, 'Status not known'],
  ])('by a statement that is %s, nor “nothing recorded”: it says what is recorded', (_what, change, standing) => {
    const { summary } = summaryOf({ gp: [{ ...NONE_KNOWN, ...change }] });
    expect(summary.text).toContain('No known allerg');
    expect(summary.text).toContain(standing);
    expect(summary.text).not.toMatch(/nothing recorded/i);
  });

  it('where another organisation has refuted it', () => {
    const held = { gp: [NONE_KNOWN], hospital: [{ ...NONE_KNOWN, verificationStatus: code('refuted') }] };
    expect(summaryOf(held).summary.kind).toBe('nothing');
    expect(summaryOf(held).summary.text).toContain('does not stand');
  });

  it('by silence alone: everybody answered and nobody said so', () => {
    expect(summaryOf({}).summary.kind).toBe('nothing');
  });

  it('where an allergy came that could not be read', () => {
    const broken = entriesFrom('gp', NONE_KNOWN)[0]?.origin;
    const unread: Unread[] = broken
      ? [
          {
            origin: broken,
            resourceType: 'AllergyIntolerance',
            reason: 'must-have-missing',
            element: 'AllergyIntolerance.code',
          },
        ]
      : [];
    expect(summaryOf({ gp: [NONE_KNOWN] }, undefined, unread).summary.kind).toBe('unknown');
  });

  it('beside any allergy that stands or is of unknown standing, however unsure, at whatever source, in whatever words', () => {
    const any = fc.record({
      source: fc.constantFrom(...SOURCES),
      what: fc.constantFrom('Penicillin', 'Peanut', 'Allergy to latex', 'Unknown antibiotic'),
      clinicalStatus: fc.constantFrom<object | undefined>(code('active'), undefined, code('nonsense')),
      verificationStatus: fc.constantFrom<object | undefined>(code('confirmed'), code('unconfirmed'), undefined),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...SOURCES), ({ source, what, ...change }, none) => {
        const held =
          source === none
            ? { [none]: [NONE_KNOWN, allergy(what, change)] }
            : { [none]: [NONE_KNOWN], [source]: [allergy(what, change)] };
        const { summary } = summaryOf(held);
        expect(summary.kind).toBe('recorded');
      }),
      { numRuns: 300 },
    );
  });
});

describe('“no known allergies”', () => {
  const STATES = ['answered', 'nothing-held', 'waiting', 'late', 'unavailable', 'failed', 'truncated'] as const;

  it('is said when a source says it and everybody who was asked has answered, and only then', () => {
    fc.assert(
      fc.property(fc.tuple(...SOURCES.slice(1).map(() => fc.constantFrom(...STATES))), fc.boolean(), (others, said) => {
        const states: readonly State[] = ['answered', ...others];
        const { summary } = summaryOf(said ? { gp: [NONE_KNOWN] } : {}, states);
        const all = others.every((state) => state === 'answered' || state === 'nothing-held');
        expect(summary.kind === 'none-known').toBe(said && all);
      }),
      { numRuns: 300 },
    );
  });

  it('is said with a warning where something is withheld', () => {
    const { summary } = summaryOf({ gp: [NONE_KNOWN] }, ['answered', 'withheld', 'answered']);
    expect(summary).toMatchObject({ kind: 'none-known', gap: NO_SURROUNDINGS.words.banner.mayBeMissing });
  });
});

describe('an empty section', () => {
  it('is “nothing recorded” only where all who were asked have answered in full', () => {
    const STATES = [
      'answered',
      'nothing-held',
      'waiting',
      'late',
      'unavailable',
      'failed',
      'truncated',
      'withheld',
    ] as const;
    fc.assert(
      fc.property(fc.tuple(...SOURCES.map(() => fc.constantFrom(...STATES))), (states) => {
        const absence = summaryOf({}, states).record.sections.find(({ id }) => id === 'allergies')?.absence;
        const all = states.every((state) => state === 'answered' || state === 'nothing-held');
        expect(absence?.kind === 'nothing-recorded').toBe(all);
      }),
      { numRuns: 300 },
    );
  });
});
