import { describe, expect, it } from 'vitest';
import { buildConflict, stands } from '../../src/record/build-conflict.ts';
import type { Entry, EntryState } from '../../src/record/entry.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';

const fact = (key: string, ...ids: readonly string[]): Fact => ({
  key: key as FactKey,
  section: 'medications',
  entries: ids.map((id) => ({ id }) as Entry) as unknown as readonly [Entry],
});

describe('a disagreement', () => {
  it('holds every statement of both sides, and its substances where it is about some', () => {
    const [one, other] = [fact('m:1', 'gp/a', 'hospital/b'), fact('m:2', 'council/c')];
    expect(buildConflict('two-doses', 'medications', [one, other], ['ramipril'])).toStrictEqual({
      id: 'two-doses:council/c+gp/a+hospital/b',
      kind: 'two-doses',
      section: 'medications',
      facts: ['m:1', 'm:2'],
      sides: ['gp/a', 'hospital/b', 'council/c'],
      subjects: ['ramipril'],
    });
    expect(buildConflict('two-doses', 'medications', [one, other])).not.toHaveProperty('subjects');
  });

  it('is the same one whoever answered first', () => {
    const facts = [fact('m:1', 'gp/a', 'hospital/b'), fact('m:2', 'council/c')];
    expect(buildConflict('two-doses', 'medications', facts.toReversed()).id).toBe(
      buildConflict('two-doses', 'medications', facts).id,
    );
  });
});

describe('a statement stands', () => {
  it.each<[state: EntryState, standing: boolean]>([
    ['past', false],
    ['planned', false],
    ['negated', false],
    ['in-error', false],
    ['current', true],
    ['unknown', true],
  ])('as far as it is known, where it is %s: %s', (state, standing) => {
    expect(stands({ state } as Entry)).toBe(standing);
  });
});
