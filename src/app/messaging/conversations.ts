import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { standingOf, type Draft, type DraftBinding } from '../../messages/draft.ts';
import { MessageProblem, problemOf } from '../../messages/problem.ts';
import type { AddressBookEntry, Thread } from '../../messages/thread.ts';
import type { Entry } from '../../record/entry.ts';
import type { SourceId } from '../../record/source.ts';
import {
  ABSENT,
  openMessages,
  type MessagesClient,
  type MessagesDeps,
  type ThreadActing,
} from '../../stream/messages-client.ts';
import { messageWords } from '../../words/message-words.ts';
import type { ThreadActEvent } from '../../components/conversations/conversation-events.ts';
import { originKey } from '../../components/conversations/entry-at.ts';
import type { Hung, Surroundings } from '../../components/surroundings.ts';
import { AskingAnew } from './asking-anew.ts';
import { windowDrafts, type DraftKeep } from './draft-keep.ts';
import { HandoversInView } from './handovers-in-view.ts';
import { TeamInView } from './team-in-view.ts';

/** What a view needs so that its conversations are to be had. */
export type Talk = MessagesDeps & {
  /** In which turn of the host's context this view stands. */
  readonly epoch: number;
  /** Who reads, in no name: what they began in this window is theirs again. Left out: nothing is kept for them. */
  readonly reader?: string | undefined;
};

export type TalkDeps = {
  readonly nhsNumber: string;
  readonly changed: () => void;
  /** The reader wants to see a conversation, in its place. */
  readonly go: (thread: string | undefined) => void;
  /** A message is being written: the writer is led to it. */
  readonly begun: () => void;
  /** What an item is called, for the button beside it. */
  readonly nameOf: (entry: Entry, around: Surroundings) => string;
  readonly keep?: DraftKeep;
};

/**
 * The conversations and handovers of the one person this view is about, and what is being written there. What is written is
 * bound to that person and to this turn of the chart; when the view goes, it is locked with it (safety H30).
 */
export class Conversations {
  readonly #talk: Talk;
  readonly #client: MessagesClient;
  readonly #deps: TalkDeps;
  readonly #keep: DraftKeep;
  readonly #asking: AskingAnew;
  #stopped = false;
  #turn = 0;
  #shown: Hung | undefined;
  #byItem: ReadonlyMap<string, readonly Thread[]> = new Map();
  #asked = false;

  /** What waits for the reader's teams, whomever it is about. */
  readonly team: TeamInView;
  threads: readonly Thread[] | undefined;
  more = false;
  standing: 'here' | 'failed' | 'absent' = 'here';
  stale: string | undefined;
  #answeredAt = '';
  readonly handovers: HandoversInView;
  addresses: readonly AddressBookEntry[] | undefined;
  /** Who has not said who is involved: a key worker may be missing. */
  addressesUnheard: readonly string[] = [];
  addressesFailed = false;
  drafts: readonly Draft[] = [];
  /** The conversation that is open. */
  open: string | undefined;
  /** The new message that is being written, in its dock; `folded`: only its head is shown. */
  folded = false;

