import { expect, it } from 'vitest';
import { defaultPolicies } from '../../../launcher/access/policy.ts';
import { RULES } from '../../../launcher/access/rules.ts';
import { cy } from '../../../src/words/cy.ts';
import { enGB } from '../../../src/words/en-GB.ts';

/** Rules a reader never meets: they permit, or they are about what may not be told. */
const UNSEEN = /^(open|see|tell|emergency\.role|label|session|source\.not-connected)/;

it('every rule that can refuse a reader has words on screen, in both languages', () => {
  const refusing = [...defaultPolicies().set.rules.keys(), ...Object.keys(RULES)].filter((id) => !UNSEEN.test(id));
  for (const { rules } of [enGB, cy]) expect(Object.keys(rules).sort()).toEqual([...refusing].sort());
});
