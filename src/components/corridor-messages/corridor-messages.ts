import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { asNew, standingOf, type Draft, type DraftBinding } from '../../messages/draft.ts';
import { NOT_KNOWN, OTHER_CONTENT, problemOf } from '../../messages/problem.ts';
import type { AddressBookEntry, Correspondent, Message, Thread, ThreadAct } from '../../messages/thread.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { messageWords, type MessageWords } from '../../words/message-words.ts';
import {
  AddressesWantedEvent,
  ComposeOpenEvent,
  DraftChangeEvent,
  MessagesAskEvent,
  MessagesSeenEvent,
  OriginSeekEvent,
  ThreadActEvent,
  ThreadSeekEvent,
} from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { entryAt } from '../conversations/entry-at.ts';
import { itemLine } from '../conversations/item-line.ts';
import { SeenWatch } from '../conversations/seen-watch.ts';
import {
  correspondentInWords,
  isPressing,
  lastWritten,
  organisationInWords,
  otherSide,
  proofInWords,
  receiptInWords,
  ruleInWords,
  threadMark,
} from '../conversations/thread-words.ts';
import { withheldInWords } from '../conversations/withheld-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { plainLine, unbroken, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { messagesStyles } from './corridor-messages.styles.ts';
import { replyTemplate } from './reply.ts';

/** What was asked of a thread and how it went; gone with the next thing that is asked. */
type Doing = {
  readonly thread: string;
  readonly act: ThreadAct;
  readonly said?: string;
  readonly going: boolean;
  /** Messages that were there when the reader began: what came since is marked. */
  readonly knew?: ReadonlySet<string>;
};

/**
 * Longer than other elements because a line, its conversation and what the reader does with it are one list with one
 * focus; words, styles, the answer's form and the watch for what is seen stand beside it.
 *
 * @summary The conversations about one person: what each hangs on, how far it is proven to have come, what was written, and
 * what the reader may do. A state means what its receipts prove and nothing more.
 * @event corridor-thread-seek - A conversation was opened or closed. It stays at this element.
 * @event corridor-thread-act - The reader answers, takes on, gives away, closes or reopens. It stays at this element.
 * @event corridor-messages-seen - Messages have really been on the screen. It stays at this element.
 * @event corridor-compose-open - The reader wants to write.
 * @event corridor-draft-change - An answer that is being written has changed. It stays at this element.
 * @event corridor-addresses-wanted - The address book is needed.
 * @event corridor-origin-seek - The reader wants the item where it stands. It stays at this element.
 * @event corridor-messages-ask - The reader wants the list asked for again.
 * @csspart thread - One conversation.
 */
export class CorridorMessages extends LitElement {
  static override styles = [tokens, controls, markStyles, conversationStyles, messagesStyles];

