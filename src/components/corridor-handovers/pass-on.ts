import { html, nothing, type TemplateResult } from 'lit';
import type { Handover, HandoverRecipient, HandoverTargets } from '../../messages/handover.ts';
import type { AddressBookEntry } from '../../messages/thread.ts';
import { handoverWords } from '../../words/handover-words.ts';
import { messageWords } from '../../words/message-words.ts';
import { inboxPerson } from '../conversations/person-line.ts';
import { correspondentInWords, organisationInWords } from '../conversations/thread-words.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownerInWords } from './who-in-words.ts';

/** Somebody is being chosen. Without `targets` they are on their way, unless they `failed` to come. */
export type Giving = {
  readonly key: string;
  readonly targets?: HandoverTargets;
  readonly failed?: boolean;
  readonly to?: string;
};

export type PassOn = {
  readonly handover: Handover;
  readonly recipient: HandoverRecipient;
  readonly giving: Giving;
  readonly going: boolean;
  readonly around: Surroundings;
  choose(address: string): void;
  pass(to: string): void;
  cancel(): void;
};

/** To whom it is passed on, with the person it is about and whose it stays meanwhile right above what does it (safety H29). */
export function passOnTemplate({ handover, recipient, giving, going, around, ...does }: PassOn): TemplateResult {
  const words = handoverWords(around.words.language);
  const { targets, failed = false, to } = giving;
  const chosen = targets?.entries.find(({ address }) => address === to);
  const entries = targets?.entries.map((one): AddressBookEntry => ({ why: 'directory', ...one, origin: 'community' }));
  return html`<div class="giving" role="group" aria-label=${words.passTo} tabindex="-1">
    ${
      entries?.length === 0
        ? html`<p role="status">${words.passNobody}</p>`
        : failed
          ? html`<p role="alert">${words.passUnknown}</p>`
          : html`<corridor-address-book
              .entries=${entries}
              .value=${to}
              .label=${words.passTo}
              .around=${around}
              @corridor-address-choose=${({ address }: { readonly address: string }) => does.choose(address)}
            ></corridor-address-book>`
    }
    ${
      targets && targets.unheard.length > 0
        ? html`<p class="small">
            ${messageWords(around.words.language).compose.unheard(targets.unheard.map((one) => organisationInWords(one, around.words)).join(', '))}
          </p>`
        : nothing
    }
    <p>${inboxPerson(handover.patient, around)}</p>
    <p class="small">
      ${words.passFrom(recipient.owner ? ownerInWords(recipient.owner, words) : correspondentInWords(recipient, around.words), recipient.owner !== undefined)}
    </p>
    <div class="buttons">
      <button
        class="action filled"
        ?disabled=${going || chosen === undefined}
        @click=${() => (chosen ? does.pass(chosen.address) : undefined)}
      >
        ${going ? words.doing : chosen ? words.passNow(correspondentInWords(chosen, around.words)) : words.pass}
      </button>
      <button class="action" @click=${() => does.cancel()}>${words.passCancel}</button>
    </div>
  </div>`;
}
