import type { CareEvent } from '../record/care-events.ts';
import type { OdsCode, SourceId } from '../record/source.ts';
import type { InboxPatient, Owner, Escalation } from './thread.ts';

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
  readonly kind: 'admission' | 'discharge' | 'transfer' | 'step-down' | 'conveyance';
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
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  readonly team: string;
  /** ISO instant. */
  readonly dueAt: string;
  readonly state: 'waiting' | 'acknowledged' | 'late';
  readonly owner?: Owner;
  /** The reader belongs to this recipient and may acknowledge in one action. */
  readonly mayAcknowledge: boolean;
};

/** A source that could not be heard: what is listed may lack what happened there since. */
export type Unheard = {
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  /** ISO instant of the last time it was heard; absent: never yet. */
  readonly since?: string;
};
