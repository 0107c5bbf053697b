import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PatientRecord } from '../../record/patient-record.ts';
import {
  reconcile,
  type MedicineRow,
  type Reconciliation,
  type ReconciliationColumn,
} from '../../record/reconciliation.ts';
import { reconciliationWords } from '../../words/reconciliation.ts';
import { RecordSeekEvent, SectionOpenEvent } from '../events.ts';
import { dateInWords } from '../dates-in-words.ts';
import { faceStyles } from '../face.styles.ts';
import { kindMark, stateMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { panelStyles } from '../pictures/panel.styles.ts';
import { gapsInWords, pictureGaps } from '../pictures/picture-gaps.ts';
import { pictureWords } from '../pictures/picture-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { reconciliationStyles } from './corridor-reconciliation.styles.ts';
import { marksTemplate } from './medicine-marks.ts';
import { statementTemplate } from './medicine-statement.ts';

/**
 * @summary Medicines by substance against organisations: what each records, side by side, and what disagrees in words
 * with both dates. It shows and never decides. Where the page is narrow, and on paper, one organisation follows the other.
 * @event corridor-record-seek - The reader wants to see a medicine in its section.
 * @event corridor-section-open - The reader wants the medicines as one list.
 */
export class CorridorReconciliation extends LitElement {
  static override styles = [tokens, controls, markStyles, panelStyles, faceStyles, reconciliationStyles];

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  #table: Reconciliation | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('record') || changed.has('around'))
      this.#table = this.record && reconcile(this.record, this.around.today);
  }

  get #words(): ReturnType<typeof reconciliationWords> {
    return reconciliationWords(this.around.words.language);
  }

  #seek({ cells }: MedicineRow): void {
    const [first] = [...cells.values()].flat();
    const entry = first?.entries[0];
    if (entry) this.dispatchEvent(new RecordSeekEvent(entry.section, entry.id));
  }

  /** Who the column is, whose it is, and what became of its answer where that was not whole. */
  #head(column: ReconciliationColumn): TemplateResult {
    const { words } = this.around;
    const { organisation, home, whole, state, remarks } = column;
    return html`<span class="who">${kindMark(organisation.kind, words)} ${organisation.name}</span>
      ${home ? html`<span class="small">${this.#words.home}</span>` : nothing}
      ${whole ? nothing : html`<span class="small">${stateMark(state)} ${this.#stateInWords(column)}</span>`}
      ${remarks.map(
        (entry) => html`<p class="small">${entry.title}${entry.date ? `, ${dateInWords(entry.date, words)}` : ''}</p>`,
      )}`;
  }

  #stateInWords({ state }: ReconciliationColumn): string {
    const { states } = this.around.words.sources;
    return state === 'answered' || state === 'nothing-held' ? states.truncated : states[state];
  }

  #cell(row: MedicineRow, column: ReconciliationColumn): TemplateResult {
    const said = row.cells.get(column.organisation.ods) ?? [];
    const words = this.#words;
    if (said.length > 0)
      return html`<td>${said.map((statement) => statementTemplate(statement, row, this.around, words))}</td>`;
    return column.whole
      ? html`<td class="none">${words.notRecorded}</td>`
      : html`<td class="none silent">${words.notKnown}: ${inSentence(this.#stateInWords(column))}</td>`;
  }

  #rowTemplate(row: MedicineRow, { columns }: Reconciliation): TemplateResult {
    return html`<tr>
      <th scope="row" class="first">
        <span class="name"
          ><button class="action" aria-label=${this.#words.open(row.name)} @click=${() => this.#seek(row)}>
            ${row.name}
          </button></span
        >
        ${marksTemplate(row, this.around, this.#words)}
      </th>
      ${columns.map((column) => this.#cell(row, column))}
    </tr>`;
  }

  #tableTemplate(table: Reconciliation): TemplateResult {
    const words = this.#words;
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${words.scroll}>
      <table>
        <caption class="heard">
          ${words.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="first">${words.medicine}</th>
            ${table.columns.map(
              (column) => html`<th scope="col" class=${column.whole ? '' : 'silent'}>${this.#head(column)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map((row) => this.#rowTemplate(row, table))}
        </tbody>
      </table>
    </div>`;
  }

  /** The same for a narrow page and for paper: under each medicine one organisation after the other. */
  #stackTemplate({ rows, columns }: Reconciliation): TemplateResult {
    const words = this.#words;
    const remarked = columns.filter(({ remarks }) => remarks.length > 0);
    return html`<div class="stack">
      ${remarked.map((column) => html`<div class="cell">${this.#head(column)}</div>`)}
      ${rows.map((row) => {
        const holds = columns.filter(({ organisation }) => row.cells.has(organisation.ods));
        const others = columns.filter((column) => !holds.includes(column));
        const not = others.filter(({ whole }) => whole).map(({ organisation }) => organisation.name);
        const open = others
          .filter(({ whole }) => !whole)
          .map((column) => `${column.organisation.name} (${inSentence(this.#stateInWords(column))})`);
        return html`<section>
          <h3>${row.name}</h3>
          ${marksTemplate(row, this.around, words)}
          ${holds.map(
            ({ organisation }) =>
              html`<div class="cell">
                <h4>${kindMark(organisation.kind, this.around.words)} ${organisation.name}</h4>
                ${(row.cells.get(organisation.ods) ?? []).map((statement) =>
                  statementTemplate(statement, row, this.around, words),
                )}
              </div>`,
          )}
          ${not.length > 0 ? html`<p class="small cell">${words.notRecordedBy(not.join(', '))}</p>` : nothing}
          ${open.length > 0 ? html`<p class="small cell">${words.notKnownOf(open.join(', '))}</p>` : nothing}
        </section>`;
      })}
    </div>`;
  }

  #nothing(record: PatientRecord): TemplateResult {
    const { answered, waiting } = pictureGaps(record, ['medications']);
    const { absence } = this.around.words;
    const said =
      waiting.length > 0 ? absence.soFar(answered) : answered === 0 ? absence.notKnown : absence.nothing(answered);
    return html`<p class="none">${said}</p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record, around } = this;
    const table = this.#table;
    if (!record || !table) return nothing;
    const words = this.#words;
    const { rows, columns, without, unasked, older } = table;
    const holding = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
    const gaps = gapsInWords(pictureGaps(record, ['medications']), around, pictureWords(around.words));
    const marked = rows.filter(({ marks }) => marks.length > 0).length;
    const some = rows.length > 0 || columns.some(({ remarks }) => remarks.length > 0);
    return html`<section class="panel" aria-labelledby="heading">
      <header>
        <h2 id="heading">${words.heading}</h2>
        <span class="count">${rows.length > 0 ? words.counts(rows.length, holding.size, marked) : nothing}</span>
        <span class="gap"></span>
        <button class="action" @click=${() => this.dispatchEvent(new SectionOpenEvent('medications'))}>
          ${words.inSection}
        </button>
      </header>
      <p class="quiet only">${words.only}</p>
      ${
        gaps.length > 0
          ? html`<ul class="gaps">
              ${gaps.map(({ tone, said }) => html`<li class=${tone}>${toneMark(tone)} <span>${said}</span></li>`)}
            </ul>`
          : nothing
      }
      ${some ? html`${this.#tableTemplate(table)}${this.#stackTemplate(table)}` : this.#nothing(record)}
      ${some && without.length > 0 ? html`<p class="quiet only">${words.without(namesOf(without))}</p>` : nothing}
      ${unasked.length > 0 ? html`<p class="quiet only">${words.unasked(namesOf(unasked))}</p>` : nothing}
      ${older > 0 ? html`<p class="quiet only">${words.older(older)}</p>` : nothing}
    </section>`;
  }
}

function namesOf(columns: readonly ReconciliationColumn[]): string {
  return columns.map(({ organisation }) => organisation.name).join(', ');
}

function inSentence(text: string): string {
  return text.charAt(0).toLocaleLowerCase('en-GB') + text.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-reconciliation': CorridorReconciliation;
  }
}
