import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PatientRecord } from '../../record/patient-record.ts';
import { SummaryTakeEvent } from '../events.ts';
import { summaryWords } from '../../words/summary-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/**
 * @summary Takes the record away as one document that other systems read (HL7 IPS), with what is missing said in each section.
 * @event corridor-summary-take - The reader wants the document; nothing is made before it is granted and written down.
 */
export class CorridorSummaryExport extends LitElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        padding-inline: 8px;
      }
      p {
        color: var(--_secondary);
        font-size: var(--_small);
        margin: 0;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  @state() private stands: 'ready' | 'making' | 'failed' | 'taken' = 'ready';
  @state() private left = 0;

  async #take(record: PatientRecord): Promise<void> {
    const wanted = new SummaryTakeEvent();
    this.dispatchEvent(wanted);
    this.stands = 'making';
    try {
      if (!wanted.answer) throw new Error('nobody grants it');
      const [grant, { makeSummary }] = await Promise.all([wanted.answer, import('./make-summary.ts')]);
      const made = makeSummary(record, grant, summaryWords(this.around.words.language).title);
      // The view may have been blanked while it was asked for: what is no longer on the screen is not taken from it.
      if (!this.isConnected) return;
      this.left = made.leftOut;
      save(made.file);
      this.stands = 'taken';
    } catch {
      this.stands = 'failed';
    }
  }

  override render(): TemplateResult {
    const { record, stands, left } = this;
    const summary = summaryWords(this.around.words.language);
    const missing = record ? record.completeness.waiting + record.completeness.gaps + record.completeness.withheld : 0;
    return html`<button
        class="action"
        ?disabled=${!record || stands === 'making'}
        @click=${() => (record ? this.#take(record) : undefined)}
      >
        ${summary.take}
      </button>
      <p role="status">
        ${stands === 'failed' ? summary.failed : stands === 'taken' ? summary.taken(left) : missing > 0 ? summary.incomplete(missing) : ''}
      </p>`;
  }
}

/** Under a name of ours: nothing of the person in the name of a file. */
function save(file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = 'patient-summary.fhir.json';
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-summary-export': CorridorSummaryExport;
  }
}
