import type { SectionId } from '../../src/record/section.ts';
import type { Member, Role } from '../trust/community.ts';

/** What can be done with a record; the actions of `policies/schema.cedarschema`. */
export type RecordAction = 'openRecord' | 'openDocument' | 'breakGlass';
export type ItemAction = 'see' | 'tell';

/** Why the reader may say that this person is theirs to care for, from evidence the browser has no hand in. */
export type Relationship = 'encounter' | 'registration' | 'referral' | 'self-claimed' | 'none';

/** What the person has said of one class of items: nothing, yes, no, or no even in an emergency. */
export type ConsentVoice = 'silent' | 'permit' | 'deny' | 'deny-always';

/** Who asks, from where and why: the same for every class of one request. */
export type Asking = {
  readonly role: Role;
  readonly home: Pick<Member, 'ods' | 'kind'>;
  readonly purpose: string;
  readonly relationship: Relationship;
  /** Units of the encounter the reader is acting in, in small letters. Left out: none is known. */
  readonly units?: readonly string[];
  /** Every keeper of objections has answered. */
  readonly consentKnown: boolean;
  /** The reader has broken the glass. */
  readonly emergency: boolean;
};

/** A class of items of one organisation: everything alike, judged once. */
export type ItemClass = {
  readonly giver: Pick<Member, 'ods' | 'kind'>;
  readonly section: SectionId;
  /** HL7 confidentiality, U 0 to V 5 (`labels.ts`). */
  readonly level: number;
  readonly sensitivities: readonly string[];
  /** Unit or service that made it, in small letters; empty when not said. */
  readonly unit: string;
  readonly released: boolean;
  readonly agreed: boolean;
  readonly consent: ConsentVoice;
};

export type Cell =
  | { readonly action: RecordAction; readonly asking: Asking }
  | { readonly action: ItemAction; readonly asking: Asking; readonly item: ItemClass };
