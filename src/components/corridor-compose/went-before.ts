import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../messages/draft.ts';
import type { Thread } from '../../messages/thread.ts';
import type { MessageWords } from '../../words/message-words.ts';
import type { Words } from '../../words/words.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';

export type WentBefore = {
  readonly draft: Draft;
  /** What it stands for already. Left out: it may not be shown here. */
  readonly thread: Thread | undefined;
  readonly person: unknown;
  readonly discarding: unknown;
  readonly messageWords: MessageWords;
  readonly words: Words;
  asNew(): void;
};

/**
 * Other words went under this message before, though no answer came: both are shown, and nothing goes by itself. What is
 * here goes only when its writer, having seen what went, makes a message of its own of it and sends that (safety H29).
 */
export function wentBefore({
  draft,
  thread,
  person,
  discarding,
  messageWords,
  words,
  ...does
}: WentBefore): TemplateResult {
  const { compose, problems } = messageWords;
  const went = thread?.messages.find(({ id }) => id === draft.id);
  return html`<div class="check">
    <p class="notice caution" role="alert">${toneMark('caution')} <span>${problems['message.other_content']}</span></p>
    ${person}
    ${
      thread && went
        ? html`<h3>${compose.went(correspondentInWords(thread.to, words), instantInWords(went.sentAt, words))}</h3>
            <p><b>${unbroken(thread.subject)}</b></p>
            ${went.body === undefined ? nothing : html`<p class="letter written">${unbroken(went.body)}</p>`}`
        : nothing
    }
    <h3>${compose.notWent}</h3>
    <p><b>${unbroken(draft.subject)}</b></p>
    <p class="letter written">${unbroken(draft.body)}</p>
    <div class="buttons">
      <button class="action filled" @click=${() => does.asNew()}>${compose.asNew}</button>
      ${discarding}
    </div>
  </div>`;
}
