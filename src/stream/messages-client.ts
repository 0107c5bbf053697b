import type { Draft } from '../messages/draft.ts';
import type { Handover, HandoverList, HandoverTargets } from '../messages/handover.ts';
import { MessageProblem, NOT_KNOWN } from '../messages/problem.ts';
import type { AddressBookEntry, InboxCounts, InboxLine, Thread, ThreadAct } from '../messages/thread.ts';
import { asObject, asString } from '../record/resource.ts';

/** What the launcher says and does of conversations and handovers, for one open view. The bearer stays inside. */
export type MessagesClient = {
  /** Of the session's person; fails with `absent` where the community has no messages. */
  threads(): Promise<{ readonly threads: readonly Thread[]; readonly more: boolean }>;
  /** `unheard`: organisations that may know who is involved in the person's care, and have not said so. */
  addresses(): Promise<{
    readonly entries: readonly AddressBookEntry[];
    readonly unheard: readonly AddressBookEntry['organisation'][];
  }>;
  /** `patient`: the number of the person whom the writer saw. The launcher compares it with its own. */
  send(draft: Draft, patient: string): Promise<Thread>;
  act(thread: string, act: ThreadAct, as: ThreadActing): Promise<Thread>;
  /** Messages that have really been on the screen. */
  opened(thread: string, messages: readonly string[]): Promise<void>;
  /** `most`: so many lines, where more are wanted than are given at first. */
  inbox(
    most?: number,
  ): Promise<{ readonly counts: InboxCounts; readonly lines: readonly InboxLine[]; readonly more: boolean }>;
  counts(): Promise<InboxCounts>;
  /** With whom it could not be asked of: a list without that would lack what happened there and not say so. */
  handovers(of: 'person' | 'team'): Promise<HandoverList>;
  actOn(handover: string, act: 'acknowledge' | 'take' | 'reassign', as: HandoverActing): Promise<Handover>;
  /** Whom it can be passed on to. */
  targets(handover: string): Promise<HandoverTargets>;
  /** Where its EPR opens the chart of a line of the team's list; nothing where it can't be led there. */
  openLine(thread: string): Promise<{ readonly address?: string }>;
};

/** As the reader saw it: a version that is over is refused, and both see it. `id` makes a second try the same act. */
export type ThreadActing = {
  readonly id: string;
  readonly version: number;
  readonly body?: string;
  readonly to?: string;
};

/** `to`: the team, role or person it is passed on to. */
export type HandoverActing = {
  readonly id: string;
  readonly version: number;
  readonly address: string;
  readonly to?: string;
};

export type MessagesDeps = {
  readonly bearer: string;
  /** Ends with the view: what is only read is aborted by it, what has been sent is not. */
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  readonly base?: string;
};

/** The community has no messages. */
export const ABSENT = 'absent';

const DEADLINE_MS = 20_000;

