import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Role } from '../trust/community.ts';
import { labelOf } from './case.ts';
import type { Asking, Cell, ItemClass } from './cell.ts';
import { createJudge, type Judgement } from './judge.ts';
import { classOf } from './labels.ts';
import type { PolicySet } from './policy-set.ts';

/** One cell of the table of a policy: who, what, how marked, why, in which situation. */
export type TableCell = {
  readonly role: string;
  readonly section: SectionId;
  readonly label: string;
  readonly purpose: string;
  readonly situation: string;
};

export type CellChange = TableCell & { readonly before: Judgement; readonly after: Judgement };

export const LABELS = ['N', 'R', 'V', 'PSY', 'SDV', 'HIV', 'SEX'] as const;
const PURPOSES = ['direct-care', 'research'] as const;

/** What differs between two readers in the same role: said in the words that the diff prints. */
export const SITUATIONS = {
  'in the ordinary way': {},
  'with only their own claim to care': { relationship: 'self-claimed' },
  'after an objection': { consent: 'deny' },
  'after an objection, having broken the glass': { consent: 'deny', emergency: true },
  'having broken the glass': { emergency: true },
  'without an agreement': { agreed: false },
} as const;

/** Cells of role × section × label × purpose whose outcome or rule changed between two versions; of all of them, or of `some`. */
export function diffPolicies(
  before: PolicySet,
  after: PolicySet,
  roles: readonly Role[],
  some: (at: TableCell) => boolean = () => true,
): readonly CellChange[] {
  const [old, fresh] = [createJudge(before), createJudge(after)];
  return tableOf(roles).flatMap(({ cell, at }) => {
    if (!some(at)) return [];
    const change = { ...at, before: old(cell), after: fresh(cell) };
    const same = change.before.allowed === change.after.allowed && change.before.rule === change.after.rule;
    return same ? [] : [change];
  });
}

export function tableOf(roles: readonly Role[]): readonly { readonly cell: Cell; readonly at: TableCell }[] {
  const sections = [...new Set(roles.flatMap((role) => role.sections))];
  return roles.flatMap((role) =>
    sections.flatMap((section) =>
      LABELS.flatMap((label) =>
        PURPOSES.flatMap((purpose) =>
          Object.entries(SITUATIONS).map(([situation, said]) => ({
            at: { role: role.id, section, label, purpose, situation },
            cell: cellOf(role, section, label, purpose, said),
          })),
        ),
      ),
    ),
  );
}

type Said = {
  readonly relationship?: 'self-claimed';
  readonly consent?: 'deny';
  readonly emergency?: boolean;
  readonly agreed?: boolean;
};

function cellOf(role: Role, section: SectionId, label: string, purpose: string, said: Said): Cell {
  const { relationship = 'encounter', consent = 'silent', emergency = false, agreed = true } = said;
  const home = { ods: 'HOME' as OdsCode, kind: 'acute' } as const;
  const giver = { ods: 'GIVER' as OdsCode, kind: 'gp' } as const;
  const asking: Asking = { role, home, purpose, relationship, consentKnown: true, emergency };
  const item: ItemClass = { giver, section, ...classOf([labelOf(label)]), unit: '', released: true, agreed, consent };
  return { action: 'see', asking, item };
}
