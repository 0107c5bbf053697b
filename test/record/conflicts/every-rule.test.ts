// Proves src/record/sections/allergies.ts, src/record/sections/medicine-doses.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { CONFLICT_RULES } from '../../../src/record/conflict-rules.ts';
import type { Conflict } from '../../../src/record/fact.ts';
import { worstFirst } from '../../../src/record/worst-first.ts';
import { cy } from '../../../src/words/cy.ts';
import { enGB } from '../../../src/words/en-GB.ts';
import { allergy, at, kinds, medicine } from '../../support/conflicts.ts';

describe('every rule', () => {
  it('has its reason, its source and its hazard', () => {
    for (const { reason, source, hazard } of Object.values(CONFLICT_RULES)) {
      expect(reason.length).toBeGreaterThan(20);
      expect(source.length).toBeGreaterThan(5);
      expect(hazard).toMatch(/^H\d\d$/);
      // What is recorded is put side by side: no rule tells anybody what to do.
      expect(reason).not.toMatch(/\b(should|must stop|do not give|consider|recommend|advise)\b/i);
    }
  });

  it('has words in every language, which say that it is recorded and nothing more', () => {
    for (const words of [enGB, cy]) {
      expect(Object.keys(words.conflicts.kinds).sort()).toEqual(Object.keys(CONFLICT_RULES).sort());
    }
  });
});

describe('the order of disagreements', () => {
  it('is by identity among those of one kind', () => {
    const [a, b] = ['a', 'b'].map((id): Conflict => ({
      id,
      kind: 'two-doses',
      section: 'medications',
      facts: [],
      sides: [],
    }));
    if (!a || !b) throw new Error('expected two');
    expect(worstFirst(a, b)).toBeLessThan(0);
    expect(worstFirst(b, a)).toBeGreaterThan(0);
    expect(worstFirst(a, { ...a })).toBe(0);
    expect(worstFirst({ ...b, kind: 'allergy-and-medicine' }, a)).toBeLessThan(0);
  });

  it('puts the worst first', () => {
    const found = kinds(
      at('gp', allergy('Penicillin'), allergy('No known allergies'), medicine('Ramipril 5mg capsules', 'one daily')),
      at(
        'hospital',
        medicine('Amoxicillin 500mg capsules', 'one daily'),
        medicine('Ramipril 2.5mg capsules', 'one daily'),
      ),
    );
    expect(found).toEqual(['allergy-and-medicine', 'two-doses', 'allergy-and-no-known-allergies']);
  });
});
