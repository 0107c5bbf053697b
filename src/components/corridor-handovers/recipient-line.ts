import { html, nothing, type TemplateResult } from 'lit';
import type { Handover, HandoverRecipient } from '../../messages/handover.ts';
import { handoverWords } from '../../words/handover-words.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { stateMark, toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownerInWords } from './who-in-words.ts';

export type RecipientLine = {
  readonly handover: Handover;
  readonly recipient: HandoverRecipient;
  /** Which handover, for a reader who hears its buttons. */
  readonly what: string;
  readonly around: Surroundings;
  readonly locked: boolean;
  /** An act of this line is under way; with `said`, it failed. */
  readonly doing: { readonly act: string; readonly said?: string } | undefined;
  /** Where somebody is being chosen. */
  readonly giving: TemplateResult | undefined;
  acknowledge(): void;
  take(): void;
  pass(): void;
};

/** Who was asked, how it stands with them, and what this reader can do about it. */
export function recipientLine(line: RecipientLine): TemplateResult {
  const { handover, recipient, what, around, doing, giving } = line;
  const words = handoverWords(around.words.language);
  const { state: stands, team, person, mayAcknowledge, mayTake, mayReassign, passedTo } = recipient;
  const going = doing !== undefined && doing.said === undefined;
  const off = line.locked || going;
  const heard = html`<span class="heard"
    >: ${what}, ${team === '' || person !== undefined ? correspondentInWords(recipient, around.words) : team}</span
  >`;
  const acts = handover.withdrawnAt === undefined && (mayAcknowledge || mayTake === true || mayReassign === true);
  return html`<li tabindex="-1" data-line="${handover.id} ${recipient.address}">
    ${markOf(stands)}
    <span class="who"
      >${correspondentInWords(recipient, around.words)} — <b>${words.states[stands]}</b>
      <span class="small">${unbroken(detailOf(recipient, around))}</span></span
    >
    ${
      acts
        ? html`<span class="acts">
            ${
              mayAcknowledge
                ? html`<button class="action filled" ?disabled=${off} @click=${() => line.acknowledge()}>
                    ${going && doing.act === 'acknowledge' ? words.acknowledging : words.acknowledge}${heard}
                  </button>`
                : nothing
            }
            ${
              mayTake === true
                ? html`<button class="action" ?disabled=${off} @click=${() => line.take()}>
                    ${going && doing.act === 'take' ? words.doing : passedTo ? words.takeBack : words.take}${heard}
                  </button>`
                : nothing
            }
            ${
              mayReassign === true
                ? html`<button
                    class="action"
                    ?disabled=${off}
                    aria-expanded=${giving !== undefined}
                    @click=${() => line.pass()}
                  >
                    ${words.pass}${heard}
                  </button>`
                : nothing
            }
          </span>`
        : nothing
    }
    <span role="alert" class="small">${doing?.said ?? nothing}</span>
    ${giving ?? nothing}
  </li>`;
}

function markOf(stands: HandoverRecipient['state']): TemplateResult {
  if (stands === 'acknowledged') return toneMark('ok');
  if (stands === 'late') return toneMark('caution');
  return stands === 'waiting' ? stateMark('waiting') : toneMark('information');
}

function detailOf({ owner, passedTo, state: stands, dueAt }: HandoverRecipient, around: Surroundings): string {
  const words = handoverWords(around.words.language);
  const at = (iso: string): string => instantInWords(iso, around.words);
  const said: string[] = [];
  if (owner)
    said.push(
      owner.name === ''
        ? `${words.somebody}, ${at(owner.since)}`
        : words.acknowledged(owner.name, owner.team, at(owner.since)),
    );
  if (passedTo) {
    const to = correspondentInWords(passedTo, around.words);
    if (owner) said.push(words.until(ownerInWords(owner, words), to));
    else said.push(words.passed(to, ownerInWords(passedTo.by, words), at(passedTo.by.since)));
  } else if (!owner) said.push(stands === 'late' ? words.late(at(dueAt)) : words.waiting(at(dueAt)));
  return said.join('. ');
}
