import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../messages/draft.ts';
import type { Words } from '../../words/words.ts';
import type { MessageWords } from '../../words/message-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';

export type CheckDraft = {
  readonly draft: Draft;
  /** Who gets it, in words; left out: they are in no book any more, and nothing can go. */
  readonly to: string | undefined;
  readonly person: unknown;
  readonly item: unknown;
  /** Why it did not go the last time. */
  readonly said: unknown;
  readonly sending: boolean;
  readonly messageWords: MessageWords;
  readonly words: Words;
  send(): void;
  change(): void;
};

/** All that goes, as it goes, under the person and the one who gets it (safety H29). */
export function checkDraft({ draft, to, person, item, said, sending, ...more }: CheckDraft): TemplateResult {
  const { compose: words, urgency, dueBy } = more.messageWords;
  const name = to ?? '';
  return html`<div class="check">
    <p class="small">${words.checkHelp}</p>
    ${person}
    <dl>
      <dt>${words.to}</dt>
      <dd class="to">${name}</dd>
      <dt>${words.item}</dt>
      <dd>${item}</dd>
      <dt>${words.urgency}</dt>
      <dd>${draft.urgency === 'urgent' ? html`${toneMark('caution')} ` : nothing}<b>${urgency[draft.urgency]}</b></dd>
      ${
        draft.due
          ? html`<dt>${dueBy}</dt>
              <dd>${unbroken(instantInWords(draft.due, more.words))}</dd>`
          : nothing
      }
      <dt>${words.subject}</dt>
      <dd><b>${unbroken(draft.subject)}</b></dd>
    </dl>
    <p class="letter written">${unbroken(draft.body)}</p>
    <p role="alert">${said}</p>
    <div class="buttons">
      <button class="action filled send" ?disabled=${sending || to === undefined} @click=${() => more.send()}>
        ${sending ? words.sending : words.send(name)}
      </button>
      <button class="action" ?disabled=${sending} @click=${() => more.change()}>${words.change}</button>
    </div>
  </div>`;
}

export type ReturnedDraft = {
  readonly draft: Draft;
  readonly words: MessageWords['compose'];
  readonly person: unknown;
  readonly discarding: unknown;
  again(): void;
};

/** Begun before the chart changed and came back: nothing goes before the writer has looked at it anew. */
export function returnedDraft({ draft, words, person, discarding, ...does }: ReturnedDraft): TemplateResult {
  return html`<div class="check">
    <p class="notice caution" role="status">${toneMark('caution')} <span>${words.returned}</span></p>
    ${person}
    <p><b>${unbroken(draft.subject)}</b></p>
    <p class="letter written">${unbroken(draft.body)}</p>
    <div class="buttons">
      <button class="action filled" @click=${() => does.again()}>${words.resume}</button>
      ${discarding}
    </div>
  </div>`;
}

/** What went is said until the writer closes it. */
export function sentDraft(to: string, words: MessageWords['compose'], close: () => void): TemplateResult {
  return html`<h2 tabindex="-1">${words.heading}</h2>
    <div class="done" role="status">
      <p class="notice">${toneMark('ok')} <span>${words.sent(to)} ${words.sentHelp}</span></p>
      <div class="buttons"><button class="action" @click=${close}>${words.close}</button></div>
    </div>`;
}
