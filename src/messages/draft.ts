import type { SourceId } from '../record/source.ts';
import type { Urgency } from './thread.ts';

/**
 * What somebody is writing. It belongs to one person and to one turn of the chart (an epoch), and is never sent to, nor
 * shown with, another (safety H30). Pure; `src/app/messaging` holds it, elements only show it.
 */
export type Draft = {
  /** Made by the page, once: whoever sends it a second time has sent it once. */
  readonly id: string;
  readonly bound: DraftBinding;
  /** An answer in this conversation, begun against this version of it. Left out: a new conversation. */
  readonly answers?: { readonly thread: string; readonly version: number };
  /** The item it hangs on, by its origin. */
  readonly about?: { readonly source: SourceId; readonly resource: string };
  /** An address of the address book. */
  readonly to?: string;
  readonly subject: string;
  readonly body: string;
  readonly urgency: Urgency;
  /** As the browser's field has it, on the writer's clock: `yyyy-mm-ddThh:mm`. */
  readonly due?: string;
};

/** Whose chart it is, and in which turn of the host's context. */
export type DraftBinding = { readonly nhsNumber: string; readonly epoch: number };

/**
 * `open`: it is this person's chart, in the turn in which it was begun. `returned`: their chart again, after it had been
 * away: the writer looks at it anew first. `locked`: nobody's chart, or somebody else's.
 */
export type DraftStanding = 'open' | 'returned' | 'locked';

export function standingOf({ bound }: Draft, now: DraftBinding | undefined): DraftStanding {
  if (now === undefined || now.nhsNumber !== bound.nhsNumber) return 'locked';
  return now.epoch === bound.epoch ? 'open' : 'returned';
}

/** The writer has looked at it anew, with the person of the chart named above it. Another person's draft stays as it is. */
export function takenUpAgain(draft: Draft, now: DraftBinding): Draft {
  return standingOf(draft, now) === 'returned' ? { ...draft, bound: now } : draft;
}

/**
 * The same words as a message of its own, where its id stands for other words that went. It is not sent by that: who wrote
 * it sends it, having seen what went.
 */
export function asNew(draft: Draft): Draft {
  return { ...draft, id: crypto.randomUUID() };
}

/** Whether anything would be lost with it. */
export function isEmpty({ subject, body }: Draft): boolean {
  return subject.trim() === '' && body.trim() === '';
}
