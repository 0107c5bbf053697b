import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SectionOrder } from '../../src/app/section-order.ts';
import { viewFor } from '../../src/app/views.ts';
import { isStandingDanger } from '../../src/record/standing-danger.ts';
import { enGB } from '../../src/words/en-GB.ts';

const ROLES = [undefined, 'paramedic', 'emergency', 'pharmacist', 'nurse', 'social-worker', 'mental-health'];

describe('the reader’s own order of sections', () => {
  it('never moves a danger from the top, and loses or doubles no section, whatever is moved for whichever role', () => {
    const { first } = viewFor(undefined);
    const moves = fc.array(fc.tuple(fc.constantFrom(...first), fc.constantFrom(-1 as const, 1 as const)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(moves, fc.constantFrom(...ROLES), fc.constantFrom(...ROLES), (done, role, then) => {
        const order = new SectionOrder(() => undefined);
        for (const [id, by] of done) order.move(viewFor(role).first, id, by, enGB);
        for (const one of [role, then]) {
          const of = order.of(viewFor(one).first);
          const dangers = viewFor(one).first.filter(isStandingDanger);
          expect(of.slice(0, dangers.length)).toEqual(dangers);
          expect([...of].sort()).toEqual([...viewFor(one).first].sort());
        }
      }),
    );
  });

  it('puts a section before the one above it, and is the role’s own until something is moved', () => {
    const { first } = viewFor('pharmacist');
    const order = new SectionOrder(() => undefined);
    expect(order.of(first)).toBe(first);
    order.move(first, 'allergies', -1, enGB);
    const moved = order.of(first).filter((id) => !isStandingDanger(id));
    expect(moved.slice(0, 2)).toEqual(['allergies', 'medications']);
  });
});
