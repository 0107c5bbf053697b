import type { OdsCode, SourceId } from '../../src/record/source.ts';

/**
 * What the launcher writes about itself. `record` resolves once the event is durable; when it can't be written the
 * caller shows nothing (`audit.unavailable`). The patient is kept by NHS number inside the store, never in a log.
 */
export type Audit = {
  record(event: AuditEvent): Promise<void>;
  /** Several events in one commit, all or none. */
  recordAll(events: readonly AuditEvent[]): Promise<void>;
};

export type AuditEvent = {
  readonly type:
    | 'launch.started'
    | 'launch.refused'
    | 'launch.finished'
    | 'record.viewed'
    | 'record.refused'
    | 'source.asked'
    | 'source.settled'
    | 'source.wrong_patient'
    | 'source.details_differ'
    | 'document.viewed'
    /** What the reader was shown, as a manifest whose hash is in `detail` (safety H44). */
    | 'record.seen'
    | 'record.printed'
    | 'record.exported'
    | 'access.break_glass'
    | 'message.sent'
    /** Somebody read what was written; `detail.reference` names the message. */
    | 'message.opened'
    /** A team's list was shown: one event for each resident on it. */
    | 'message.listed'
    /** Taken, given to another team, closed or opened again; `code` says which. */
    | 'message.acted'
    /** The other side's system said that it has it, or why not; `organisation` is the recipient's. */
    | 'message.delivered'
    /** Nobody answered in time; `organisation` is where it went, `code` the rule. */
    | 'message.escalated'
    /** Sending or reading was refused; `code` is the rule. */
    | 'message.refused'
    /** A source told of an event of somebody's care, or was found to have had one. */
    | 'notice.heard'
    /** A team that was shown to care for somebody is told of them from now on, or no longer; `code` is the relationship. */
    | 'notice.subscribed'
    /** A source said by itself that something has happened; what, it is asked. */
    | 'notice.told'
    /** What came at a source's address for notices could not be verified; `code` is why. */
    | 'notice.refused'
    /** A source took an event back. */
    | 'notice.withdrawn'
    /** A transition was given to those who must take it on; one event for each of them. */
    | 'handover.opened'
    | 'handover.acknowledged'
    /** Taken over from a colleague, or back from the team it was passed to. */
    | 'handover.taken'
    /** Passed on to another team; whose it is does not change until they acknowledge it. */
    | 'handover.reassigned'
    | 'handover.escalated'
    /** The host opened another patient; this view is blanked. */
    | 'context.changed'
    /** Somebody read the audit itself. */
    | 'audit.read'
    /** A person without an NHS number was looked for by name and birth date; nobody is chosen by that. */
    | 'patient.traced'
    /** The national service was asked about a number and did not answer: the launch went on by the home EPR's word. */
    | 'patient.unchecked'
    /** The user said which of the people found it is. */
    | 'patient.confirmed'
    /** An organisation said whom it knows, or no longer knows. */
    | 'locator.updated'
    /** Somebody took or closed an alert of the privacy officer's queue. */
    | 'alert.moved'
    /** The community team recorded or ended an objection that a person told it. */
    | 'objection.recorded'
    | 'objection.ended'
    /** A plugin did or refused something at an address of its own; `code` says what. */
    | 'plugin.acted'
    | 'session.ended';
  readonly at: string;
  readonly outcome: 'success' | 'refused' | 'failed';
  readonly launchId?: string;
  readonly viewId?: string;
  /** X-Request-ID sent to the source; joins both logs. */
  readonly requestId?: string;
  readonly user?: string;
  /** As the EPR gave it; it stands in the AuditEvent, not in the columns reports search. */
  readonly userName?: string;
  readonly role?: string;
  readonly organisation?: OdsCode;
  readonly purpose?: string;
  readonly nhsNumber?: string;
  readonly source?: SourceId;
  /** Stable code or rule; never free text about a patient. */
  readonly code?: string;
  readonly detail?: { readonly [name: string]: string | number | boolean };
};
