import { html, nothing, type TemplateResult } from 'lit';
import type { FactKey } from '../record/fact.ts';
import { NO_QUERY } from '../record/find.ts';
import type { PatientRecord, SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { LookMemory } from '../stream/last-look.ts';
import { nextFrame } from '../stream/next-frame.ts';
import type { Freshness, Hung, Surroundings } from '../components/surroundings.ts';
import { answerLater } from './answer-later.ts';
import type { CorridorRecord } from './corridor-record.ts';
import { Finding } from './finding.ts';
import { Meanwhile } from './meanwhile.ts';
import type { TalkDesk } from './messaging/talk-desk.ts';
import { isTalk } from './messaging/talk-places.ts';
import { isPicture } from './picture-places.ts';
import { NewSince } from './new-since.ts';
import type { Words } from '../words/words.ts';
import { ownOrderWords } from '../words/own-order.ts';
import { OwnOrder } from './own-order.ts';
import type { Body } from './record-body.ts';
import { Standing } from './standing.ts';

export { aidStyles } from './reading-aids.styles.ts';

type AidsHost = HTMLElement &
  Pick<
    CorridorRecord,
    | 'requestUpdate'
    | 'updateComplete'
    | 'renderRoot'
    | 'addController'
    | 'removeController'
    | 'talk'
    | 'looks'
    | 'place'
  >;

/**
 * What helps to read a record that is on the screen: finding, what is new, and what is said about it. It comes after the first sight, and its
 * row in the head of the record keeps its room until then.
 */
export class ReadingAids {
  readonly #finding: Finding;
  readonly #changed: () => void;
  readonly #order: OwnOrder;
  readonly #standing: Standing;
  readonly #meanwhile: Meanwhile;
  #since: NewSince | undefined;
  #memory: (() => Promise<LookMemory>) | undefined;
  readonly #host: AidsHost;
  readonly #looks: (() => Promise<LookMemory>) | undefined;
  #desk: TalkDesk | undefined;
  /** The lines are on the screen: what helps to read them comes after them, into the room that is kept for it. */
  #painted = false;
  #deskOf = '';

  constructor(host: AidsHost) {
    this.#host = host;
    const changed = (): void => host.requestUpdate();
    this.#looks = host.talk && answerLater(host, host.talk).looks;
    this.#changed = changed;
    this.#finding = new Finding(changed);
    this.#order = new OwnOrder(changed);
    this.#standing = new Standing(host);
    nextFrame(() =>
      setTimeout(() => {
        this.#painted = true;
        changed();
      }, 0),
    );
    this.#meanwhile = new Meanwhile(host);
  }

  /** What is drawn now, and what has arrived. Gives what is drawn with who has answered by now. */
  see(record: PatientRecord, around: Surroundings, latest: PatientRecord): PatientRecord {
    const memory = this.#host.looks ?? this.#looks;
    this.#finding.see(record, around);
    if (memory !== this.#memory) {
      this.#memory = memory;
      this.#since?.forget();
      this.#since = memory && new NewSince(memory, this.#changed);
    }
    // Every source has ended, and all that came is drawn.
    this.#since?.see(record, latest === record && record.completeness.settled);
    void this.#bringDesk(record.patient.nhsNumber);
    // What is compared and drawn over time speaks of who is missing from it, and so by what was drawn.
    const { place } = this.#host;
    return isPicture(place) || isTalk(place) ? record : this.#meanwhile.of(record, latest);
  }

  /** Conversations: after everything that reading needs. */
  async #bringDesk(nhsNumber: string): Promise<void> {
    const { talk } = this.#host;
    if (!talk || this.#deskOf === nhsNumber) return;
    this.#deskOf = nhsNumber;
    try {
      const { dockStyles, TalkDesk: Desk } = await import('./messaging/talk-desk.ts');
      if (this.#deskOf !== nhsNumber) return;
      const { renderRoot } = this.#host;
      const { styleSheet } = dockStyles;
      if (renderRoot instanceof ShadowRoot && styleSheet && !renderRoot.adoptedStyleSheets.includes(styleSheet))
        renderRoot.adoptedStyleSheets.push(styleSheet);
      this.#desk = new Desk(talk, nhsNumber, this.#host);
      this.#changed();
    } catch {
      // It is asked for again when the record is drawn again; until then there are no marks, and the place says that it waits.
      this.#deskOf = '';
    }
  }

  /** What conversations add to lines. `still`: nothing may come or go under the reader's hand. */
  hung(still: boolean): Hung | undefined {
    return this.#desk?.hung(still);
  }

  talkBadge(words: Words): unknown {
    return this.#desk?.badge(words) ?? '';
  }

  /** What is being written, over the page at its foot. */
  dock(record: PatientRecord, around: Surroundings, place: string): unknown {
    return this.#desk?.dock(record, around, place);
  }

  /** How facts differ from what this reader saw the last time. */
  get fresh(): ReadonlyMap<FactKey, Freshness> | undefined {
    return this.#since?.fresh;
  }

  /** The reader is in the middle of something that arrivals must not move. */
  get busy(): boolean {
    return this.#finding.active || this.#order.open;
  }

  /** The reader goes to a part of the record: what was looked for no longer stands in its place. */
  leave(): void {
    this.#finding.clear();
    if (this.#order.open) this.#order.toggle(false);
  }

  /** The order of a role as this reader has changed it. */
  order(role: readonly SectionId[]): readonly SectionId[] {
    return this.#order.of(role);
  }

  /** How many of a section are new to this reader, as a mark beside its count in the rail. */
  badge({ facts }: SectionView, words: Words): TemplateResult | typeof nothing {
    const fresh = this.fresh;
    const count = fresh ? facts.filter(({ key }) => fresh.has(key)).length : 0;
    if (count === 0) return nothing;
    const said = ownOrderWords(words.language).isNew(count);
    return html`<span class="fresh" title=${said}
      ><span aria-hidden="true">+${count}</span><span class="heard">${said}</span></span
    > `;
  }

  /** How many sections of this picture stand now, where all are wanted. */
  standing(place: string, picture: number, { length }: readonly SectionId[]): number {
    return this.#standing.of(`${place} ${String(picture)}`, length);
  }

  /** What stands at the end of the rail. */
  railTemplate(words: Words): TemplateResult {
    return html`<button
      class="tab"
      aria-expanded=${this.#order.open}
      @click=${() => this.#order.toggle(!this.#order.open)}
    >
      <span>${ownOrderWords(words.language).open}</span>
    </button>`;
  }

  /** Whether Escape had something to do here. */
  escape(): boolean {
    const { busy } = this;
    this.leave();
    return busy;
  }

  forget(): void {
    this.#finding.forget();
    this.#meanwhile.forget();
    this.#since?.forget();
    this.#since = this.#memory = undefined;
    this.#desk?.stop();
    this.#desk = undefined;
    this.#deskOf = '';
  }

  barTemplate(record: PatientRecord, around: Surroundings): TemplateResult | typeof nothing {
    if (!this.#painted) return nothing;
    const only = (keys: ReadonlySet<FactKey>): void => this.#finding.ask({ ...NO_QUERY, only: keys });
    const since = this.#since && !this.busy ? this.#since.barTemplate(around, only) : nothing;
    return html`<div class="tool since" role="status">${since}</div>
      <div class="tool find">${this.#finding.barTemplate(record, around)}</div>`;
  }

  bodyTemplate(body: Body, role: readonly SectionId[]): TemplateResult | undefined {
    if (this.#order.open) return this.#order.template(role, body.around.words);
    const found = this.#finding.bodyTemplate(body);
    return found ?? (isTalk(body.place) ? this.#desk?.body(body.place, body.record, body.around) : undefined);
  }
}
