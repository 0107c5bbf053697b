import { css, html, LitElement, type nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Entry } from '../record/entry.ts';
import type { SectionView } from '../record/patient-record.ts';
import { splitInSteps } from '../record/split-by-window.ts';
import { betweenTasks } from './between-tasks.ts';
import type { SectionForm } from './corridor-section/corridor-section.ts';
import { plainLine, type LineOf } from './line.ts';
import { NO_SURROUNDINGS, type Surroundings } from './surroundings.ts';

export const sectionHost = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  corridor-section > corridor-fact {
    border-block-start: 1px solid var(--_hairline);
  }
`;

const LONG = 400;
/** What is drawn for the first time comes at once where it can: coming later it would push down what stands under it. */
const LONG_AT_FIRST = 2_000;

/**
 * What every section element is: its facts, line by line, in the common frame. What differs between sections is how one
 * entry reads and how many lines a snapshot shows; a section with a body of its own renders itself.
 *
 * @event corridor-section-open - The reader wants the section in full.
 * @event corridor-arrivals-show - The reader wants the new items shown.
 * @event corridor-record-seek - The reader wants one record where it stands.
 * @event corridor-fact-split - The reader split a fact into its records, or put it together again.
 * @event corridor-document-open - A document is wanted.
 * @event corridor-document-take - A document leaves the view, as a file or on paper.
 */
export class SectionElement<E extends Entry = Entry> extends LitElement {
  static override styles = [sectionHost];
  /** How one entry reads; also asked where sections meet, in a disagreement. */
  static readonly lineOf: LineOf = plainLine;
  /** Lines in the snapshot. */
  static readonly limit: number = 6;

  @property({ attribute: false }) view: SectionView<E> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  /** Items that have arrived and wait to be shown. */
  @property({ type: Number }) held = 0;

  /** What a long section has to find out before it can be drawn, in steps between which others may run. */
  protected *prepare(): Generator<undefined, void> {
    if (this.view) yield* splitInSteps(this.view, this.around.today);
  }

  /** A long section takes turns of its own: the page must not stand still for several (safety H32). */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const long = this.hasUpdated ? LONG : LONG_AT_FIRST;
    if ((this.view?.facts.length ?? 0) < long) return super.scheduleUpdate();
    return this.#prepared();
  }

  async #prepared(): Promise<void> {
    let view: typeof this.view;
    while (view !== this.view) {
      view = this.view;
      await betweenTasks(this.prepare());
    }
    await super.scheduleUpdate();
  }

  override render(): TemplateResult | typeof nothing {
    const { lineOf, limit } = this.constructor as typeof SectionElement;
    return html`<corridor-section
      .view=${this.view}
      .around=${this.around}
      .lineOf=${lineOf}
      .form=${this.form}
      .held=${this.held}
      .limit=${limit}
    ></corridor-section>`;
  }
}
