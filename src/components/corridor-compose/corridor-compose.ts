import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { asNew, isEmpty, standingOf, takenUpAgain, type Draft, type DraftBinding } from '../../messages/draft.ts';
import { problemOf, NOT_KNOWN, OTHER_CONTENT } from '../../messages/problem.ts';
import type { AddressBookEntry, Thread } from '../../messages/thread.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { messageWords, type MessageWords } from '../../words/message-words.ts';
import {
  AddressesWantedEvent,
  DraftChangeEvent,
  MessageSendEvent,
  type AddressChooseEvent,
} from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { itemLine } from '../conversations/item-line.ts';
import { personLine } from '../conversations/person-line.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import { plainLine, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { checkDraft, returnedDraft, sentDraft } from './check-draft.ts';
import { chooseRecipient } from './choose-recipient.ts';
import { composeStyles } from './corridor-compose.styles.ts';
import { howSoon } from './how-soon.ts';
import { missingInWords, missingOf, type Missing } from './missing-parts.ts';
import { wentBefore } from './went-before.ts';

const SUBJECT_CHARS = 200;
const BODY_CHARS = 10_000;
/** From here on the writer is told how much room there is. */
const TELL_FROM = 500;

/**
 * @summary A new message about one person: to whom, about what, how soon. It is sent in two presses: the second stands
 * under the person, the recipient and the words as they go. It belongs to one person and one turn of the chart: elsewhere
 * it shows nothing and sends nothing.
 * @event corridor-draft-change - What is written has changed, or is to be forgotten. It stays at this element.
 * @event corridor-addresses-wanted - The address book is needed.
 * @event corridor-message-send - The writer has seen person and recipient once more, and sends. It stays at this element.
 */
export class CorridorCompose extends LitElement {
  static override styles = [tokens, controls, markStyles, conversationStyles, composeStyles];

