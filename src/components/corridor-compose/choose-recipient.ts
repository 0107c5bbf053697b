import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../messages/draft.ts';
import type { AddressBookEntry } from '../../messages/thread.ts';
import { messageWords } from '../../words/message-words.ts';
import type { AddressChooseEvent } from '../conversations/conversation-events.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import type { Surroundings } from '../surroundings.ts';

export type ChooseRecipient = {
  readonly draft: Draft;
  readonly choosing: boolean;
  readonly addresses: readonly AddressBookEntry[] | undefined;
  readonly failed: boolean;
  readonly unheard: readonly string[];
  readonly around: Surroundings;
  open(): void;
  choose(event: AddressChooseEvent): void;
};

/** Who it goes to: the address book, or, once it is settled, whom they chose and the way back. */
export function chooseRecipient(of: ChooseRecipient): TemplateResult {
  const { draft, addresses, around, unheard } = of;
  const words = messageWords(around.words.language).compose;
  const chosen = addresses?.find(({ address }) => address === draft.to);
  if (chosen && !of.choosing)
    return html`<div class="field">
      <span class="label">${words.to}</span>
      <div class="chosen">
        <b>${correspondentInWords(chosen, around.words)}</b>
        <button type="button" class="action" @click=${() => of.open()}>
          ${words.change}<span class="heard">: ${words.to}</span>
        </button>
      </div>
    </div>`;
  const recordedBy = draft.about && around.sources.get(draft.about.source)?.organisation.ods;
  return html`<div class="field">
    <span class="label" aria-hidden="true">${words.to}</span>
    <corridor-address-book
      id="to"
      tabindex="-1"
      .entries=${addresses}
      .failed=${of.failed}
      .value=${draft.to}
      .recordedBy=${recordedBy}
      .around=${around}
      @corridor-address-choose=${(event: AddressChooseEvent) => of.choose(event)}
    ></corridor-address-book>
    ${unheard.length > 0 ? html`<p class="small">${words.unheard(unheard.join(', '))}</p>` : nothing}
  </div>`;
}