  constructor(talk: Talk, deps: TalkDeps) {
    this.#talk = talk;
    this.#client = openMessages(talk);
    this.#deps = deps;
    this.#keep = deps.keep ?? windowDrafts;
    this.drafts = this.#keep.take(deps.nhsNumber, talk.reader);
    this.handovers = new HandoversInView(this.#client, deps.changed);
    this.team = new TeamInView({
      client: this.#client,
      nhsNumber: deps.nhsNumber,
      changed: deps.changed,
      here: (thread) => {
        this.team.show(false);
        this.seek(thread);
      },
      act: (event) => this.handovers.actOn(event),
    });
    this.#asking = new AskingAnew(() => this.refresh());
    void this.refresh();
  }

  /** Whose chart it is, in which turn; nobody's once the view has gone. */
  get binding(): DraftBinding | undefined {
    return this.#stopped ? undefined : { nhsNumber: this.#deps.nhsNumber, epoch: this.#talk.epoch };
  }

  /** Drafts of another person that this window keeps under lock. */
  get lockedElsewhere(): number {
    return this.#keep.locked;
  }

  /** The view goes: whatever is being written is locked in this same task, and nothing more is asked or shown. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#asking.stop();
    this.team.stop();
    this.handovers.stop();
    this.#keep.lock(this.drafts, this.#talk.reader);
    this.drafts = [];
    this.threads = this.addresses = this.open = undefined;
    this.#shown = undefined;
    this.#byItem = new Map();
  }

  /** What the reader looks at. Handovers are asked for as their place is opened, and no oftener: each answer is audited. */
  see(place: string): void {
    this.#asking.near = place === 'messages';
    if (place === 'transitions' && this.#place !== place) void this.handovers.refresh();
    this.#place = place;
  }
  #place = '';

  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const [threads] = await Promise.allSettled([this.#client.threads()]);
    // An act that was done meanwhile knows more than this answer.
    if (this.#stopped || turn !== this.#turn) return;
    if (threads.status === 'fulfilled') {
      this.standing = 'here';
      this.stale = undefined;
      this.#answeredAt = new Date().toISOString();
      this.more = threads.value.more;
      this.#take(threads.value.threads);
    } else if (this.threads) this.stale = this.#answeredAt;
    else this.standing = problemOf(threads.reason).code === ABSENT ? 'absent' : 'failed';
    this.#deps.changed();
    if (this.#place === 'transitions') await this.handovers.refresh();
    if (this.#place === 'messages' && this.standing !== 'absent') await this.team.refresh();
  }

  #take(threads: readonly Thread[]): void {
    this.threads = threads;
    const byItem = new Map<string, Thread[]>();
    for (const thread of threads) {
      const { about } = thread;
      if (!about || about.withheld !== undefined) continue;
      const key = originKey(about.source, about.resource);
      byItem.set(key, [...(byItem.get(key) ?? []), thread]);
    }
    this.#byItem = byItem;
  }

  #replace(thread: Thread): void {
    this.#turn++;
    this.#take([thread, ...(this.threads ?? []).filter(({ id }) => id !== thread.id)]);
    this.#deps.changed();
  }

  /** For the lines of the record. The same object until the conversations have changed, and not before `still` ends. */
  hung(still: boolean): Hung | undefined {
    if (this.standing === 'absent' || this.#stopped) return undefined;
    if (this.#shown && (still || this.#shownOf === this.#byItem)) return this.#shown;
    const byItem = this.#byItem;
    this.#shownOf = byItem;
    this.#shown = {
      mark: (entries, around) => this.#mark(byItem, entries, around),
      ask: (entry, around) => this.#ask(entry, around),
    };
    return this.#shown;
  }
  #shownOf: ReadonlyMap<string, readonly Thread[]> | undefined;

  #mark(
    byItem: ReadonlyMap<string, readonly Thread[]>,
    entries: readonly Entry[],
    { words }: Surroundings,
  ): TemplateResult | typeof nothing {
    if (byItem.size === 0) return nothing;
    const keys = new Set(entries.map(({ origin }) => originKey(origin.source, origin.resource)));
    const threads = [...keys].flatMap((key) => byItem.get(key) ?? []);
    return threads.length === 0
      ? nothing
      : html`<corridor-thread-mark
          .threads=${threads}
          .words=${words}
          @corridor-thread-seek=${({ thread }: { readonly thread: string }) => this.seek(thread)}
        ></corridor-thread-mark>`;
  }

  #ask(entry: Entry, around: Surroundings): TemplateResult {
    const say = messageWords(around.words.language);
    const { source, resource } = entry.origin;
    return html`<button class="action" @click=${() => this.begin({ source, resource })}>
      ${say.askAbout}<span class="heard">: ${this.#deps.nameOf(entry, around)}</span>
    </button>`;
  }

  seek(thread: string | undefined): void {
    this.open = thread;
    this.#deps.go(thread);
    this.#deps.changed();
  }

  /** The message that is being written, or was when the chart last stood here. */
  get writing(): Draft | undefined {
    return this.drafts.find(({ answers }) => answers === undefined);
  }

  /** One at a time: what is begun already is shown, and not thrown away for another. */
  begin(about?: { readonly source: SourceId; readonly resource: string }): void {
    const { binding, writing } = this;
    if (!binding) return;
    this.folded = false;
    const blank = writing && writing.subject === '' && writing.body === '';
    if (!writing || blank)
      this.drafts = [
        ...this.drafts.filter((draft) => draft !== writing),
        { id: crypto.randomUUID(), bound: binding, ...(about && { about }), subject: '', body: '', urgency: 'routine' },
      ];
    this.#sent = undefined;
    this.#deps.changed();
    this.#deps.begun();
  }

  write(id: string, draft: Draft | undefined): void {
    const { binding } = this;
    // Nothing that is bound to another chart comes in by way of this one.
    if (!binding || (draft && standingOf(draft, binding) === 'locked')) return;
    const at = this.drafts.findIndex((one) => one.id === id);
    const others = this.drafts.filter((one) => one.id !== id);
    this.drafts = draft ? (at < 0 ? [...others, draft] : this.drafts.with(at, draft)) : others;
    this.#deps.changed();
  }

  /** Never about another person, nor from a chart that has turned since: asked here last, whatever an element let through. */
  async send(draft: Draft): Promise<Thread> {
    this.#mustStand(draft);
    const thread = await this.#client.send(draft, this.#deps.nhsNumber).catch((error: unknown) => {
      const { thread: there } = problemOf(error);
      if (there && !this.#stopped) this.#replace(there);
      throw error;
    });
    if (this.#stopped) return thread;
    this.drafts = this.drafts.filter(({ id }) => id !== draft.id);
    this.#sent = draft.id;
    this.#replace(thread);
    return thread;
  }
  /** What has just gone: its dock says so until the writer closes it. */
  #sent: string | undefined;

  get dockOpen(): boolean {
    return this.writing !== undefined || this.#sent !== undefined;
  }

  fold(folded: boolean): void {
    this.folded = folded;
    this.#deps.changed();
  }

  /** The reader has been told that something is locked: once is enough. */
  lockedSeen = false;
  seeLocked(): void {
    this.lockedSeen = true;
    this.#deps.changed();
  }

  closeDock(): void {
    this.#sent = undefined;
    this.#deps.changed();
  }

  #mustStand(draft: Draft): void {
    if (standingOf(draft, this.binding) !== 'open') throw new MessageProblem('draft.locked');
  }

  async act({ thread, version, act, draft, to }: ThreadActEvent): Promise<Thread> {
    if (draft) this.#mustStand(draft);
    if (!this.binding) throw new MessageProblem('draft.locked');
    const as: ThreadActing = {
      id: draft?.id ?? crypto.randomUUID(),
      version,
      ...(draft && { body: draft.body }),
      ...(to !== undefined && { to }),
    };
    try {
      const now = await this.#client.act(thread, act, as);
      if (draft) this.drafts = this.drafts.filter(({ id }) => id !== draft.id);
      if (!this.#stopped) this.#replace(now);
      return now;
    } catch (error) {
      const { thread: moved } = problemOf(error);
      if (moved && !this.#stopped) this.#replace(moved);
      throw error;
    }
  }

  opened(thread: string, messages: readonly string[]): void {
    // A receipt that does not get through is not made up for: the message was then not proven to be opened.
    if (!this.#stopped) void this.#client.opened(thread, messages).catch(() => undefined);
  }

  /** The address book, once somebody is about to choose from it. */
  async wantAddresses(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    this.addressesFailed = false;
    try {
      const { entries, unheard } = await this.#client.addresses();
      if (this.#stopped) return;
      this.addresses = entries;
      this.addressesUnheard = unheard.map(({ name }) => name);
    } catch {
      // It is asked for again with the next message; the writer is told.
      this.#asked = false;
      this.addressesFailed = true;
    }
    if (!this.#stopped) this.#deps.changed();
  }
}
