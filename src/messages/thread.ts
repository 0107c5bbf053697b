import type { OdsCode, SourceId } from '../record/source.ts';

/**
 * A conversation about one resident between teams of different organisations: what goes over the wire between launcher
 * and page, and what both take its words to mean. Pure; the launcher makes these, elements only show them.
 */
export type Thread = {
  readonly id: string;
  /** Counts every change of the thread, from 1: what a page answers with, so that two people answering both see it. */
  readonly version: number;
  /** What the conversation hangs on. Left out: the resident. */
  readonly about?: AboutItem;
  readonly subject: string;
  readonly from: Correspondent;
  readonly to: Correspondent;
  readonly urgency: Urgency;
  /** Until when an answer is asked for (ISO instant). */
  readonly dueAt?: string;
  readonly state: ThreadState;
  /** Oldest first; order is the launcher's, the same for every reader. */
  readonly messages: readonly Message[];
  /** Who took it on, or to whom it was given; only ever from an act, never guessed. */
  readonly owner?: Owner;
  /** Who ended it, and when; only while it is closed. */
  readonly closedBy?: Owner;
  /** Each time nobody answered in time: to whom it went and by which rule. Oldest first. */
  readonly escalations: readonly Escalation[];
  /** What this reader may do now. An act that is not here is refused by the launcher too. */
  readonly may: readonly ThreadAct[];
};

export type Urgency = 'routine' | 'urgent';

/** `reassign` gives it to another team; `take` makes the reader its owner. */
export type ThreadAct = 'reply' | 'reassign' | 'take' | 'close' | 'reopen';

/**
 * From receipts only (safety H31), the furthest that is proven: nobody is ever told "opened" by guess.
 * `queued` written down here and not yet taken by the other side; `delivered` its system has said it has it; `opened` a
 * person there has had it on screen; `answered` somebody there has written back; `overdue` the time it was due has gone
 * by; `escalated` it has gone to somebody else for that; `undeliverable` its system refuses it for good; `closed`.
 */
export type ThreadState =
  'queued' | 'delivered' | 'opened' | 'answered' | 'overdue' | 'escalated' | 'undeliverable' | 'closed';

/** By origin, never a copy: a reader who may not see the item sees that it is withheld, and by which rule. */
export type AboutItem =
  | { readonly source: SourceId; readonly resource: string; readonly withheld?: undefined }
  | { readonly withheld: { readonly rule: string; readonly words: string } };

/** A team or role at an organisation, or one person there, as the address book names them. */
export type Correspondent = {
  /** Stable in the address book: `ods/team-id` or `ods/team-id/person-key`. */
  readonly address: string;
  readonly organisation: { readonly ods: OdsCode; readonly name: string };
  /** "Duty doctor". */
  readonly team: string;
  readonly person?: string;
};

export type Message = {
  readonly id: string;
  readonly from: Correspondent & { readonly person: string; readonly role: string };
  /** ISO instant, by the launcher's clock. */
  readonly sentAt: string;
  /** Plain text. Absent when it can't be shown, with the reason in `unreadable`. */
  readonly body?: string;
  /** `tampered`: its signature does not hold. `destroyed`: its time of keeping is over. `withheld`: a rule says so. */
  readonly unreadable?: 'tampered' | 'destroyed' | 'withheld';
  readonly receipts: readonly Receipt[];
};

/**
 * What is proven of one message, and when. `undeliverable` bears the stable code that the other side or we gave; with a
 * `rule`, no system refused it: that rule of the community held it back, and it was handed to nobody there.
 */
export type Receipt =
  | { readonly kind: 'queued' | 'delivered' | 'opened' | 'answered'; readonly at: string; readonly by?: string }
  | { readonly kind: 'undeliverable'; readonly at: string; readonly code: string; readonly rule?: string };

export type Owner = { readonly name: string; readonly team: string; readonly since: string };

export type Escalation = {
  readonly at: string;
  readonly to: Correspondent;
  readonly rule: string;
  readonly words: string;
};

/** An entry of the address book for this resident. */
export type AddressBookEntry = Correspondent & {
  /** `key-worker`, `registered-gp` and `involved` stand first, in this order; `directory` is everybody else. */
  readonly why: 'key-worker' | 'registered-gp' | 'involved' | 'directory';
  /** What it takes in: "dose questions; answers in 2 working days". From the community file or the HealthcareService. */
  readonly takes?: string;
  /** When it takes anything in, by its own system's word (HealthcareService). Left out: nothing is known of it. */
  readonly availability?: TeamAvailability;
  /** Where the entry comes from, by the source's own word or the community file. */
  readonly origin: 'community' | { readonly source: SourceId; readonly resource: string };
};

/** What a team's own system says of it: it changes what is read beside its name, and never who may be written to. */
export type TeamAvailability = {
  /** False: its system says that it is not in use. It is offered last, and marked. */
  readonly taking: boolean;
  /** None: nothing is said of its hours. */
  readonly times: readonly TeamTime[];
  /** What is closed and when, in the words of its system; days as yyyy-mm-dd. */
  readonly closed: readonly { readonly words: string; readonly from?: string; readonly to?: string }[];
  readonly origin: { readonly source: SourceId; readonly resource: string };
  /** When its system said so (ISO instant). */
  readonly asOf: string;
};

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** No days: every day. Neither hours nor `allDay`: on those days, and nobody says when. */
export type TeamTime = {
  readonly days: readonly Weekday[];
  readonly allDay?: true;
  /** HH:MM, where the team is. */
  readonly hours?: { readonly from: string; readonly to: string };
};

/** How many of a team's conversations need somebody. No patient in it: a host may show it on a badge. */
export type InboxCounts = {
  readonly unopened: number;
  readonly urgent: number;
  readonly overdue: number;
  /** Handovers nobody has acknowledged. */
  readonly handovers: number;
};

/** A line of a team's list, with the patient it is about, for a reader with no patient open. */
export type InboxLine = {
  readonly thread: string;
  readonly version: number;
  readonly patient: InboxPatient;
  readonly subject: string;
  readonly from: Correspondent;
  readonly to: Correspondent;
  readonly urgency: Urgency;
  readonly dueAt?: string;
  readonly state: ThreadState;
  readonly lastAt: string;
  readonly owner?: Owner;
  /** The last of it was written by the other side and nobody here has opened it. */
  readonly unopened: boolean;
};

/** Withheld: the reader learns that there is something and why they do not see of whom. */
export type InboxPatient =
  | { readonly name: string; readonly nhsNumber: string; readonly birthDate: string; readonly withheld?: undefined }
  | { readonly withheld: { readonly rule: string; readonly words: string } };
