import type { Draft } from '../../messages/draft.ts';
import type { Handover, HandoverTargets } from '../../messages/handover.ts';
import type { InboxCounts, Thread, ThreadAct } from '../../messages/thread.ts';
import type { SourceId } from '../../record/source.ts';

/**
 * What the elements of conversations say. What somebody writes is as clinical as the record: every event here stays at the
 * element that sends it, neither bubbling nor leaving its tree, and whoever placed the element hears it there. The one
 * exception bears four counts and nothing else.
 */

/** The writer sends a new message, having seen person and recipient once more. Answer once, by calling `respond`. */
export class MessageSendEvent extends Event {
  readonly draft: Draft;
  #answer: Promise<Thread> | undefined;
  constructor(draft: Draft) {
    super('corridor-message-send');
    this.draft = draft;
  }
  get answer(): Promise<Thread> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<Thread>): void {
    this.#answer ??= answer;
  }
}

/**
 * The reader acts on a conversation as they saw it. Answer once, by calling `respond`; where it has moved since, fail with
 * a `MessageProblem` of the code `message.thread_moved` that bears it as it is now.
 */
export class ThreadActEvent extends Event {
  readonly thread: string;
  readonly version: number;
  readonly act: ThreadAct;
  /** Of an answer: what was written. */
  readonly draft: Draft | undefined;
  /** Of giving it to another team: the address. */
  readonly to: string | undefined;
  #answer: Promise<Thread> | undefined;
  constructor({ id, version }: Thread, act: ThreadAct, more: { readonly draft?: Draft; readonly to?: string } = {}) {
    super('corridor-thread-act');
    this.thread = id;
    this.version = version;
    this.act = act;
    this.draft = more.draft;
    this.to = more.to;
  }
  get answer(): Promise<Thread> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<Thread>): void {
    this.#answer ??= answer;
  }
}

/** Messages that have really been on the screen, of the one conversation they belong to. */
export class MessagesSeenEvent extends Event {
  readonly thread: string;
  readonly messages: readonly string[];
  constructor(thread: string, messages: readonly string[]) {
    super('corridor-messages-seen');
    this.thread = thread;
    this.messages = messages;
  }
}

/** The reader opens one conversation, or closes the one that is open. */
export class ThreadSeekEvent extends Event {
  readonly thread: string | undefined;
  constructor(thread: string | undefined) {
    super('corridor-thread-seek');
    this.thread = thread;
  }
}

/** What is being written has changed; without a draft: the one of this id is to be forgotten. */
export class DraftChangeEvent extends Event {
  readonly id: string;
  readonly draft: Draft | undefined;
  constructor(id: string, draft: Draft | undefined) {
    super('corridor-draft-change');
    this.id = id;
    this.draft = draft;
  }
}

/** The reader wants to begin a conversation, about the person or about one item by its origin. */
export class ComposeOpenEvent extends Event {
  readonly about: { readonly source: SourceId; readonly resource: string } | undefined;
  constructor(about?: ComposeOpenEvent['about']) {
    super('corridor-compose-open');
    this.about = about;
  }
}

/** Somebody is to be chosen from the address book, which is fetched for nobody else. */
export class AddressesWantedEvent extends Event {
  constructor() {
    super('corridor-addresses-wanted');
  }
}

/** The writer has chosen who it goes to. `settled`: by a press of their own, and not in passing with the arrow keys. */
export class AddressChooseEvent extends Event {
  readonly address: string;
  readonly settled: boolean;
  constructor(address: string, settled: boolean) {
    super('corridor-address-choose');
    this.address = address;
    this.settled = settled;
  }
}

/** The reader wants the list asked for again. */
export class MessagesAskEvent extends Event {
  constructor() {
    super('corridor-messages-ask');
  }
}

/** The reader wants more lines of their team's list than are shown: so many altogether. */
export class InboxMoreEvent extends Event {
  readonly most: number;
  constructor(most: number) {
    super('corridor-inbox-more');
    this.most = most;
  }
}

