import type { HandoverAcknowledgeEvent, HandoverActEvent } from '../../components/conversations/conversation-events.ts';
import type { Handover, HandoverList, HandoverTargets } from '../../messages/handover.ts';
import { MessageProblem, problemOf } from '../../messages/problem.ts';
import { ABSENT, type HandoverActing, type MessagesClient } from '../../stream/messages-client.ts';

type HandoverEvent = HandoverAcknowledgeEvent | HandoverActEvent;

/** What a press asks of the launcher; each press is an act of its own. */
export function actingOf(event: HandoverEvent): readonly ['acknowledge' | 'take' | 'reassign', HandoverActing] {
  const { version, address } = event;
  const [act, to] = 'act' in event ? [event.act, event.to] : (['acknowledge'] as const);
  return [act, { id: crypto.randomUUID(), version, address, ...(to !== undefined && { to }) }];
}

/** The handovers of the person whose chart is open, asked for as their place is. */
export class HandoversInView {
  readonly #client: Pick<MessagesClient, 'handovers' | 'actOn' | 'targets'>;
  readonly #changed: () => void;
  #stopped = false;
  #turn = 0;

  list: HandoverList | undefined;
  standing: 'here' | 'failed' | 'absent' = 'here';
  /** When they were last answered; they may be older than what is asked for now. */
  answeredAt: string | undefined;

  constructor(client: Pick<MessagesClient, 'handovers' | 'actOn' | 'targets'>, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  stop(): void {
    this.#stopped = true;
    this.list = undefined;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const [found] = await Promise.allSettled([this.#client.handovers('person')]);
    // An act that was done meanwhile knows more than this answer.
    if (this.#stopped || turn !== this.#turn) return;
    if (found.status === 'fulfilled') {
      this.list = found.value;
      this.answeredAt = new Date().toISOString();
      this.standing = 'here';
    } else this.standing = problemOf(found.reason).code === ABSENT ? 'absent' : 'failed';
    this.#changed();
  }

  async actOn(event: HandoverEvent): Promise<Handover> {
    if (this.#stopped) throw new MessageProblem('draft.locked');
    try {
      const now = await this.#client.actOn(event.handover, ...actingOf(event));
      this.#replace(now);
      return now;
    } catch (error) {
      const { handover: moved } = problemOf(error);
      if (moved) this.#replace(moved);
      throw error;
    }
  }

  targets(handover: string): Promise<HandoverTargets> {
    return this.#client.targets(handover);
  }

  #replace(now: Handover): void {
    if (this.#stopped) return;
    this.#turn++;
    const { list } = this;
    if (list) this.list = { ...list, handovers: list.handovers.map((one) => (one.id === now.id ? now : one)) };
    this.#changed();
  }
}
