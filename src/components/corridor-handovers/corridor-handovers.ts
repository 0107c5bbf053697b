import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Handover, HandoverRecipient, Notice, Unheard } from '../../messages/handover.ts';
import { NOT_KNOWN, problemOf } from '../../messages/problem.ts';
import { readDate } from '../../record/fhir/date.ts';
import { handoverWords, type HandoverWords } from '../../words/handover-words.ts';
import { messageWords } from '../../words/message-words.ts';
import {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
  MessagesAskEvent,
  OriginSeekEvent,
} from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { inboxPerson } from '../conversations/person-line.ts';
import { correspondentInWords, organisationInWords } from '../conversations/thread-words.ts';
import { type HandoverLacks, lacksNotice, unheardNotice } from '../conversations/unheard-notice.ts';
import { instantInWords, momentInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { handoversStyles } from './corridor-handovers.styles.ts';
import { noticeLines } from './notice-lines.ts';
import { passOnTemplate, type Giving } from './pass-on.ts';
import { recipientLine } from './recipient-line.ts';

/** What was asked of one recipient's line, and how it went. */
type Doing = { readonly key: string; readonly act: 'acknowledge' | 'take' | 'reassign'; readonly said?: string };

/**
 * @summary Transitions of care that somebody has to take on: late ones first, each with who has acknowledged it and who
 * has not. Acknowledging is one press; it can be taken over, and passed on to another team, role or person.
 * @event corridor-handover-acknowledge - The reader acknowledges for a recipient. It stays at this element.
 * @event corridor-handover-act - The reader takes one over or passes it on. It stays at this element.
 * @event corridor-handover-targets - Those are needed whom one can be passed on to. It stays at this element.
 * @event corridor-origin-seek - The reader wants the letter. It stays at this element.
 * @event corridor-messages-ask - The reader wants the list asked for again.
 * @csspart handover - One handover.
 */
export class CorridorHandovers extends LitElement {
  static override styles = [tokens, controls, markStyles, conversationStyles, handoversStyles];

  /** Left out: they are on their way. */
  @property({ attribute: false }) handovers: readonly Handover[] | undefined;
  /** Sources that were not heard from: the list may lack what happened there. */
  @property({ attribute: false }) unheard: readonly Unheard[] = [];
  /** What the list lacks besides: what can’t be opened any more, whoever is not followed. */
  @property({ attribute: false }) lacks: HandoverLacks = {};
  /** What was told besides, that nobody must take on. */
  @property({ attribute: false }) notices: readonly Notice[] = [];
  /** There are more than are listed. */
  @property({ type: Boolean }) more = false;
  /** When they were last answered (ISO instant), where they have not been since. */
  @property() stale: string | undefined;
  @property() standing: 'here' | 'failed' | 'absent' = 'here';
  /** `person`: of the chart that is open. `team`: of a team, each with the person it is about. */
  @property() of: 'person' | 'team' = 'person';
  /** NHS number of the person whose chart is open: nobody acts on another's from there. Left out: no chart is. */
  @property({ attribute: false }) chart: string | undefined;
  /** Stands inside something that says what it is. */
  @property({ type: Boolean }) within = false;
  /** Nothing can be acknowledged from here, for it is nobody's chart any more. */
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  @state() private doing: Doing | undefined;
  @state() private giving: Giving | undefined;

  get #words(): HandoverWords {
    return handoverWords(this.around.words.language);
  }

  /** One act at a time; how it went is said at its line. */
  async #do(handover: Handover, address: string, act: Doing['act'], to?: string): Promise<void> {
    const key = keyOf(handover, address);
    if (this.locked || this.#going) return;
    this.doing = { key, act };
    const asked =
      act === 'acknowledge'
        ? new HandoverAcknowledgeEvent(handover, address)
        : new HandoverActEvent(handover, address, act, to);
    this.dispatchEvent(asked);
    try {
      if (!asked.answer) throw new Error('nobody does it');
      await asked.answer;
      this.doing = this.giving = undefined;
      await this.#toLine(key);
    } catch (error) {
      const { code } = problemOf(error);
      const say = messageWords(this.around.words.language);
      const said =
        code === 'handover.moved'
          ? this.#words.moved
          : code === NOT_KNOWN
            ? say.unknownSent
            : (say.problems[code] ?? say.problem);
      if (code === 'handover.moved') this.giving = undefined;
      this.doing = { key, act, said };
      if (document.activeElement === document.body) await this.#toLine(key);
    }
  }

  /** What was pressed may be gone, or was out of use meanwhile: whoever goes by keys stays at the line. */
  async #toLine(key: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)?.focus();
  }

  get #going(): boolean {
    return this.doing !== undefined && this.doing.said === undefined;
  }

  /** They are asked for when somebody is about to choose, and anew each time. */
  async #choose(handover: Handover, address: string): Promise<void> {
    const key = keyOf(handover, address);
    if (this.giving?.key === key) return void (this.giving = undefined);
    this.giving = { key };
    this.doing = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.giving')?.focus());
    const asked = new HandoverTargetsEvent(handover.id);
    this.dispatchEvent(asked);
    const targets = await (asked.answer ?? Promise.reject(new Error('nobody knows'))).catch(() => undefined);
    // They may have thought better of it, or be choosing for another line, by the time these come.
    const stillWanted = (): boolean => this.giving?.key === key;
    if (stillWanted()) this.giving = targets ? { key, targets } : { key, failed: true };
  }

  #passOn(handover: Handover, recipient: HandoverRecipient): TemplateResult | undefined {
    const { giving, around } = this;
    if (giving?.key !== keyOf(handover, recipient.address) || this.locked) return undefined;
    // Somebody was quicker: it is not this reader's to pass on any more.
    if (recipient.mayReassign !== true) return undefined;
    return passOnTemplate({
      ...{ handover, recipient, giving, around },
      going: this.#going,
      choose: (to) => (this.giving = { ...giving, to }),
      pass: (to) => void this.#do(handover, recipient.address, 'reassign', to),
      cancel: () => {
        this.giving = undefined;
        void this.#toLine(keyOf(handover, recipient.address));
      },
    });
  }

  #recipient(handover: Handover, recipient: HandoverRecipient, what: string): TemplateResult {
    const { address } = recipient;
    const { around } = this;
    // One act at a time: what would come to nothing can't be pressed.
    const locked = this.locked || this.#going;
    return recipientLine({
      ...{ handover, recipient, what, around, locked },
      doing: this.doing?.key === keyOf(handover, address) ? this.doing : undefined,
      giving: this.#passOn(handover, recipient),
      acknowledge: () => void this.#do(handover, address, 'acknowledge'),
      take: () => void this.#do(handover, address, 'take'),
      pass: () => void this.#choose(handover, address),
    });
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
    const where = organisationInWords(from, this.around.words);
    const what = `${words.kinds[kind]} ${words.from(where)}, ${when}`;
    return html`<li part="handover" class=${isLate(handover) ? 'late' : ''}>
      ${this.of === 'team' ? html`<p>${inboxPerson(handover.patient, this.around)}</p>` : nothing}
      <p class="what"><b>${words.kinds[kind]}</b> <span>${words.from(where)}</span> <span>${unbroken(when)}</span></p>
      ${
        withdrawnAt !== undefined
          ? html`<p class="notice">
              ${toneMark('information')} <span>${unbroken(words.withdrawn(at(withdrawnAt)))}</span>
            </p>`
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
      ${this.#isElsewhere(handover) ? html`<p class="small">${words.notHere}</p>` : nothing}
      ${
        escalations.length > 0
          ? html`<ul class="small escalations">
              ${escalations.map((one) => html`<li>${unbroken(words.escalated(at(one.at), correspondentInWords(one.to, this.around.words), words.reasons[one.rule] ?? one.words))}</li>`)}
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

  #isElsewhere({ patient, recipients, withdrawnAt }: Handover): boolean {
    if (this.chart === undefined || withdrawnAt !== undefined) return false;
    const elsewhere = patient.withheld === undefined && patient.nhsNumber !== this.chart;
    return elsewhere && recipients.some(({ state: stands }) => stands === 'waiting' || stands === 'late');
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
    const more = this.more ? html`<p class="small">${words.more}</p>` : nothing;
    if (handovers.length === 0) return html`<p class="quiet">${words.none}</p>`;
    return html`<ul class="list">
        ${repeat(
          [...handovers].sort((a, b) => urgencyOf(a) - urgencyOf(b) || (nextDue(a) < nextDue(b) ? -1 : 1)),
          ({ id }) => id,
          (handover) => this.#handover(handover),
        )}
      </ul>
      ${more}`;
  }

  #besides(): TemplateResult | typeof nothing {
    const { notices, handovers = [], of, around } = this;
    const seek = ({ source, resource }: Notice): void => void this.dispatchEvent(new OriginSeekEvent(source, resource));
    return this.handovers ? noticeLines({ notices, handovers, of, around, seek }) : nothing;
  }

  /** What it lacks, or may lack by now: said above the list and not after it. */
  #gaps(): TemplateResult {
    const { stale, around } = this;
    return html`${
      stale !== undefined && this.handovers
        ? html`<p class="notice caution" role="status">
            ${toneMark('caution')} <span>${unbroken(this.#words.staleSince(instantInWords(stale, around.words)))}</span>
          </p>`
        : nothing
    }${unheardNotice(this.unheard, around)}${lacksNotice(this.lacks, around)}`;
  }

  override render(): TemplateResult {
    const words = this.#words;
    if (this.within) return html`<div class="within">${this.#gaps()}${this.#body()}</div>`;
    return html`<section class="panel" aria-label=${words.heading}>
      <div class="head">
        <h2>${words.heading}</h2>
        ${this.handovers && this.handovers.length > 0 ? html`<span class="count">${words.count(this.handovers.length)}</span>` : nothing}
      </div>
      ${this.#gaps()} ${this.#body()} ${this.#besides()}
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
