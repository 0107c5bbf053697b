import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PatientRecord, SourceView } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import type { SectionAnswer } from '../../record/source-status.ts';
import { SourceAskEvent } from '../events.ts';
import { kindMark, stateMark, type MarkState } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { markOf, mayAskAgain, statusInWords } from '../source-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { ledgerStyles } from './corridor-ledger.styles.ts';

/**
 * @summary The answer ledger: organisations by sections, a mark and a word in every cell, and "Ask again" for each row
 * that left a gap. Sensitive services are one sentence and no row, whether or not any exist (product.md, safety limit).
 * @event corridor-source-ask - The reader wants one source asked again.
 * @csspart table - The ledger.
 */
export class CorridorLedger extends LitElement {
  static override styles = [tokens, controls, markStyles, ledgerStyles];

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** The order of the columns, that of the way to the sections beside it; the record's own unless given. */
  @property({ attribute: false }) order: readonly SectionId[] | undefined;

  #row(view: SourceView, sections: readonly SectionId[], answers: Answers): TemplateResult {
    const { words } = this.around;
    const { source, status, entryCount } = view;
    const mark = markOf(status, entryCount);
    const took = status.state === 'waiting' ? undefined : words.ledger.took((status.tookMs / 1000).toFixed(1));
    return html`<tr class=${mark}>
      <th scope="row">
        <span class="org"
          >${kindMark(source.organisation.kind, words)}
          <span>${source.organisation.name}${source.home ? html` <em>${words.ledger.here}</em>` : nothing}</span></span
        >
      </th>
      <td class="state">
        <span class="line">${stateMark(mark)} <span>${statusInWords(status, words, entryCount)}</span></span>
        <span class="small">${words.sources.items(view.entryCount)}${took ? `, ${took}` : ''}</span>
        ${
          mayAskAgain(status)
            ? html`<button
                class="action"
                aria-label=${words.sources.askAgainOf(source.organisation.name)}
                @click=${() => this.dispatchEvent(new SourceAskEvent(source.id))}
              >
                ${words.sources.askAgain}
              </button>`
            : nothing
        }
      </td>
      ${sections.map((id) => this.#cell(id, answers.get(id)?.get(source.id), lacks(view, id, answers)))}
    </tr>`;
  }

  #cell(id: SectionId, answer: Cell | undefined, lacking: boolean): TemplateResult {
    const { words } = this.around;
    const state: MarkState = answer?.state ?? 'not-asked';
    const word = words.ledger.cells[answer?.state ?? (lacking ? 'not-offered' : 'not-asked')];
    const count = answer?.state === 'answered' || (answer?.count ?? 0) > 0 ? String(answer?.count ?? 0) : undefined;
    const marked = state !== 'answered' || count === undefined;
    return html`<td class="cell" data-section=${words.sections[id].short} title="${words.sections[id].short}: ${word}">
      ${marked ? stateMark(state) : nothing}${count ?? nothing}<span class="heard">${word}</span>
    </td>`;
  }

  #key(): TemplateResult {
    const { cells } = this.around.words.ledger;
    const states = [
      'nothing-held',
      'waiting',
      'withheld',
      'not-agreed',
      'late',
      'unavailable',
      'failed',
      'truncated',
      'not-asked',
    ] as const;
    return html`<p class="key">
      ${this.around.words.ledger.key} ${states.map((state) => html`<span>${stateMark(state)} ${cells[state]}</span>`)}
    </p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record } = this;
    const { words } = this.around;
    if (!record) return nothing;
    const held = record.sections.map((view) => view.id);
    const sections = this.order ? this.order.filter((id) => held.includes(id)) : held;
    const answers = answersOf(record);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.ledger.caption}>
        <table part="table">
          <caption class="heard">
            ${words.ledger.caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">${words.ledger.organisation}</th>
              <th scope="col">${words.ledger.state}</th>
              ${sections.map((id) => html`<th scope="col" class="upright"><span>${words.sections[id].short}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${record.sources.map((view) => this.#row(view, sections, answers))}
          </tbody>
        </table>
      </div>
      ${this.#key()}
      <p class="key">${words.ledger.sensitive} ${words.app.mayBeMissing}</p>`;
  }
}

/** A source that is known not to offer a section, or answered without it while others were asked for it. */
function lacks({ source, status }: SourceView, id: SectionId, answers: Answers): boolean {
  if (source.offers !== undefined && !source.offers.includes(id)) return true;
  return status.state === 'answered' && status.sections[id] === undefined && (answers.get(id)?.size ?? 0) > 0;
}

type Cell = SectionAnswer | { readonly state: 'waiting'; readonly count: number };
type Answers = ReadonlyMap<SectionId, ReadonlyMap<string, Cell>>;

function answersOf(record: PatientRecord): Answers {
  return new Map(
    record.sections.map((view) => [
      view.id,
      new Map(view.answers.map(({ source, answer }) => [source as string, answer])),
    ]),
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-ledger': CorridorLedger;
  }
}
