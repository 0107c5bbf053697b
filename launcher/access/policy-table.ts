import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Member, Role } from '../trust/community.ts';
import { labelOf } from './case.ts';
import type { Asking, Cell, ConsentVoice, ItemAction, RecordAction, Relationship } from './cell.ts';
import { classOf } from './labels.ts';

/** One cell of the table of a policy: who does what with which part, how marked, why, in which situation. */
export type TableCell = {
  readonly role: string;
  readonly action: Cell['action'];
  /** Of what is asked of one organisation. The record as a whole has neither. */
  readonly section?: SectionId;
  readonly label?: string;
  readonly purpose: string;
  readonly situation: string;
};

/** What is done, in words; seeing is what the table is of, and needs none. */
export const ACTION_WORDS: { readonly [action in Cell['action']]: string | undefined } = {
  see: undefined,
  tell: 'told how many are held back',
  openRecord: 'opens the record',
  openDocument: 'opens a document',
  breakGlass: 'breaks the glass',
};

type Row = { readonly at: TableCell; readonly cell: Cell };

export const LABELS = ['N', 'R', 'V', 'PSY', 'SDV', 'HIV', 'SEX'] as const;

type Said = {
  readonly relationship?: Relationship;
  readonly consent?: ConsentVoice;
  readonly emergency?: boolean;
  readonly agreed?: boolean;
  readonly released?: boolean;
  readonly own?: boolean;
  readonly giver?: Member['kind'];
  readonly home?: Member['kind'];
  readonly consentKnown?: boolean;
};

export const ORDINARY = 'in the ordinary way';

/** What differs between two readers in the same role: said in the words that the diff prints. */
export const SITUATIONS = {
  [ORDINARY]: {},
  'with only their own claim to care': { relationship: 'self-claimed' },
  'after an objection': { consent: 'deny' },
  'after an objection, having broken the glass': { consent: 'deny', emergency: true },
  'having broken the glass': { emergency: true },
  'without an agreement': { agreed: false },
} as const satisfies Readonly<Record<string, Said>>;

/** Where a label makes no difference that the ones above do not show. */
const RARER = {
  'by registration': { relationship: 'registration' },
  'by a referral': { relationship: 'referral' },
  'after a refusal for emergencies too': { consent: 'deny-always' },
  'after a refusal for emergencies too, having broken the glass': { consent: 'deny-always', emergency: true },
  'before every keeper of objections has answered': { consentKnown: false },
  'of what their own organisation holds': { own: true },
  'of what its organisation does not release': { released: false },
  'of what a commissioner holds': { giver: 'commissioner' },
  'working for a commissioner': { home: 'commissioner' },
} as const satisfies Readonly<Record<string, Said>>;

/** The record as a whole: by what shows that the reader cares for this person. */
const OPENINGS = {
  [ORDINARY]: {},
  'by registration': { relationship: 'registration' },
  'by a referral': { relationship: 'referral' },
  'on their own word': { relationship: 'self-claimed' },
  'with nothing that shows care': { relationship: 'none' },
  'having broken the glass': { emergency: true },
  'before every keeper of objections has answered': { consentKnown: false },
  'working for a commissioner': { home: 'commissioner' },
} as const satisfies Readonly<Record<string, Said>>;

const CARE = 'direct-care';
const ELSE = 'research';

/** Everything that is compared of two policies. What a rule says of one organisation or one unit by name is not in it. */
export function tableOf(roles: readonly Role[]): readonly Row[] {
  return roles.flatMap((role) => [
    ...recordCells(role, CARE, OPENINGS),
    ...recordCells(role, ELSE, { [ORDINARY]: {} }),
    ...sectionsOf(roles).flatMap((section) => [
      ...itemCells(role, section, 'see', LABELS, CARE, SITUATIONS),
      ...itemCells(role, section, 'see', ['N'], CARE, RARER),
      ...itemCells(role, section, 'see', LABELS, ELSE, { [ORDINARY]: {} }),
      ...itemCells(role, section, 'tell', LABELS, CARE, { [ORDINARY]: {} }),
      ...itemCells(role, section, 'tell', ['N'], CARE, { ...SITUATIONS, ...RARER }),
    ]),
  ]);
}

/** What each role sees of each part of the record in one situation, for direct care. */
export function seenIn(roles: readonly Role[], label: string, situation: keyof typeof SITUATIONS): readonly Row[] {
  return roles.flatMap((role) =>
    sectionsOf(roles).flatMap((section) =>
      itemCells(role, section, 'see', [label], CARE, { [situation]: SITUATIONS[situation] }),
    ),
  );
}

export function sectionsOf(roles: readonly Role[]): readonly SectionId[] {
  return [...new Set(roles.flatMap((role) => role.sections))];
}

const RECORD_ACTIONS: readonly RecordAction[] = ['openRecord', 'openDocument', 'breakGlass'];

function recordCells(role: Role, purpose: string, situations: Readonly<Record<string, Said>>): readonly Row[] {
  return RECORD_ACTIONS.flatMap((action) =>
    Object.entries(situations).map(([situation, said]) => ({
      at: { role: role.id, action, purpose, situation },
      cell: { action, asking: askingOf(role, purpose, said) },
    })),
  );
}

function itemCells(
  role: Role,
  section: SectionId,
  action: ItemAction,
  labels: readonly string[],
  purpose: string,
  situations: Readonly<Record<string, Said>>,
): readonly Row[] {
  return labels.flatMap((label) =>
    Object.entries(situations).map(([situation, said]) => {
      const asking = askingOf(role, purpose, said);
      const { own = false, giver = 'gp', released = true, agreed = true, consent = 'silent' } = said;
      const holder = own ? asking.home : { ods: 'GIVER' as OdsCode, kind: giver };
      const item = { giver: holder, section, ...classOf([labelOf(label)]), unit: '', released, agreed, consent };
      return { at: { role: role.id, action, section, label, purpose, situation }, cell: { action, asking, item } };
    }),
  );
}

function askingOf(role: Role, purpose: string, said: Said): Asking {
  const { relationship = 'encounter', emergency = false, home = 'acute', consentKnown = true } = said;
  return { role, home: { ods: 'HOME' as OdsCode, kind: home }, purpose, relationship, consentKnown, emergency };
}