  @property({ attribute: false }) draft: Draft | undefined;
  /** Whose chart it is now; left out: nobody's, and the draft is locked. */
  @property({ attribute: false }) binding: DraftBinding | undefined;
  /** Left out: the address book is on its way. */
  @property({ attribute: false }) addresses: readonly AddressBookEntry[] | undefined;
  @property({ type: Boolean, attribute: 'addresses-failed' }) addressesFailed = false;
  /** Organisations that have not said who is involved in the person's care, by name. */
  @property({ attribute: false }) unheard: readonly string[] = [];
  /** The record it is about: what the item is called. */
  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ attribute: false }) lineOf: LineOf = plainLine;

  @state() private step: 'write' | 'check' | 'sending' | 'sent' = 'write';
  @state() private missing: readonly Missing[] = [];
  @state() private problem: string | undefined;
  /** Other words went under this draft's id before. */
  @state() private went: { readonly thread?: Thread } | undefined;
  @state() private choosing = true;
  @state() private sure = false;
  /** What went, and to whom: it is said until the writer closes it. */
  @state() private sent = { id: '', to: '' };

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('draft');
    if (changed.has('draft') && before?.id !== this.draft?.id) {
      if (this.draft) this.step = 'write';
      this.missing = [];
      this.problem = undefined;
      this.went = undefined;
      this.sure = false;
      this.choosing = this.draft?.to === undefined;
    }
    // Whatever was about to be sent is not sent from a chart that has changed.
    if (this.draft && standingOf(this.draft, this.binding) !== 'open' && this.step === 'check') this.step = 'write';
  }

  protected override updated(changed: PropertyValues): void {
    if (this.draft && this.addresses === undefined && !this.addressesFailed && changed.has('draft'))
      this.dispatchEvent(new AddressesWantedEvent());
    if (changed.has('step') && changed.get('step') !== undefined)
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  get #words(): MessageWords {
    return messageWords(this.around.words.language);
  }

  #change(change: Partial<Draft>): void {
    if (!this.draft) return;
    const draft = { ...this.draft, ...change };
    this.draft = draft;
    this.missing = this.missing.filter((one) => missingOf(draft).includes(one));
    this.dispatchEvent(new DraftChangeEvent(draft.id, draft));
  }

  /** Once it is settled the book makes room, and the writer goes on where they would. */
  #choose({ address, settled }: AddressChooseEvent): void {
    this.#change({ to: address });
    if (!settled) return;
    this.choosing = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#subject')?.focus());
  }

  #discard(draft: Draft): void {
    if (!isEmpty(draft) && !this.sure) {
      this.sure = true;
      return;
    }
    this.dispatchEvent(new DraftChangeEvent(draft.id, undefined));
  }

  #done(): void {
    this.step = 'write';
    this.dispatchEvent(new DraftChangeEvent(this.sent.id, undefined));
  }

  #check(event: Event, draft: Draft): void {
    event.preventDefault();
    this.missing = missingOf(draft);
    this.problem = undefined;
    const [first] = this.missing;
    if (first === undefined) this.step = 'check';
    else void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus());
  }

  async #send(draft: Draft): Promise<void> {
    if (this.step !== 'check' || standingOf(draft, this.binding) !== 'open') return;
    this.step = 'sending';
    this.problem = undefined;
    const sending = new MessageSendEvent(draft);
    this.dispatchEvent(sending);
    try {
      if (!sending.answer) throw new Error('nobody sends it');
      const thread = await sending.answer;
      // Whoever holds it may have taken it away already, as sent.
      if (this.draft && this.draft.id !== draft.id) return;
      this.sent = { id: draft.id, to: correspondentInWords(thread.to, this.around.words) };
      this.step = 'sent';
      this.draft = undefined;
    } catch (error) {
      if (this.draft?.id !== draft.id) return;
      const { code, thread } = problemOf(error);
      if (code === OTHER_CONTENT) this.went = thread ? { thread } : {};
      this.problem = code === NOT_KNOWN ? this.#words.unknownSent : (this.#words.problems[code] ?? this.#words.problem);
      // Who it goes to may be gone from the book; everything else is sent again as it is.
      this.step = code === 'message.recipient_unknown' || code === 'message.too_long' ? 'write' : 'check';
    }
  }

  #person(): TemplateResult | typeof nothing {
    const patient = this.record?.patient ?? this.around.patient;
    return patient
      ? html`<p class="person">
          <span class="caption">${this.#words.compose.patient}</span>${personLine(patient, this.around)}
        </p>`
      : nothing;
  }

  #item({ about }: Draft): TemplateResult {
    const words = this.#words;
    return about ? itemLine(about, this) : html`${words.aboutPerson}`;
  }

  #recipient(draft: Draft): TemplateResult {
    const { choosing, addresses, unheard, around, addressesFailed: failed } = this;
    return chooseRecipient({
      ...{ draft, choosing, addresses, unheard, around, failed },
      open: () => (this.choosing = true),
      choose: (event) => this.#choose(event),
    });
  }

  #form(draft: Draft): TemplateResult {
    const words = this.#words.compose;
    const left = BODY_CHARS - draft.body.length;
    const invalid = (field: Missing): boolean => this.missing.includes(field);
    return html`<form novalidate @submit=${(event: Event) => this.#check(event, draft)}>
      ${this.#person()}
      <p class="item"><span class="caption">${words.item}</span>${this.#item(draft)}</p>
      ${this.#recipient(draft)}
      <div class="field">
        <label for="subject">${words.subject}</label>
        <input
          id="subject"
          autocomplete="off"
          maxlength=${SUBJECT_CHARS}
          aria-invalid=${invalid('subject')}
          .value=${live(draft.subject)}
          @input=${(event: Event) => this.#change({ subject: (event.target as HTMLInputElement).value })}
        />
      </div>
      <div class="field">
        <label for="body">${words.body}</label>
        <textarea
          id="body"
          maxlength=${BODY_CHARS}
          aria-invalid=${invalid('body')}
          .value=${live(draft.body)}
          @input=${(event: Event) => this.#change({ body: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
        ${left <= TELL_FROM ? html`<span class="small left" role="status">${words.left(left)}</span>` : nothing}
      </div>
      ${howSoon({
        draft,
        invalid: invalid('due'),
        words: this.#words,
        choose: (urgency) => this.#change({ urgency }),
        due: (value) => this.#due(value),
      })}
      <p class="problem" role="alert">
        ${this.missing.length > 0 ? html`<span class="notice caution">${toneMark('caution')} ${missingInWords(this.missing, this.#words)}</span>` : nothing}
        ${this.#said()}
      </p>
      <div class="buttons">
        <button class="action filled send">${words.check}</button>
        ${this.#discarding(draft)}
      </div>
    </form>`;
  }

  #due(value: string): void {
    const { due: _before, ...others } = this.draft ?? {};
    this.draft = { ...(others as Draft), ...(value !== '' && { due: value }) };
    this.#change({});
  }

  #said(): TemplateResult | typeof nothing {
    return this.problem === undefined
      ? nothing
      : html`<span class="notice risk">${toneMark('risk')} ${this.problem}</span>`;
  }

  #discarding(draft: Draft): TemplateResult {
    const words = this.#words.compose;
    if (!this.sure)
      return html`<button type="button" class="action" @click=${() => this.#discard(draft)}>${words.discard}</button>`;
    return html`<span role="alert">${words.discardSure}</span>
      <button type="button" class="action" @click=${() => this.#discard(draft)}>${words.discard}</button>
      <button type="button" class="action" @click=${() => (this.sure = false)}>${words.keep}</button>`;
  }

  #checking(draft: Draft): TemplateResult {
    const to = this.addresses?.find(({ address }) => address === draft.to);
    return checkDraft({
      draft,
      to: to && correspondentInWords(to, this.around.words),
      person: this.#person(),
      item: this.#item(draft),
      said: this.#said(),
      sending: this.step === 'sending',
      messageWords: this.#words,
      words: this.around.words,
      send: () => void this.#send(draft),
      change: () => (this.step = 'write'),
    });
  }

  #returned(draft: Draft): TemplateResult {
    const again = (): void => {
      if (this.binding) this.#change(takenUpAgain(draft, this.binding));
    };
    const words = this.#words.compose;
    return returnedDraft({ draft, words, person: this.#person(), discarding: this.#discarding(draft), again });
  }

  #went(draft: Draft, thread: Thread | undefined): TemplateResult {
    return wentBefore({
      ...{ draft, thread, person: this.#person(), discarding: this.#discarding(draft) },
      ...{ messageWords: this.#words, words: this.around.words },
      asNew: () => this.#asNew(draft),
    });
  }

  /** It is to be looked at once more before it goes, as any new one. */
  #asNew(draft: Draft): void {
    const fresh = asNew(draft);
    this.draft = fresh;
    this.dispatchEvent(new DraftChangeEvent(draft.id, undefined));
    this.dispatchEvent(new DraftChangeEvent(fresh.id, fresh));
  }

  #body(draft: Draft): TemplateResult {
    const words = this.#words.compose;
    const standing = standingOf(draft, this.binding);
    if (standing === 'locked')
      return html`<p class="notice caution" role="status">${toneMark('withheld')} <span>${words.another}</span></p>`;
    if (standing === 'returned') return this.#returned(draft);
    if (this.went) return this.#went(draft, this.went.thread);
    return this.step === 'check' || this.step === 'sending' ? this.#checking(draft) : this.#form(draft);
  }

  override render(): TemplateResult | typeof nothing {
    const { draft, step } = this;
    const words = this.#words.compose;
    if (step === 'sent') return sentDraft(this.sent.to, words, () => this.#done());
    if (!draft) return nothing;
    return html`<h2 tabindex="-1">${step === 'write' ? words.heading : words.checkHeading}</h2>
      ${this.#body(draft)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-compose': CorridorCompose;
  }
}