  /** Newest first; left out: they are on their way. */
  @property({ attribute: false }) threads: readonly Thread[] | undefined;
  /** There are more than are given. */
  @property({ type: Boolean }) more = false;
  /** `failed`: they did not come. `absent`: this community has none. */
  @property() standing: 'here' | 'failed' | 'absent' = 'here';
  /** When the launcher last answered (ISO instant), where it has not since. */
  @property() stale: string | undefined;
  /** The conversation that is open. */
  @property() open: string | undefined;
  @property({ attribute: false }) addresses: readonly AddressBookEntry[] | undefined;
  @property({ type: Boolean, attribute: 'addresses-failed' }) addressesFailed = false;
  /** Answers that are being written, by conversation. */
  @property({ attribute: false }) drafts: readonly Draft[] = [];
  /** Whose chart it is now; left out: nobody's, and nothing can be written. */
  @property({ attribute: false }) binding: DraftBinding | undefined;
  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ attribute: false }) lineOf: LineOf = plainLine;

  @state() private doing: Doing | undefined;
  /** The conversation that is to be ended, once the reader has said so again. */
  @state() private ending: string | undefined;
  @state() private giving: { readonly thread: string; readonly to?: string } | undefined;

  readonly #seen = new SeenWatch((messages) => {
    if (this.open !== undefined) this.dispatchEvent(new MessagesSeenEvent(this.open, messages));
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.stop();
  }

  protected override updated(changed: PropertyValues): void {
    const thread = this.#opened;
    const lines = thread ? [...this.renderRoot.querySelectorAll<HTMLElement>('.messages > li')] : [];
    this.#seen.watch(
      lines.flatMap((line, index) => {
        const message = thread?.messages[index];
        return message?.body === undefined ? [] : [[line, message.id] as const];
      }),
    );
    if (changed.has('open') && this.open !== undefined && this.threads) this.#show();
    else if (changed.has('threads') && changed.get('threads') === undefined && this.open !== undefined) this.#show();
  }

  #show(): void {
    const row = this.renderRoot.querySelector<HTMLElement>('.thread[aria-expanded=true]');
    row?.scrollIntoView({ block: 'nearest' });
  }

  get #words(): MessageWords {
    return messageWords(this.around.words.language);
  }

  get #opened(): Thread | undefined {
    return this.threads?.find(({ id }) => id === this.open);
  }

  #toggle(thread: Thread): void {
    // How an act went in a conversation that is not open stays said until the reader has had it before them there.
    if (this.doing?.going !== true && this.doing?.thread === this.open) this.doing = undefined;
    this.open = this.open === thread.id ? undefined : thread.id;
    this.giving = this.ending = undefined;
    this.dispatchEvent(new ThreadSeekEvent(this.open));
  }

  async #act(
    thread: Thread,
    act: ThreadAct,
    more: { readonly draft?: Draft; readonly to?: string } = {},
  ): Promise<void> {
    if (this.doing?.going === true) return;
    const knew = new Set(thread.messages.map(({ id }) => id));
    const pressed = (this.renderRoot as ShadowRoot).activeElement;
    this.doing = { thread: thread.id, act, going: true };
    const asked = new ThreadActEvent(thread, act, more);
    this.dispatchEvent(asked);
    try {
      if (!asked.answer) throw new Error('nobody does it');
      await asked.answer;
      this.doing = undefined;
      this.giving = undefined;
    } catch (error) {
      const { code } = problemOf(error);
      const words = this.#words;
      const other = code === OTHER_CONTENT;
      // What went under its id is shown above it now; what is written here is an answer of its own from now on.
      if (other && more.draft) this.#asNew(more.draft);
      const moved = code === 'message.thread_moved';
      const said = moved
        ? act === 'reply'
          ? words.moved
          : words.movedAct
        : code === NOT_KNOWN
          ? words.unknownSent
          : other && more.draft
            ? words.wentReply
            : (words.problems[code] ?? words.problem);
      this.doing = { thread: thread.id, act, going: false, said, ...((moved || other) && { knew }) };
      if (moved && act === 'reassign') this.giving = undefined;
    }
    if (pressed instanceof HTMLElement) await this.#keepKeys(pressed);
  }

  /** What was pressed was out of use meanwhile, and may be gone: whoever goes by keys is not left at the top of the page. */
  async #keepKeys(pressed: HTMLElement): Promise<void> {
    await this.updateComplete;
    if (document.activeElement !== document.body && (this.renderRoot as ShadowRoot).activeElement !== pressed) return;
    if (pressed.isConnected) pressed.focus({ preventScroll: true });
    else this.#toRow();
  }

  #row(thread: Thread): TemplateResult {
    const words = this.#words;
    const { state: stands, subject, urgency, dueAt, about } = thread;
    const [other] = otherSide(thread, this.around);
    const when = lastWritten(thread);
    const entry =
      about && about.withheld === undefined ? entryAt(this.record, about.source, about.resource) : undefined;
    const hangs = entry ? this.lineOf(entry, this.around).main : about?.withheld ? words.aboutWithheld : '';
    const open = thread.id === this.open;
    return html`<button
      class="thread ${isPressing(thread) || stands === 'opened' || stands === 'queued' ? '' : 'settled'}"
      aria-expanded=${open}
      @click=${() => this.#toggle(thread)}
    >
      <span class="subject">${unbroken(subject)}</span>
      <span class="state ${stands}"> ${threadMark(stands)}<span class="word">${words.states[stands]}</span> </span>
      <span class="line"
        >${urgency === 'urgent' && stands !== 'closed' ? html`<span class="flag caution">${toneMark('caution')}${words.urgency.urgent}</span> ` : nothing}${
          hangs ? html`${words.about} ${unbroken(hangs)} · ` : nothing
        }${other ? correspondentInWords(other, this.around.words) : nothing}${
          dueAt !== undefined && stands !== 'answered' && stands !== 'closed'
            ? html` · ${unbroken(words.due(instantInWords(dueAt, this.around.words)))}`
            : nothing
        }</span
      >
      <span class="when">${when ? instantInWords(when, this.around.words) : nothing}</span>
    </button>`;
  }

  #about({ about }: Thread): TemplateResult | typeof nothing {
    const words = this.#words;
    if (!about) return nothing;
    if (about.withheld !== undefined)
      return html`<p class="notice">
        ${toneMark('withheld')}
        <span><b>${words.aboutWithheld}</b>: ${withheldInWords(about.withheld, this.around)}</span>
      </p>`;
    const { source, resource } = about;
    const there = entryAt(this.record, source, resource) !== undefined;
    return html`<div class="about">
      <span class="label">${words.about}</span> ${itemLine(about, this)}
      ${
        there
          ? html`<button class="action" @click=${() => this.dispatchEvent(new OriginSeekEvent(source, resource))}>
              ${words.showItem}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** How far it has come, whose it is, and to whom it went when nobody answered. */
  #stands(thread: Thread): TemplateResult {
    const words = this.#words;
    const proof = proofInWords(thread, words, this.around);
    const at = (iso: string): string => instantInWords(iso, this.around.words);
    const who = (one: Correspondent): string => correspondentInWords(one, this.around.words);
    const { owner, escalations } = thread;
    return html`<div>
      <p class="proof">
        ${threadMark(thread.state)} <span><b>${words.states[thread.state]}.</b> ${unbroken(proof ?? '')}</span>
      </p>
      <p class="small">
        ${words.from} ${who(thread.from)} · ${words.to} ${who(thread.to)} ·
        ${owner ? unbroken(words.owner(owner.name, owner.team, at(owner.since))) : words.noOwner}
      </p>
      ${
        escalations.length > 0
          ? html`<ul class="small escalations">
              ${escalations.map((one) => html`<li>${unbroken(words.escalatedTo(at(one.at), who(one.to), ruleInWords(one, words)))}</li>`)}
            </ul>`
          : nothing
      }
    </div>`;
  }

  #message(message: Message, thread: Thread): TemplateResult {
    const words = this.#words;
    const { from, body, unreadable, receipts, sentAt } = message;
    const fresh = this.doing?.thread === thread.id && this.doing.knew?.has(message.id) === false;
    const home = [...this.around.sources.values()].find((source) => source.home)?.organisation.ods;
    return html`<li class=${home === undefined ? '' : from.organisation.ods === home ? 'ours' : 'theirs'}>
      <p class="by">
        <span
          ><b>${from.person}</b>
          <span class="small"
            >${[from.role, from.team, organisationInWords(from.organisation, this.around.words)].filter(Boolean).join(', ')}</span
          ></span
        >
        <span class="small"
          >${fresh ? html`<span class="fresh">${words.since}</span> ` : nothing}${unbroken(instantInWords(sentAt, this.around.words))}</span
        >
      </p>
      ${
        body === undefined
          ? html`<p class="notice ${unreadable === 'tampered' ? 'risk' : 'caution'}">
              ${toneMark(unreadable === 'tampered' ? 'risk' : 'withheld')}
              <span>${words.unreadable[unreadable ?? 'withheld']}</span>
            </p>`
          : html`<p class="said written">${unbroken(body)}</p>`
      }
      <ul class="receipts" aria-label=${words.receiptsOf}>
        ${receipts.map((receipt) => html`<li>${threadMark(receipt.kind)} ${unbroken(receiptInWords(receipt, words, this.around))}</li>`)}
      </ul>
    </li>`;
  }

  #buttons(thread: Thread): TemplateResult {
    const words = this.#words;
    const going = this.doing?.going === true;
    const writing = this.#draftOf(thread) !== undefined;
    const ending = this.ending === thread.id;
    const shown = thread.may.filter((act) => !(act === 'reply' && writing) && !(act === 'close' && ending));
    const press = (act: ThreadAct): void => {
      if (act === 'reply') this.#write(thread);
      else if (act === 'reassign') {
        this.ending = undefined;
        this.giving = this.giving?.thread === thread.id ? undefined : { thread: thread.id };
        if (this.addresses === undefined) this.dispatchEvent(new AddressesWantedEvent());
      } else if (act === 'close') this.#askToEnd(thread);
      else {
        if (act === 'reopen') this.#toRow();
        void this.#act(thread, act);
      }
    };
    return html`<div class="buttons">
      ${shown.map(
        (act) =>
          html`<button
            class="action ${act === 'reply' ? 'filled' : ''}"
            ?disabled=${going || this.binding === undefined}
            aria-expanded=${act === 'reassign' ? String(this.giving?.thread === thread.id) : nothing}
            @click=${() => press(act)}
          >
            ${words.acts[act]}
          </button>`,
      )}
    </div>`;
  }

  #askToEnd({ id }: Thread): void {
    this.ending = id;
    this.giving = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.ending button')?.focus());
  }

  /** A button that goes with what it did must not take the keys with it: they stay at the conversation. */
  #toRow(): void {
    this.renderRoot.querySelector<HTMLElement>('.thread[aria-expanded=true]')?.focus({ preventScroll: true });
  }

  #keepIt(): void {
    this.giving = undefined;
    this.#toRow();
  }

  #ending(thread: Thread): TemplateResult | typeof nothing {
    const words = this.#words;
    if (this.ending !== thread.id || !thread.may.includes('close')) return nothing;
    const done = (end: boolean): void => {
      this.ending = undefined;
      this.#toRow();
      if (end) void this.#act(thread, 'close');
    };
    const sure = words.endSure(thread.dueAt !== undefined);
    return html`<div class="giving ending" role="group" aria-label=${sure}>
      <p>${sure}</p>
      <div class="buttons">
        <button class="action" @click=${() => done(false)}>${words.cancel}</button>
        <button class="action filled" @click=${() => done(true)}>${words.acts.close}</button>
      </div>
    </div>`;
  }

  #draftOf({ id }: Thread): Draft | undefined {
    return this.drafts.find(({ answers }) => answers?.thread === id);
  }

  #write(thread: Thread): void {
    if (!this.binding) return;
    const { id, version } = thread;
    this.#draft({
      id: crypto.randomUUID(),
      bound: this.binding,
      answers: { thread: id, version },
      subject: '',
      body: '',
      urgency: thread.urgency,
    });
    void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.focus());
  }

  #draft(draft: Draft): void {
    this.drafts = [...this.drafts.filter(({ id }) => id !== draft.id), draft];
    this.dispatchEvent(new DraftChangeEvent(draft.id, draft));
  }

  #asNew(draft: Draft): void {
    const fresh = asNew(draft);
    this.drafts = this.drafts.map((one) => (one.id === draft.id ? fresh : one));
    this.dispatchEvent(new DraftChangeEvent(draft.id, undefined));
    this.dispatchEvent(new DraftChangeEvent(fresh.id, fresh));
  }

  #dropDraft(draft: Draft): void {
    this.drafts = this.drafts.filter(({ id }) => id !== draft.id);
    if (this.doing?.going !== true) this.doing = undefined;
    this.#toRow();
    this.dispatchEvent(new DraftChangeEvent(draft.id, undefined));
  }

  #giving(thread: Thread): TemplateResult | typeof nothing {
    const { giving } = this;
    const words = this.#words;
    if (giving?.thread !== thread.id) return nothing;
    const { to } = giving;
    return html`<div class="giving">
      <h3>${words.reassignTo}</h3>
      <corridor-address-book
        .entries=${this.addresses}
        .failed=${this.addressesFailed}
        .value=${to}
        .label=${words.reassignTo}
        .around=${this.around}
        @corridor-address-choose=${({ address }: { readonly address: string }) =>
          (this.giving = { thread: thread.id, to: address })}
      ></corridor-address-book>
      <div class="buttons">
        <button
          class="action filled"
          ?disabled=${to === undefined || this.doing?.going === true}
          @click=${() => (to === undefined ? undefined : void this.#act(thread, 'reassign', { to }))}
        >
          ${words.reassign}
        </button>
        <button class="action" @click=${() => this.#keepIt()}>${words.cancel}</button>
      </div>
    </div>`;
  }

  #panel(thread: Thread): TemplateResult {
    const { doing } = this;
    const mine = doing?.thread === thread.id ? doing : undefined;
    const draft = this.#draftOf(thread);
    return html`<div class="opened">
      ${this.#about(thread)} ${this.#stands(thread)}
      <ol class="messages">
        ${repeat(
          thread.messages,
          ({ id }) => id,
          (message) => this.#message(message, thread),
        )}
      </ol>
      <p role="alert">
        ${mine?.said ? html`<span class="notice caution">${toneMark('caution')} <span>${mine.said}</span></span>` : nothing}
      </p>
      ${
        draft
          ? replyTemplate({
              draft,
              thread,
              standing: standingOf(draft, this.binding),
              binding: this.binding,
              around: this.around,
              patient: this.record?.patient ?? this.around.patient,
              moved: mine?.knew !== undefined,
              going: doing?.going === true,
              sending: mine?.going === true && mine.act === 'reply',
              change: (next) => this.#draft(next),
              drop: () => this.#dropDraft(draft),
              send: (next) => void this.#act(thread, 'reply', { draft: next }),
            })
          : nothing
      }
      ${this.#buttons(thread)} ${this.#giving(thread)} ${this.#ending(thread)}
    </div>`;
  }

  /** An act that did not come to anything is not passed over because the reader looks at something else by now. */
  #saidOf({ id }: Thread): TemplateResult | typeof nothing {
    const { doing } = this;
    if (doing?.thread !== id || doing.said === undefined) return nothing;
    return html`<p role="alert">
      <span class="notice caution">${toneMark('caution')} <span>${doing.said}</span></span>
    </p>`;
  }

  #list(threads: readonly Thread[]): TemplateResult {
    const words = this.#words;
    if (threads.length === 0) return html`<p class="quiet">${words.none}</p>`;
    return html`<ul class="threads">
        ${repeat(
          threads,
          ({ id }) => id,
          (thread) =>
            html`<li part="thread">
              ${this.#row(thread)}${thread.id === this.open ? this.#panel(thread) : this.#saidOf(thread)}
            </li>`,
        )}
      </ul>
      ${this.more ? html`<p class="quiet">${words.more}</p>` : nothing}`;
  }

  #notThere(): TemplateResult {
    const words = this.#words;
    if (this.standing === 'absent') return html`<p class="quiet">${words.notHere}</p>`;
    if (this.standing === 'failed')
      return html`<p class="notice caution" role="alert">
        ${toneMark('caution')} <span>${words.notLoaded}</span>
        <button class="action" @click=${() => this.dispatchEvent(new MessagesAskEvent())}>${words.askAgain}</button>
      </p>`;
    return html`<p class="quiet" role="status">${words.loading}</p>`;
  }

  override render(): TemplateResult {
    const { threads, stale } = this;
    const words = this.#words;
    return html`<section class="panel" aria-label=${words.heading}>
      <div class="head">
        <h2>${words.heading}</h2>
        ${threads && threads.length > 0 ? html`<span class="count">${words.count(threads.length)}</span>` : nothing}
        <span class="gap"></span>
        ${
          this.standing === 'absent'
            ? nothing
            : html`<button
                class="action filled"
                ?disabled=${this.binding === undefined}
                @click=${() => this.dispatchEvent(new ComposeOpenEvent())}
              >
                ${words.write}
              </button>`
        }
      </div>
      ${
        stale && threads
          ? html`<p class="notice caution" role="status">
              ${toneMark('caution')} <span>${unbroken(words.stale(instantInWords(stale, this.around.words)))}</span>
            </p>`
          : nothing
      }
      ${threads ? this.#list(threads) : this.#notThere()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-messages': CorridorMessages;
  }
}
