import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Handover, Notice, Unheard } from '../../messages/handover.ts';
import type { Entry } from '../../record/entry.ts';
import { isBeforeDay, monthsBefore } from '../../record/fhir/date.ts';
import type { MedicineChange } from '../../record/medicine-changes.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { transitionsOf, type Transition } from '../../record/transitions.ts';
import { handoverWords, type HandoverWords } from '../../words/handover-words.ts';
import { absenceInWords } from '../absence.ts';
import {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
  MessagesAskEvent,
  OriginSeekEvent,
} from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { noticeLines } from '../corridor-handovers/notice-lines.ts';
import { dateInWords } from '../dates-in-words.ts';
import { RecordSeekEvent } from '../events.ts';
import { lineTemplate, plainLine, unbroken, whenOf, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import type { HandoverLacks } from '../conversations/unheard-notice.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { transitionsStyles } from './corridor-transitions.styles.ts';
import { handoverGaps } from './handover-gaps.ts';
import { isWaiting, matchHandovers } from './match-handovers.ts';
import { silentAbout } from './silent-about.ts';

/** As long as the headings of admissions and discharges show what is over (PRSB). */
const RECENT_MONTHS = 6;

/**
 * @summary Stays in hospital, newest first: when, what their own organisation recorded as stopped, altered and started,
 * beside what was recorded before, the letter, and who has taken it on. It shows and never decides.
 * @event corridor-record-seek - The reader wants one record where it stands.
 * @event corridor-origin-seek - The reader wants the letter of a handover. It stays at this element.
 * @event corridor-handover-acknowledge - The reader acknowledges for a recipient. It stays at this element.
 * @event corridor-handover-act - The reader takes a handover over or passes it on. It stays at this element.
 * @event corridor-handover-targets - The teams are needed that one can be passed on to. It stays at this element.
 * @event corridor-messages-ask - The reader wants handovers asked for again. It stays at this element.
 * @csspart transition - One stay.
 */
export class CorridorTransitions extends LitElement {
  static override styles = [tokens, controls, markStyles, conversationStyles, transitionsStyles];

  @property({ attribute: false }) record: PatientRecord | undefined;
  /** Left out: they are on their way, or there are none to be had. */
  @property({ attribute: false }) handovers: readonly Handover[] | undefined;
  /** What was told besides, that nobody must take on. */
  @property({ attribute: false }) notices: readonly Notice[] = [];
  /** Whose events could not be asked for. */
  @property({ attribute: false }) unheard: readonly Unheard[] = [];
  /** What the handovers lack besides: what can’t be opened any more, whoever is not followed. */
  @property({ attribute: false }) lacks: HandoverLacks = {};
  @property({ type: Boolean }) more = false;
  @property() standing: 'here' | 'failed' | 'absent' = 'here';
  /** When handovers were last answered (ISO instant), where they have not been since. */
  @property() stale: string | undefined;
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ attribute: false }) lineOf: LineOf = plainLine;

  #stays: readonly Transition[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('record')) this.#stays = this.record ? transitionsOf(this.record) : [];
  }

  get #words(): HandoverWords {
    return handoverWords(this.around.words.language);
  }

  /** The same event, at this element: it does not leave the one it was made at. */
  #again(event: HandoverAcknowledgeEvent | HandoverActEvent, handovers: readonly Handover[]): void {
    const handover = handovers.find(({ id }) => id === event.handover);
    if (!handover) return;
    const again =
      event instanceof HandoverActEvent
        ? new HandoverActEvent(handover, event.address, event.act, event.to)
        : new HandoverAcknowledgeEvent(handover, event.address);
    this.dispatchEvent(again);
    if (again.answer) event.respond(again.answer);
  }

  #targets(event: HandoverTargetsEvent): void {
    const again = new HandoverTargetsEvent(event.handover);
    this.dispatchEvent(again);
    if (again.answer) event.respond(again.answer);
  }

  #seek(entry: Entry): void {
    this.dispatchEvent(new RecordSeekEvent(entry.section, entry.id));
  }

  #change({ how, entry, before, disagrees }: MedicineChange): TemplateResult {
    const { around } = this;
    const words = this.#words.transitions;
    const line = this.lineOf(entry, around);
    const flags = disagrees ? [{ tone: 'caution' as const, word: words.disagrees }] : [];
    return html`<li>
      <span class="how">${words[how]}</span>
      <span class="line"
        >${lineTemplate(line, flags)}
        <button class="action quietly" @click=${() => this.#seek(entry)}>
          ${words.show}<span class="heard">: ${line.main}</span>
        </button>
        ${
          before && how !== 'started'
            ? html`<span class="before"
                >${unbroken(words.before(sourceName(before.origin.source, around), whenOf(before, around)))}:
                ${lineTemplate(this.lineOf(before, around), [])}</span
              >`
            : nothing
        }</span
      >
    </li>`;
  }

  #medicines({ organisation, changes, unchanged, kind }: Transition): TemplateResult | typeof nothing {
    const words = this.#words.transitions;
    if (organisation === undefined || kind === 'planned') return nothing;
    return html`<div>
      <h4>${words.changed(organisation)}</h4>
      ${
        changes.length > 0
          ? html`<ul class="changes">
              ${changes.map((change) => this.#change(change))}
            </ul>`
          : unchanged === 0
            ? html`<p class="small">${words.nothing(organisation)}</p>`
            : nothing
      }
      ${unchanged > 0 ? html`<p class="small">${words.unchanged(unchanged)}</p>` : nothing}
    </div>`;
  }

  #letters({ letters, kind }: Transition): TemplateResult | typeof nothing {
    const words = this.#words.transitions;
    if (kind === 'planned' || (kind === 'admission' && letters.length === 0)) return nothing;
    return html`<div>
      <h4>${words.letters}</h4>
      ${
        letters.length === 0
          ? html`<p class="small">${words.noLetter}</p>`
          : html`<ul class="letters">
              ${letters.map(
                (letter) =>
                  html`<li>
                    <button class="action quietly" @click=${() => this.#seek(letter)}>${letter.title}</button>
                    <span class="small"
                      >${sourceName(letter.origin.source, this.around)}, ${unbroken(whenOf(letter, this.around))}</span
                    >
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  }

  /** Of what is yet to come, and of what is long over, nobody is missed who was never asked. */
  #takenOn(stay: Transition, handovers: readonly Handover[]): TemplateResult | typeof nothing {
    const words = this.#words.transitions;
    const asked = handovers.length > 0 || (stay.kind !== 'planned' && this.#isRecent(stay));
    if (this.standing === 'absent' || !asked) return nothing;
    return html`<div>
      <h4>${words.takenOn}</h4>
      ${
        handovers.length > 0
          ? this.#list(handovers)
          : html`<p class="small">${this.standing === 'failed' ? words.handoversUnknown : words.nobodyAsked}</p>`
      }
    </div>`;
  }

  #list(handovers: readonly Handover[]): TemplateResult {
    return html`<corridor-handovers
      within
      .handovers=${handovers}
      .around=${this.around}
      .locked=${this.locked}
      @corridor-handover-acknowledge=${(event: HandoverAcknowledgeEvent) => this.#again(event, handovers)}
      @corridor-handover-act=${(event: HandoverActEvent) => this.#again(event, handovers)}
      @corridor-handover-targets=${(event: HandoverTargetsEvent) => this.#targets(event)}
      @corridor-origin-seek=${({ source, resource }: OriginSeekEvent) =>
        this.dispatchEvent(new OriginSeekEvent(source, resource))}
    ></corridor-handovers>`;
  }

  #when({ kind, start, end, date, entry }: Transition): string {
    const { words } = this.around;
    const say = this.#words.transitions;
    if (!date) return words.fact.dateNotKnown;
    if (kind === 'planned') return say.plannedFor(dateInWords(start ?? date, words));
    // The day of a letter is said to be that; it never reads like the day of leaving.
    return start ? say.stay(dateInWords(start, words), end && dateInWords(end, words)) : whenOf(entry, this.around);
  }

  #isRecent({ date }: Transition): boolean {
    const { today } = this.around;
    return today === '' || date === undefined || !isBeforeDay(date, monthsBefore(today, RECENT_MONTHS));
  }

  #stay(stay: Transition, handovers: readonly Handover[]): TemplateResult {
    const { around } = this;
    const words = this.#words.transitions;
    const { kind, organisation, cameFrom, specialty, to, reasons, entry } = stay;
    const where =
      organisation === undefined
        ? words.keptBy(sourceName(entry.origin.source, around))
        : cameFrom === undefined
          ? organisation
          : words.fromTo(cameFrom, organisation);
    const head = [where, specialty, to === undefined ? undefined : words.to(to)].filter((part) => part !== undefined);
    return html`<li part="transition">
      <div class="what">
        <h3>${words.kinds[kind]} — ${head.join(' — ')}</h3>
        <span class="when">${unbroken(this.#when(stay))}</span>
      </div>
      ${reasons.length > 0 ? html`<p>${unbroken(reasons.join('; '))}</p>` : nothing}
      <div class="parts">
        ${this.#medicines(stay)}
        <div class="beside">${this.#letters(stay)} ${this.#takenOn(stay, handovers)}</div>
      </div>
    </li>`;
  }

  #none(record: PatientRecord): TemplateResult {
    const view = record.sections.find(({ id }) => id === 'admissions');
    const words = this.#words.transitions;
    const missing = record.completeness.waiting + record.completeness.gaps > 0;
    return html`<p class="quiet">
      ${missing ? words.noneSoFar : words.none} ${view && missing ? absenceInWords(view, this.around.words) : nothing}
    </p>`;
  }

  /** What is over for long and asks nothing of anybody is behind one line. */
  #stayList(of: ReadonlyMap<string, readonly Handover[]>): TemplateResult {
    const near = this.#stays.filter((stay) => of.has(stay.id) || this.#isRecent(stay));
    const older = this.#stays.filter((stay) => !near.includes(stay));
    const list = (stays: readonly Transition[]): TemplateResult =>
      html`<ul class="stays">
        ${stays.map((stay) => this.#stay(stay, of.get(stay.id) ?? []))}
      </ul>`;
    return html`${near.length > 0 ? list(near) : nothing}
    ${
      older.length > 0
        ? html`<details ?open=${near.length === 0}>
            <summary>${this.#words.transitions.older(older.length)}</summary>
            ${list(older)}
          </details>`
        : nothing
    }`;
  }

  #outside(others: readonly Handover[]): TemplateResult | typeof nothing {
    if (others.length === 0) return nothing;
    return html`<div class="outside">
      <h3>${this.#words.transitions.others}</h3>
      ${this.#list(others)}
    </div>`;
  }

  #besides(): TemplateResult | typeof nothing {
    const { notices, handovers = [], around } = this;
    const seek = ({ source, resource }: Notice): void => void this.dispatchEvent(new OriginSeekEvent(source, resource));
    return noticeLines({ notices, handovers, of: 'person', around, seek });
  }

  override render(): TemplateResult | typeof nothing {
    const { record } = this;
    if (!record) return nothing;
    const words = this.#words.transitions;
    const { of, others } = matchHandovers(this.#stays, this.handovers ?? []);
    // Whoever comes to act finds first what waits for somebody.
    const [waiting, done] = [others.filter(isWaiting), others.filter((one) => !isWaiting(one))];
    const silent = silentAbout(record, this.around);
    return html`<section class="panel" aria-label=${words.heading}>
      <div class="head"><h2>${words.heading}</h2></div>
      <p class="small only">${words.only}</p>
      ${handoverGaps(this, () => this.dispatchEvent(new MessagesAskEvent()))} ${this.#outside(waiting)}
      ${
        silent && this.#stays.length > 0
          ? html`<p class="notice caution">${toneMark('caution')} <span>${words.silent(silent)}</span></p>`
          : nothing
      }
      ${this.#stays.length === 0 ? this.#none(record) : this.#stayList(of)} ${this.#outside(done)} ${this.#besides()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-transitions': CorridorTransitions;
  }
}
