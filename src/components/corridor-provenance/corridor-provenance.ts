import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Entry } from '../../record/entry.ts';
import type { Source, SourceId } from '../../record/source.ts';
import { openItemCy, openItemEnGB } from '../../words/open-item.ts';
import { ItemOpenEvent } from '../events.ts';
import { momentInWords } from '../dates-in-words.ts';
import { momentOf, unbroken } from '../line.ts';
import { kindMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { provenanceStyles } from './corridor-provenance.styles.ts';

/**
 * @summary Who said it, where, when, and in which record there (PRSB provenance model; safety H22).
 * @event corridor-item-open - The reader wants to see this record in its own EPR.
 * @csspart list The list of particulars.
 * @csspart open The way to its own EPR.
 */
export class CorridorProvenance extends LitElement {
  static override styles = [tokens, controls, markStyles, provenanceStyles];

  @property({ attribute: false }) entry: Entry | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  /** The organisation stands above already: it is not named again. */
  @property({ type: Boolean }) named = false;

  /** How the way to its own EPR went. */
  @state() private said = '';

  override render(): TemplateResult | typeof nothing {
    const { entry, around } = this;
    if (!entry) return nothing;
    const words = around.words.provenance;
    const { origin } = entry;
    const source = around.sources.get(origin.source);
    const codes = (entry.code?.codings ?? []).filter((coding) => coding.code);
    return html`<dl part="list">
        ${this.named && origin.onBehalfOf === undefined ? nothing : row(words.where, html`${source ? kindMark(source.organisation.kind, around.words) : nothing} ${sourceName(origin.source, around)}${origin.onBehalfOf ? ` (${words.says(origin.onBehalfOf)})` : ''}`)}
        ${row(words.who, origin.by ?? words.personNotGiven)} ${row(words.when, momentOf(entry, around))}
        ${origin.lastUpdated ? row(words.filed, momentInWords(origin.lastUpdated, around.words)) : nothing}
        ${entry.statusAsRecorded ? row(around.words.fact.statusThere, entry.statusAsRecorded) : nothing}
        ${codes.map((coding) => row(words.coded, html`${coding.display ?? entry.title} <span class="id">${coding.code} ${systemName(coding.system)}</span>`))}
        ${row(words.resource, html`<span class="id">${origin.resource}${origin.version ? `, ${words.version} ${origin.version}` : ''}</span>`)}
      </dl>
      ${source?.opens || around.hung ? this.#ways(entry, source) : nothing}`;
  }

  /** What can be done with this one record: seen in its own EPR, asked about. */
  #ways(entry: Entry, source: Source | undefined): TemplateResult {
    const { origin } = entry;
    return html`<div class="ways">
      ${source?.opens ? this.#way(origin.source, origin.resource, source.organisation.name) : nothing}
      ${this.around.hung?.ask(entry, this.around)}
    </div>`;
  }

  /** Only where the launcher says that its EPR opens at an item; whether this reader may is judged again when they ask. */
  #way(source: SourceId, reference: string, organisation: string): TemplateResult {
    const words = this.around.words.language === 'cy' ? openItemCy : openItemEnGB;
    const go = (): void => {
      const event = new ItemOpenEvent(source, reference);
      this.dispatchEvent(event);
      this.said = words.opening;
      event.answer?.catch(() => (this.said = words.failed));
    };
    return html`<button class="action" part="open" @click=${go}>${words.open(organisation)}</button>
      <span role="status">${this.said}</span>`;
  }
}

function row(term: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${typeof value === 'string' ? unbroken(value) : value}</dd>
  </div>`;
}

const SYSTEMS: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': 'SNOMED CT',
  'https://dmd.nhs.uk': 'dm+d',
  'http://loinc.org': 'LOINC',
  'http://read.info/readv2': 'Read v2',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
};

function systemName(system: string | undefined): string {
  return system === undefined ? '' : (SYSTEMS[system] ?? system);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-provenance': CorridorProvenance;
  }
}