export function openMessages({ bearer, signal, fetch: ask, base = '/api' }: MessagesDeps): MessagesClient {
  const request = async (path: string, body?: object): Promise<unknown> => {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    let response: Response;
    try {
      response = await ask(`${base}/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body), keepalive: true }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        // The writer has sent it, having seen to whom and about whom: a chart that changes now does not unsend it.
        signal: body ? deadline : AbortSignal.any([signal, deadline]),
      });
    } catch {
      throw new MessageProblem(NOT_KNOWN);
    }
    if (response.status === 204) return undefined;
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refusal(response.status, answer);
    return answer;
  };
  return {
    async threads() {
      const answer = asObject(await request('messages'));
      const threads: unknown = answer?.['threads'];
      if (!Array.isArray(threads)) throw new MessageProblem(NOT_KNOWN);
      return { threads: threads as readonly Thread[], more: answer?.['more'] === true };
    },
    async addresses() {
      const answer = asObject(await request('messages/addresses'));
      const [entries, unheard] = [answer?.['entries'], answer?.['unheard']];
      if (!Array.isArray(entries)) throw new MessageProblem(NOT_KNOWN);
      return {
        entries: entries as readonly AddressBookEntry[],
        unheard: (Array.isArray(unheard) ? unheard : []) as readonly AddressBookEntry['organisation'][],
      };
    },
    async send({ id, about, to, subject, body, urgency, due }, patient) {
      const dueAt = due === undefined ? undefined : new Date(due).toISOString();
      const asked = { id, ...(about && { about }), to, subject, body, urgency, ...(dueAt && { dueAt }), patient };
      return threadOf(await request('messages', asked));
    },
    act: async (thread, act, as) => threadOf(await request(`messages/${encodeURIComponent(thread)}/${act}`, as)),
    async opened(thread, messages) {
      await request(`messages/${encodeURIComponent(thread)}/opened`, { messages });
    },
    async inbox(most) {
      const answer = asObject(await request(most === undefined ? 'inbox' : `inbox?most=${String(most)}`));
      const lines: unknown = answer?.['lines'];
      const counts = countsOf(answer?.['counts']);
      if (!Array.isArray(lines) || !counts) throw new MessageProblem(NOT_KNOWN);
      return { counts, lines: lines as readonly InboxLine[], more: answer?.['more'] === true };
    },
    async counts() {
      const counts = countsOf(await request('inbox/counts'));
      if (!counts) throw new MessageProblem(NOT_KNOWN);
      return counts;
    },
    async handovers(of) {
      const answer = asObject(await request(of === 'team' ? 'inbox/handovers' : 'handovers'));
      const [handovers, notices, unheard] = [answer?.['handovers'], answer?.['notices'], answer?.['unheard']];
      // Who could not be asked is as much of the answer as what is listed.
      if (!Array.isArray(handovers) || !Array.isArray(unheard)) throw new MessageProblem(NOT_KNOWN);
      return {
        handovers: handovers as HandoverList['handovers'],
        notices: (Array.isArray(notices) ? notices : []) as HandoverList['notices'],
        unheard: unheard as HandoverList['unheard'],
        ...(typeof answer?.['unreadable'] === 'number' && { unreadable: answer['unreadable'] }),
        ...(answer?.['notFollowed'] === true && { notFollowed: true }),
        ...(answer?.['more'] === true && { more: true }),
      };
    },
    async actOn(handover, act, as) {
      const answer = asObject(await request(`handovers/${encodeURIComponent(handover)}/${act}`, as));
      if (typeof answer?.['id'] !== 'string') throw new MessageProblem(NOT_KNOWN);
      return answer as unknown as Handover;
    },
    async targets(handover) {
      const answer = asObject(await request(`handovers/${encodeURIComponent(handover)}/targets`));
      const [entries, unheard] = [answer?.['entries'], answer?.['unheard']];
      if (!Array.isArray(entries)) throw new MessageProblem(NOT_KNOWN);
      return {
        entries: entries as HandoverTargets['entries'],
        unheard: (Array.isArray(unheard) ? unheard : []) as HandoverTargets['unheard'],
      };
    },
    async openLine(thread) {
      const address = asString(asObject(await request('inbox/open', { thread }))?.['address']);
      return address !== undefined && /^https?:\/\//.test(address) ? { address } : {};
    },
  };
}

/** What was refused, and, where somebody else was quicker, what it is now. */
function refusal(status: number, answer: unknown): MessageProblem {
  const told = asObject(answer);
  const code = asString(told?.['error']);
  if (status === 404 && (code === undefined || code === 'request.not_found')) return new MessageProblem(ABSENT);
  const thread = asObject(told?.['thread']);
  const handover = asObject(told?.['handover']);
  // A fault over there says nothing of whether it was done.
  return new MessageProblem(status >= 500 ? NOT_KNOWN : (code ?? `http.${String(status)}`), {
    ...(thread && { thread: thread as unknown as Thread }),
    ...(handover && { handover: handover as unknown as Handover }),
  });
}

function threadOf(answer: unknown): Thread {
  const thread = asObject(answer);
  if (typeof thread?.['id'] !== 'string' || !Array.isArray(thread['messages'])) throw new MessageProblem(NOT_KNOWN);
  return thread as unknown as Thread;
}

function countsOf(value: unknown): InboxCounts | undefined {
  const { unopened, urgent, overdue, handovers } = (asObject(value) ?? {}) as Partial<InboxCounts>;
  return unopened === undefined || urgent === undefined || overdue === undefined
    ? undefined
    : { unopened, urgent, overdue, handovers: handovers ?? 0 };
}
