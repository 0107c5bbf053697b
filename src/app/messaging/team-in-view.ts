import type { HandoverAcknowledgeEvent, HandoverActEvent } from '../../components/conversations/conversation-events.ts';
import type { Handover, HandoverList } from '../../messages/handover.ts';
import { MessageProblem, problemOf } from '../../messages/problem.ts';
import type { InboxCounts, InboxLine } from '../../messages/thread.ts';
import { ABSENT, type MessagesClient } from '../../stream/messages-client.ts';

export type TeamDeps = {
  readonly client: MessagesClient;
  /** Of the open chart. */
  readonly nhsNumber: string;
  readonly changed: () => void;
  /** A conversation of the open chart's own person: shown where it stands. */
  readonly here: (thread: string) => void;
  readonly act: (event: HandoverAcknowledgeEvent | HandoverActEvent) => Promise<Handover>;
};

/**
 * What waits for the reader's teams, looked at from somebody's open chart. The chart stays whose it is: a line about
 * somebody else is opened in their own chart, in the EPR, and never from here. It is asked for while it is looked at.
 */
export class TeamInView {
  readonly #deps: TeamDeps;
  #stopped = false;
  #turn = 0;
  #answeredAt: string | undefined;
  #most: number | undefined;

  shown = false;
  counts: InboxCounts | undefined;
  /** They could not be asked for anew: what is known is old, or nothing is. */
  countsOld = false;
  lines: readonly InboxLine[] | undefined;
  /** There are more lines than are given. */
  more = false;
  handovers: HandoverList | undefined;
  /** The community hands nothing over. */
  absent = false;
  standing: 'here' | 'failed' = 'here';
  stale: string | undefined;

  constructor(deps: TeamDeps) {
    this.#deps = deps;
  }

  stop(): void {
    this.#stopped = true;
    this.lines = this.handovers = this.counts = undefined;
  }

  show(shown: boolean): void {
    this.shown = shown;
    this.#deps.changed();
    if (shown) void this.refresh();
  }

  showMore(most: number): void {
    this.#most = most;
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const { client, changed } = this.#deps;
    const turn = ++this.#turn;
    const shown = this.shown;
    const [counts, inbox, handovers] = await Promise.allSettled([
      // How many wait says of nobody who they are.
      shown ? Promise.resolve(undefined) : client.counts(),
      shown ? client.inbox(this.#most) : Promise.resolve(undefined),
      shown ? client.handovers('team') : Promise.resolve(undefined),
    ]);
    if (this.#stopped || turn !== this.#turn) return;
    if (counts.status === 'fulfilled' && counts.value) this.counts = counts.value;
    this.countsOld = (shown ? inbox : counts).status === 'rejected';
    if (shown) {
      this.absent = handovers.status === 'rejected' && problemOf(handovers.reason).code === ABSENT;
      const failed = inbox.status === 'rejected' || (handovers.status === 'rejected' && !this.absent);
      if (inbox.status === 'fulfilled' && inbox.value)
        ({ counts: this.counts, lines: this.lines, more: this.more } = inbox.value);
      if (handovers.status === 'fulfilled' && handovers.value) this.handovers = handovers.value;
      if (!failed) this.#answeredAt = new Date().toISOString();
      this.standing = failed ? 'failed' : 'here';
      this.stale = failed ? this.#answeredAt : undefined;
    }
    changed();
  }

  /** A line of this chart's person leads there; of anybody else it says that their own chart is to be opened. */
  open(thread: string): Promise<{ readonly address?: string }> {
    const line = this.lines?.find((one) => one.thread === thread);
    const patient = line?.patient;
    if (!patient || patient.withheld !== undefined) return Promise.reject(new MessageProblem('message.not_found'));
    if (patient.nhsNumber === this.#deps.nhsNumber) this.#deps.here(thread);
    return Promise.resolve({});
  }

  async actOn(event: HandoverAcknowledgeEvent | HandoverActEvent): Promise<Handover> {
    try {
      return await this.#deps.act(event);
    } finally {
      // Whatever came of it, the list is shown as it is now.
      void this.refresh();
    }
  }
}
