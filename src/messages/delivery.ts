import type { OdsCode, SourceId } from '../record/source.ts';
import type { Correspondent, Urgency } from './thread.ts';

/**
 * What is handed to the other side's system: by the launcher's worker, through a plugin's `inbox` face or into the
 * launcher's own inbox. It may be handed over more than once (at least once on the wire); `message.id` says that it is
 * the same, and the receiving side shows it once.
 */
export type DeliverMessage = (
  to: DeliveryAddress,
  message: OutgoingMessage,
  signal: AbortSignal,
) => Promise<DeliveryOutcome>;

export type DeliveryAddress = Correspondent & {
  /** The source whose EPR takes it in (`teams[].inbox`). Left out: it is read in Corridor alone. */
  readonly inbox?: SourceId;
};

export type OutgoingMessage = {
  /** UUID; the same each time it is handed over to this address, and another to an address it is passed on to. */
  readonly id: string;
  readonly threadId: string;
  /** Place in its thread, from 1: the receiving side never shows one before the one before it. */
  readonly place: number;
  readonly patient: { readonly nhsNumber: string; readonly name?: string; readonly birthDate?: string };
  readonly about?: { readonly source: SourceId; readonly resource: string };
  readonly subject: string;
  readonly body: string;
  readonly urgency: Urgency;
  /** Role by its name and by its code in the community file; the SDS user id where the sign-in proved one. */
  readonly from: Correspondent & {
    readonly person: string;
    readonly role: string;
    readonly roleCode?: string;
    readonly sdsUserId?: string;
  };
  /** ISO instants. */
  readonly sentAt: string;
  readonly dueAt?: string;
  /** Compact JWS of the launcher over what is said here (typ `corridor-message+jwt`; keys at /.well-known/jwks.json). */
  readonly signature: string;
};

/**
 * `delivered` only when the other side's system has said that it has it. `accepted`: it has been taken, and the word
 * that it has arrived comes later by a receipt (`DeliveryReceipt`). `retry`: not now. `refused`: never.
 */
export type DeliveryOutcome =
  | { readonly outcome: 'delivered'; readonly at?: string; readonly reference?: string }
  | { readonly outcome: 'accepted'; readonly reference?: string }
  | { readonly outcome: 'retry'; readonly code: string; readonly afterMs?: number }
  | { readonly outcome: 'refused'; readonly code: string };

/** What the other side's system says later of a message it has taken: a business or infrastructure acknowledgement. */
export type DeliveryReceipt = {
  /** As the message was called when it was handed to that inbox. */
  readonly messageId: string;
  /** Organisation whose system says so: a receipt of anybody else is not believed. */
  readonly by: OdsCode;
  /** The inbox whose own EPR says so: what was handed to another one, of the same organisation too, is not its to speak of. */
  readonly inbox: SourceId;
  readonly kind: 'delivered' | 'opened' | 'refused';
  readonly at: string;
  /** A stable code of a refusal. */
  readonly code?: string;
  /** Who opened it, as their system says. */
  readonly person?: string;
};
