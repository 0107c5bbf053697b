import type { CareEvent } from '../record/care-events.ts';
import type { OdsCode, SourceId } from '../record/source.ts';
import type { AddressBookEntry, Correspondent, InboxPatient, Owner, Escalation } from './thread.ts';

/** One event of a resident's care, once, however often and by whatever route it arrived. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  /** As recorded by the source (FHIR date or dateTime); absent: the source gave none. */
  readonly happened?: string;
  /** When the launcher first heard of it (ISO instant). */
  readonly heardAt: string;
  readonly source: SourceId;
  /** `Type/id` at that source. */
  readonly resource: string;
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  /** `subscription` the source told us; `polling` we asked what had changed. */
  readonly route: 'subscription' | 'polling';
  readonly patient: InboxPatient;
};

export type NoticeKind = CareEvent['kind'];

/** A transition of care that somebody has to take on. */
export type Handover = {
  readonly id: string;
  readonly version: number;
  readonly kind: 'admission' | 'discharge' | 'transfer' | 'step-down' | 'conveyance' | 'attendance';
  readonly patient: InboxPatient;
  readonly from: { readonly ods: OdsCode; readonly name: string };
  readonly happened?: string;
  /** The letter that goes with it, at its source; absent: none was filed, which is said. */
  readonly letter?: { readonly source: SourceId; readonly resource: string };
  /** Everybody who must acknowledge. The handover is owned when every one of them has. */
  readonly recipients: readonly HandoverRecipient[];
  /** On the lead's list: nobody owns it after the agreed hours. */
  readonly onLeadsList: boolean;
  /** When the source took it back (entered in error, cancelled): said, and nobody need acknowledge it any more. */
  readonly withdrawnAt?: string;
  readonly escalations: readonly Escalation[];
};

export type HandoverRecipient = {
  readonly address: string;
  /** Of a person whose whereabouts the reader must not learn no code, no team and nobody's name, but the reader's own. */
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  readonly team: string;
  /** One person of the team, whom it was given to by name; anybody of the team may acknowledge it. */
  readonly person?: string;
  /** ISO instant. */
  readonly dueAt: string;
  /** `passed`: it is somebody else's now (`passedTo`), who is on the list themselves. */
  readonly state: 'waiting' | 'acknowledged' | 'late' | 'passed';
  /** Passed on, they stay its owner until who it was passed to has acknowledged it. */
  readonly owner?: Owner;
  /** To whom it was passed on, when and by whom; `since` is when. */
  readonly passedTo?: Correspondent & { readonly by: Owner };
  /** The reader belongs to this recipient and may acknowledge in one action. */
  readonly mayAcknowledge: boolean;
  /** May take it over from a colleague, or back from who has not acknowledged it yet. Left out: no. */
  readonly mayTake?: boolean;
  /** May pass it on to somebody else. Left out: no. */
  readonly mayReassign?: boolean;
};

/** Whom a handover can be passed on to: a team, everybody with a role, or one person of a team. */
export type HandoverTarget = Correspondent & Partial<Pick<AddressBookEntry, 'why' | 'takes' | 'availability'>>;

/** Whom it can be passed on to, and organisations that may know of somebody and have not said so. */
export type HandoverTargets = {
  readonly entries: readonly HandoverTarget[];
  readonly unheard: readonly Correspondent['organisation'][];
};

/** An organisation that could not be heard: what is listed may lack what happened there since. */
export type Unheard = {
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  /** ISO instant of the last time it was heard; absent: never yet. */
  readonly since?: string;
};

/** What is listed of one person, or of a team. */
export type HandoverList = {
  readonly handovers: readonly Handover[];
  readonly notices: readonly Notice[];
  readonly unheard: readonly Unheard[];
  /** So many that are for the reader can’t be opened any more, and are not listed. Left out: none. */
  readonly unreadable?: number;
  /** Not everybody whom these teams care for is followed: of some of them nothing new is heard. Left out: they are. */
  readonly notFollowed?: true;
  /** There are more than are listed; what nobody owns is listed first. */
  readonly more?: true;
};
