import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Handover, HandoverRecipient, Unheard } from '../../messages/handover.ts';
import { NOT_KNOWN, problemOf } from '../../messages/problem.ts';
import { readDate } from '../../record/fhir/date.ts';
import { handoverWords, type HandoverWords } from '../../words/handover-words.ts';
import { messageWords } from '../../words/message-words.ts';
import { HandoverAcknowledgeEvent, MessagesAskEvent, OriginSeekEvent } from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { inboxPerson } from '../conversations/person-line.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';
import { instantInWords, momentInWords } from '../dates-in-words.ts';
import { stateMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** What was asked of one recipient's line, and how it went. */
type Doing = { readonly key: string; readonly said?: string };

/**
 * @summary Transitions of care that somebody has to take on: late ones first, each with who has acknowledged it and who
 * has not. Acknowledging is one press.
 * @event corridor-handover-acknowledge - The reader acknowledges for a recipient. It stays at this element.
 * @event corridor-origin-seek - The reader wants the letter. It stays at this element.
 * @event corridor-messages-ask - The reader wants the list asked for again.
 * @csspart handover - One handover.
 */
export class CorridorHandovers extends LitElement {
  static override styles = [
    tokens,
    controls,
    markStyles,
    conversationStyles,
    css`
      .list,
      .recipients {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .list > li {
        border-block-start: 1px solid var(--_hairline);
        display: grid;
        gap: 4px;
        padding-block: 8px;
      }
      .within .list > li:first-child {
        border-block-start: 0;
        padding-block-start: 0;
      }
      .what {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
      }
      .what b {
        font-weight: 700;
      }
      .recipients {
        border-inline-start: 3px solid var(--_hairline);
        padding-inline-start: 9px;
      }
      .late > .recipients {
        border-color: var(--_caution);
      }
      .recipients li {
        align-items: center;
        display: grid;
        gap: 0 10px;
        grid-template-columns: 1.2em minmax(0, 1fr) auto;
        min-block-size: var(--_row);
        padding-block: 2px;
      }
      .recipients .action {
        padding-inline: 12px;
      }
      .who {
        overflow-wrap: anywhere;
      }
      .escalations {
        margin: 0;
        padding-inline-start: 1.2em;
      }
      @container (max-width: 419px) {
        .recipients li {
          grid-template-columns: 1.2em minmax(0, 1fr);
        }
        .recipients .action {
          grid-column: 2;
          justify-self: start;
        }
      }
      @media print {
        .recipients .action {
          display: none;
        }
      }
    `,
  ];

  /** Left out: they are on their way. */
  @property({ attribute: false }) handovers: readonly Handover[] | undefined;
  /** Sources that were not heard from: the list may lack what happened there. */
  @property({ attribute: false }) unheard: readonly Unheard[] = [];
  @property() standing: 'here' | 'failed' | 'absent' = 'here';
  /** `person`: of the chart that is open. `team`: of a team, each with the person it is about. */
  @property() of: 'person' | 'team' = 'person';
  /** Stands inside something that says what it is. */
  @property({ type: Boolean }) within = false;
  /** Nothing can be acknowledged from here, for it is nobody's chart any more. */
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  @state() private doing: Doing | undefined;

  get #words(): HandoverWords {
    return handoverWords(this.around.words.language);
  }

  async #acknowledge(handover: Handover, { address }: HandoverRecipient): Promise<void> {
    const key = keyOf(handover, address);
    if (this.locked || (this.doing && this.doing.said === undefined)) return;
    this.doing = { key };
    const asked = new HandoverAcknowledgeEvent(handover, address);
    this.dispatchEvent(asked);
    try {
      if (!asked.answer) throw new Error('nobody does it');
      await asked.answer;
      this.doing = undefined;
    } catch (error) {
      const { code } = problemOf(error);
      const say = messageWords(this.around.words.language);
      const said =
        code === 'handover.moved'
          ? this.#words.moved
          : code === NOT_KNOWN
            ? say.unknownSent
            : (say.problems[code] ?? say.problem);
      this.doing = { key, said };
    }
  }

  #recipient(handover: Handover, recipient: HandoverRecipient, what: string): TemplateResult {
    const words = this.#words;
    const { state: stands, owner, dueAt, organisation, team, address } = recipient;
    const at = (iso: string): string => instantInWords(iso, this.around.words);
    const mine = this.doing?.key === keyOf(handover, address) ? this.doing : undefined;
    const mark =
      stands === 'acknowledged' ? toneMark('ok') : stands === 'late' ? toneMark('caution') : stateMark('waiting');
    const detail = owner
      ? words.acknowledged(owner.name, owner.team, at(owner.since))
      : stands === 'late'
        ? words.late(at(dueAt))
        : words.waiting(at(dueAt));
    return html`<li>
      ${mark}
      <span class="who"
        >${correspondentInWords({ address, organisation, team })} — <b>${words.states[stands]}</b>
        <span class="small">${detail}</span></span
      >
      ${
        recipient.mayAcknowledge && stands !== 'acknowledged' && handover.withdrawnAt === undefined
          ? html`<button
              class="action filled"
              ?disabled=${this.locked || (mine !== undefined && mine.said === undefined)}
              @click=${() => void this.#acknowledge(handover, recipient)}
            >
              ${mine && mine.said === undefined ? words.acknowledging : words.acknowledge}<span class="heard"
                >: ${what}, ${team}</span
              >
            </button>`
          : nothing
      }
      <span role="alert" class="small">${mine?.said ?? nothing}</span>
    </li>`;
  }

  #happened({ happened }: Handover): string {
    const date = readDate(happened);
    return date ? momentInWords(date, this.around.words) : this.#words.notDated;
  }

  #handover(handover: Handover): TemplateResult {
    const words = this.#words;
    const { kind, from, letter, recipients, onLeadsList, escalations, withdrawnAt } = handover;
    const at = (iso: string): string => instantInWords(iso, this.around.words);
    const when = this.#happened(handover);
    const what = `${words.kinds[kind]} ${words.from(from.name)}, ${when}`;
    return html`<li part="handover" class=${isLate(handover) ? 'late' : ''}>
      ${this.of === 'team' ? html`<p>${inboxPerson(handover.patient, this.around)}</p>` : nothing}
      <p class="what"><b>${words.kinds[kind]}</b> <span>${words.from(from.name)}</span> <span>${when}</span></p>
      ${
        withdrawnAt !== undefined
          ? html`<p class="notice">${toneMark('information')} <span>${words.withdrawn(at(withdrawnAt))}</span></p>`
          : nothing
      }
      ${
        onLeadsList
          ? html`<p class="notice caution">${toneMark('caution')} <span>${words.onLeadsList}</span></p>`
          : nothing
      }
      <ul class="recipients">
        ${recipients.map((one) => this.#recipient(handover, one, what))}
      </ul>
      ${
        escalations.length > 0
          ? html`<ul class="small escalations">
              ${escalations.map((one) => html`<li>${words.escalated(at(one.at), correspondentInWords(one.to), one.words)}</li>`)}
            </ul>`
          : nothing
      }
      ${
        letter
          ? this.of === 'team'
            ? nothing
            : html`<p>
                <button
                  class="action"
                  @click=${() => this.dispatchEvent(new OriginSeekEvent(letter.source, letter.resource))}
                >
                  ${words.letter}<span class="heard">: ${what}</span>
                </button>
              </p>`
          : html`<p class="small">${words.noLetter}</p>`
      }
    </li>`;
  }

  #body(): TemplateResult {
    const words = this.#words;
    const { handovers } = this;
    if (!handovers)
      return this.standing === 'failed'
        ? html`<p class="notice caution" role="alert">
            ${toneMark('caution')} <span>${words.notLoaded}</span>
            <button class="action" @click=${() => this.dispatchEvent(new MessagesAskEvent())}>
              ${messageWords(this.around.words.language).askAgain}
            </button>
          </p>`
        : html`<p class="quiet" role="status">${words.loading}</p>`;
    if (handovers.length === 0) return html`<p class="quiet">${words.none}</p>`;
    return html`<ul class="list">
      ${repeat(
        [...handovers].sort((a, b) => urgencyOf(a) - urgencyOf(b) || (nextDue(a) < nextDue(b) ? -1 : 1)),
        ({ id }) => id,
        (handover) => this.#handover(handover),
      )}
    </ul>`;
  }

  override render(): TemplateResult {
    const words = this.#words;
    const unheard = this.unheard.map(({ organisation }) => organisation.name);
    const silent =
      unheard.length > 0
        ? html`<p class="notice caution">
            ${toneMark('caution')} <span>${words.unheard([...new Set(unheard)].join(', '))}</span>
          </p>`
        : nothing;
    if (this.within) return html`<div class="within">${silent}${this.#body()}</div>`;
    return html`<section class="panel" aria-label=${words.heading}>
      <div class="head">
        <h2>${words.heading}</h2>
        ${this.handovers && this.handovers.length > 0 ? html`<span class="count">${words.count(this.handovers.length)}</span>` : nothing}
      </div>
      ${silent} ${this.#body()}
    </section>`;
  }
}

function keyOf({ id }: Handover, address: string): string {
  return `${id} ${address}`;
}

function isLate({ recipients, onLeadsList }: Handover): boolean {
  return onLeadsList || recipients.some(({ state: stands }) => stands === 'late');
}

/** Late first, then what waits, then what is done or taken back. */
function urgencyOf(handover: Handover): number {
  if (handover.withdrawnAt !== undefined) return 3;
  if (isLate(handover)) return handover.onLeadsList ? 0 : 0.5;
  return handover.recipients.every(({ state: stands }) => stands === 'acknowledged') ? 2 : 1;
}

/** When somebody should have taken it on next. */
function nextDue({ recipients }: Handover): string {
  return recipients
    .filter(({ state: stands }) => stands !== 'acknowledged')
    .map(({ dueAt }) => dueAt)
    .reduce((first, at) => (first !== '' && first <= at ? first : at), '');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-handovers': CorridorHandovers;
  }
}