/** The reader opens a line of their team's list. Answer once: with the address of the chart where its EPR has one. */
export class InboxOpenEvent extends Event {
  readonly thread: string;
  #answer: Promise<{ readonly address?: string }> | undefined;
  constructor(thread: string) {
    super('corridor-inbox-open');
    this.thread = thread;
  }
  get answer(): Promise<{ readonly address?: string }> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<{ readonly address?: string }>): void {
    this.#answer ??= answer;
  }
}

/** How many conversations wait, for a mark of the host's own. Counts only, so that it may leave the element. */
export class InboxCountsEvent extends Event {
  readonly counts: InboxCounts;
  constructor(counts: InboxCounts) {
    super('corridor-inbox-counts', { bubbles: true, composed: true });
    const { unopened, urgent, overdue, handovers } = counts;
    this.counts = { unopened, urgent, overdue, handovers };
  }
}

/** The reader acknowledges a handover for one of its recipients, as they saw it. Answer once, by calling `respond`. */
export class HandoverAcknowledgeEvent extends Event {
  readonly handover: string;
  readonly version: number;
  readonly address: string;
  #answer: Promise<Handover> | undefined;
  constructor({ id, version }: Handover, address: string) {
    super('corridor-handover-acknowledge');
    this.handover = id;
    this.version = version;
    this.address = address;
  }
  get answer(): Promise<Handover> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<Handover>): void {
    this.#answer ??= answer;
  }
}

/**
 * The reader takes a handover over (from a colleague, or back), or passes it on to another team, as they saw it. Answer
 * once, by calling `respond`.
 */
export class HandoverActEvent extends Event {
  readonly handover: string;
  readonly version: number;
  readonly address: string;
  readonly act: 'take' | 'reassign';
  /** Of passing on: the address of the team. */
  readonly to: string | undefined;
  #answer: Promise<Handover> | undefined;
  constructor({ id, version }: Handover, address: string, act: 'take' | 'reassign', to?: string) {
    super('corridor-handover-act');
    this.handover = id;
    this.version = version;
    this.address = address;
    this.act = act;
    this.to = to;
  }
  get answer(): Promise<Handover> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<Handover>): void {
    this.#answer ??= answer;
  }
}

/** Somebody is to be chosen whom a handover is passed on to. Answer once, with those that may have it. */
export class HandoverTargetsEvent extends Event {
  readonly handover: string;
  #answer: Promise<HandoverTargets> | undefined;
  constructor(handover: string) {
    super('corridor-handover-targets');
    this.handover = handover;
  }
  get answer(): Promise<HandoverTargets> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<HandoverTargets>): void {
    this.#answer ??= answer;
  }
}

/** The reader wants one item where it stands in the record, by its origin. */
export class OriginSeekEvent extends Event {
  readonly source: SourceId;
  /** `Type/id` at that source. */
  readonly resource: string;
  constructor(source: SourceId, resource: string) {
    super('corridor-origin-seek');
    this.source = source;
    this.resource = resource;
  }
}

declare global {
  interface HTMLElementEventMap {
    'corridor-message-send': MessageSendEvent;
    'corridor-thread-act': ThreadActEvent;
    'corridor-messages-seen': MessagesSeenEvent;
    'corridor-thread-seek': ThreadSeekEvent;
    'corridor-draft-change': DraftChangeEvent;
    'corridor-compose-open': ComposeOpenEvent;
    'corridor-addresses-wanted': AddressesWantedEvent;
    'corridor-address-choose': AddressChooseEvent;
    'corridor-messages-ask': MessagesAskEvent;
    'corridor-inbox-more': InboxMoreEvent;
    'corridor-inbox-open': InboxOpenEvent;
    'corridor-inbox-counts': InboxCountsEvent;
    'corridor-handover-acknowledge': HandoverAcknowledgeEvent;
    'corridor-handover-act': HandoverActEvent;
    'corridor-handover-targets': HandoverTargetsEvent;
    'corridor-origin-seek': OriginSeekEvent;
  }
}
