import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { takenUpAgain, type Draft, type DraftBinding, type DraftStanding } from '../../messages/draft.ts';
import type { Thread } from '../../messages/thread.ts';
import type { Patient } from '../../record/patient.ts';
import { messageWords } from '../../words/message-words.ts';
import { personLine } from '../conversations/person-line.ts';
import { correspondentInWords, otherSide } from '../conversations/thread-words.ts';
import { toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';

export type Reply = {
  readonly draft: Draft;
  readonly thread: Thread;
  readonly standing: DraftStanding;
  readonly binding: DraftBinding | undefined;
  readonly around: Surroundings;
  readonly patient: Patient | undefined;
  /** Somebody wrote meanwhile, and the writer has been told. */
  readonly moved: boolean;
  /** An act is under way, in this conversation or another: nothing else can be sent. */
  readonly going: boolean;
  /** It is this answer that is under way. */
  readonly sending: boolean;
  change(draft: Draft): void;
  drop(): void;
  send(draft: Draft): void;
};

/** An answer, with the person it is about and whom it goes to right above what sends it (safety H29). */
export function replyTemplate(reply: Reply): TemplateResult {
  const { draft, thread, standing, around, patient, moved, going, sending } = reply;
  const words = messageWords(around.words.language);
  if (standing === 'locked')
    return html`<p class="notice caution" role="status">
      ${toneMark('withheld')} <span>${words.compose.another}</span>
    </p>`;
  const to = otherSide(thread, around)
    .map((who) => correspondentInWords(who, around.words))
    .join(' · ');
  const returned = standing === 'returned';
  const again = (): void => (reply.binding ? reply.change(takenUpAgain(draft, reply.binding)) : undefined);
  return html`<div class="reply">
    <label for="answer">${words.reply}</label>
    <textarea
      id="answer"
      maxlength="10000"
      ?readonly=${returned || sending}
      .value=${live(draft.body)}
      @input=${(event: Event) => reply.change({ ...draft, body: (event.target as HTMLTextAreaElement).value })}
    ></textarea>
    <p class="goes">
      ${words.replyTo(to)}<br />${patient ? html`${words.about} ${personLine(patient, around)}` : nothing}
    </p>
    ${
      returned
        ? html`<p class="notice caution" role="status">
            ${toneMark('caution')} <span>${words.compose.returned}</span>
          </p>`
        : nothing
    }
    <div class="buttons">
      ${
        returned
          ? html`<button class="action filled" @click=${again}>${words.compose.resume}</button>`
          : html`<button
              class="action filled"
              ?disabled=${going || draft.body.trim() === ''}
              @click=${() => reply.send(draft)}
            >
              ${sending ? words.doing : moved ? words.sendReplyToo : words.sendReply}
            </button>`
      }
      <button class="action" ?disabled=${sending} @click=${() => reply.drop()}>${words.discardReply}</button>
    </div>
  </div>`;
}
