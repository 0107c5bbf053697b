import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AddressBookEntry } from '../../messages/thread.ts';
import { availabilityWords } from '../../words/availability-words.ts';
import { messageWords } from '../../words/message-words.ts';
import { AddressChooseEvent } from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { availabilityInWords } from '../conversations/availability-in-words.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** Below this nobody needs to look for a name. */
const FIND_FROM = 7;
/** Of everybody else, until somebody is looked for; the rest is one word away and is counted. */
const OTHERS_AT_ONCE = 6;
const GROUPS = ['key-worker', 'registered-gp', 'involved', 'directory'] as const;

/**
 * @summary Who a message can go to, for this person: key worker and registered GP first, then who is involved in their
 * care, then everybody else. Nobody is chosen beforehand.
 * @event corridor-address-choose - Somebody was chosen.
 */
export class CorridorAddressBook extends LitElement {
  static override styles = [
    tokens,
    controls,
    conversationStyles,
    css`
      .list {
        border: 1px solid var(--_hairline);
        border-radius: var(--_radius);
        margin-block-start: 4px;
        max-block-size: 17em;
        overflow-y: auto;
        padding: 4px 8px;
        scrollbar-width: thin;
      }
      .group + .group {
        border-block-start: 1px solid var(--_hairline);
        margin-block-start: 4px;
        padding-block-start: 4px;
      }
      .group .why {
        color: var(--_secondary);
        font-size: var(--_small);
        font-weight: 700;
      }
      .one {
        align-items: baseline;
        color: inherit;
        cursor: pointer;
        display: flex;
        font-size: 1em;
        gap: 8px;
        min-block-size: var(--_row);
        padding-block: 5px;
      }
      .one input {
        accent-color: var(--_action);
        flex: none;
        margin: 0;
      }
      .takes {
        color: var(--_secondary);
        display: block;
        font-size: var(--_small);
      }
      .not-taking {
        font-weight: 700;
      }
    `,
  ];

  /** Left out: it is on its way. */
  @property({ attribute: false }) entries: readonly AddressBookEntry[] | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** The address that is chosen. */
  @property({ attribute: false }) value: string | undefined;
  /** What is chosen here, for a reader who hears it. */
  @property({ attribute: false }) label: string | undefined;
  /** The organisation whose record it is about: it is named as such. */
  @property({ attribute: false }) recordedBy: string | undefined;
  /** It could not be fetched. */
  @property({ type: Boolean }) failed = false;

  @state() private sought = '';

  #choose(address: string, settled: boolean): void {
    this.value = address;
    this.dispatchEvent(new AddressChooseEvent(address, settled));
  }

  /** Arrow keys only walk along; Enter says that it is this one. */
  #enter(event: KeyboardEvent, address: string): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.#choose(address, true);
  }

  #entry(entry: AddressBookEntry): TemplateResult {
    const { compose } = messageWords(this.around.words.language);
    const { words } = this.around;
    const beside = [entry.organisation.ods === this.recordedBy ? compose.recorded : '', entry.takes ?? ''];
    const { availability } = entry;
    const open = availability ? availabilityInWords(availability, words) : [];
    return html`<label class="one">
      <input
        type="radio"
        name="to"
        .checked=${entry.address === this.value}
        @click=${(event: MouseEvent) => this.#choose(entry.address, event.detail > 0)}
        @keydown=${(event: KeyboardEvent) => this.#enter(event, entry.address)}
      />
      <span
        >${correspondentInWords(entry, this.around.words)}
        ${beside.some((said) => said !== '') ? html`<span class="takes">${beside.filter(Boolean).join('; ')}</span>` : nothing}${
          availability?.taking === false
            ? html`<span class="takes not-taking">${availabilityWords(words.language).notTaking}</span>`
            : nothing
        }${open.length > 0 ? html`<span class="takes">${open.join('; ')}</span>` : nothing}</span
      >
    </label>`;
  }

  #groups(entries: readonly AddressBookEntry[]): TemplateResult {
    const words = messageWords(this.around.words.language).compose;
    const wanted = fold(this.sought).split(' ').filter(Boolean);
    const found = entries.filter((entry) => {
      const text = fold(`${correspondentInWords(entry, this.around.words)} ${entry.takes ?? ''}`);
      return wanted.every((word) => text.includes(word));
    });
    if (found.length === 0) return html`<p class="quiet" role="status">${words.noMatch}</p>`;
    // One group alone needs no name.
    const several = new Set(entries.map(({ why }) => why)).size > 1;
    return html`${GROUPS.map((why) => {
      const all = found.filter((entry) => entry.why === why).sort((a, b) => this.#rank(a) - this.#rank(b));
      if (all.length === 0) return nothing;
      const shown =
        why === 'directory' && wanted.length === 0
          ? all.filter((one, n) => n < OTHERS_AT_ONCE || one.address === this.value)
          : all;
      return html`<div class="group" role="group" aria-label=${words.why[why]}>
        ${several ? html`<p class="why" aria-hidden="true">${words.why[why]}</p>` : nothing}
        ${shown.map((entry) => this.#entry(entry))}
        ${all.length > shown.length ? html`<p class="quiet">${this.around.words.banner.more(all.length - shown.length)} ${words.find}.</p>` : nothing}
      </div>`;
    })}`;
  }

  /** Among equals, whoever recorded the item stands first: they can answer for it. Whoever takes nothing now stands last. */
  #rank({ organisation, availability }: AddressBookEntry): number {
    if (availability?.taking === false) return 2;
    return organisation.ods === this.recordedBy ? 0 : 1;
  }

  override render(): TemplateResult {
    const { entries } = this;
    const words = messageWords(this.around.words.language).compose;
    if (!entries)
      return html`<p class="quiet" role=${this.failed ? 'alert' : 'status'}>
        ${this.failed ? words.addressesFailed : words.addressesLoading}
      </p>`;
    return html`<fieldset>
      <legend class="heard">${this.label ?? words.choose}</legend>
      ${
        entries.length >= FIND_FROM
          ? html`<input
              type="search"
              autocomplete="off"
              aria-label=${words.find}
              placeholder=${words.find}
              .value=${this.sought}
              @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
            />`
          : nothing
      }
      <div class="list">${this.#groups(entries)}</div>
    </fieldset>`;
  }
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-address-book': CorridorAddressBook;
  }
}
