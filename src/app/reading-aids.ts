import { html, nothing, type TemplateResult } from 'lit';
import type { FactKey } from '../record/fact.ts';
import { NO_QUERY } from '../record/find.ts';
import type { PatientRecord, SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { LookMemory } from '../stream/last-look.ts';
import type { Freshness, Surroundings } from '../components/surroundings.ts';
import { Finding } from './finding.ts';
import { NewSince } from './new-since.ts';
import type { Words } from '../words/words.ts';
import { ownOrderWords } from '../words/own-order.ts';
import { OwnOrder } from './own-order.ts';
import type { Body } from './record-body.ts';

export { aidStyles } from './reading-aids.styles.ts';

/**
 * What helps to read a record that is on the screen: finding, and what is new. It comes after the first sight, and its
 * row in the head of the record keeps its room until then.
 */
export class ReadingAids {
  readonly #finding: Finding;
  readonly #changed: () => void;
  readonly #order: OwnOrder;
  #since: NewSince | undefined;
  #memory: (() => Promise<LookMemory>) | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#finding = new Finding(changed);
    this.#order = new OwnOrder(changed);
  }

  /** What is drawn now. `whole`: every source has ended, and all that came is drawn. */
  see(
    record: PatientRecord,
    around: Surroundings,
    whole: boolean,
    memory: (() => Promise<LookMemory>) | undefined,
  ): void {
    this.#finding.see(record, around);
    if (memory !== this.#memory) {
      this.#memory = memory;
      this.#since?.forget();
      this.#since = memory && new NewSince(memory, this.#changed);
    }
    this.#since?.see(record, whole);
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
    this.#since?.forget();
    this.#since = this.#memory = undefined;
  }

  barTemplate(record: PatientRecord, around: Surroundings): TemplateResult {
    const only = (keys: ReadonlySet<FactKey>): void => this.#finding.ask({ ...NO_QUERY, only: keys });
    const since = this.#since && !this.busy ? this.#since.barTemplate(around, only) : nothing;
    return html`<div class="tool since" role="status">${since}</div>
      <div class="tool find">${this.#finding.barTemplate(record, around)}</div>`;
  }

  bodyTemplate(body: Body, role: readonly SectionId[]): TemplateResult | undefined {
    if (this.#order.open) return this.#order.template(role, body.around.words);
    return this.#finding.bodyTemplate(body);
  }
}
