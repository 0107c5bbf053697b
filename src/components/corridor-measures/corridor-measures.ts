import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Fact } from '../../record/fact.ts';
import { UnitsWantedEvent } from '../events.ts';
import { flagTemplate, freshTemplate, standingFlags, unbroken, whenOf, type Flag } from '../line.ts';
import { kindMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import type { Measure } from '../measures/measure.ts';
import { flagsOf, partsInWords, rangeInWords, valueInWords, type MeasuredEntry } from '../measures/observed-line.ts';
import { TrendsBetweenTasks } from '../measures/trends-between-tasks.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { measuresStyles } from './corridor-measures.styles.ts';

/**
 * @summary Tests and measurements as a table: the latest value with unit, range, flag and a small trend; a row opens to
 * every earlier value with where each comes from.
 * @event corridor-units-wanted - Units stand in the way of a trend.
 * @csspart table - The table.
 */
export class CorridorMeasures extends LitElement {
  static override styles = [tokens, controls, markStyles, measuresStyles];

  @property({ attribute: false }) measures: readonly Measure[] = [];
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property() caption = '';

  @state() private open: ReadonlySet<string> = new Set();

  protected override updated(): void {
    const { convert } = this.around;
    if (this.#wanted || convert || !this.measures.some((one) => this.#trends.of(one, convert)?.mayNeedUnits)) return;
    this.#wanted = true;
    this.dispatchEvent(new UnitsWantedEvent());
  }

  #wanted = false;
  readonly #trends = new TrendsBetweenTasks(this);

  #toggle(key: string): void {
    const next = new Set(this.open);
    if (!next.delete(key)) next.add(key);
    this.open = next;
  }

  #flags(entry: MeasuredEntry): readonly Flag[] {
    return [...flagsOf(entry, this.around.words), ...standingFlags(entry, this.around)];
  }

  #who({ entries }: Fact<MeasuredEntry>): TemplateResult {
    const ids = [...new Set(entries.map((entry) => entry.origin.source))];
    const [first] = ids;
    const source = first && this.around.sources.get(first);
    const more = ids.length > 1 ? ` +${ids.length - 1}` : '';
    return html`<span class="org" title=${ids.map((id) => sourceName(id, this.around)).join(', ')}
      >${source ? kindMark(source.organisation.kind, this.around.words) : nothing}
      <span class="name">${first ? sourceName(first, this.around) : ''}${more}</span></span
    >`;
  }

  #row(measure: Measure): TemplateResult {
    const { words } = this.around;
    const [latest, ...earlier] = measure.facts;
    const [entry] = latest.entries;
    const open = this.open.has(measure.key);
    const flags = this.#flags(entry);
    const toned = flags.some((flag) => flag.tone === 'risk')
      ? 'risk'
      : flags.some((flag) => flag.tone === 'caution')
        ? 'caution'
        : '';
    return html`<tr class="latest ${toned}">
        <th scope="row">${measure.title}</th>
        <td class="value">
          <strong>${valueInWords(entry, words) ?? words.results.noValue}</strong> ${flags.map(flagTemplate)}
        </td>
        <td class="range">${unbroken(rangeInWords(entry) ?? '')}</td>
        <td class="trend">
          <corridor-trend
            .trend=${this.#trends.of(measure, this.around.convert)?.series}
            .name=${measure.title}
            .around=${this.around}
          ></corridor-trend>
        </td>
        <td class="when">${whenOf(entry, this.around)}${freshTemplate(latest, this.around)}</td>
        <td class="who">${this.#who(latest)}</td>
        <td class="how">
          <button class="action" aria-expanded=${open} @click=${() => this.#toggle(measure.key)}>
            ${earlier.length > 0 ? words.results.earlier(earlier.length) : ''}<span class="heard"
              >${words.fact.details}: ${measure.title}</span
            ><svg class="chevron" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4" /></svg>
          </button>
        </td>
      </tr>
      ${open ? this.#all(measure) : nothing}`;
  }

  #all(measure: Measure): TemplateResult {
    const { words } = this.around;
    return html`<tr class="opened">
      <td colspan="7">
        ${measure.facts.map((fact) => {
          const [entry] = fact.entries;
          return html`<details>
            <summary>
              <span class="when">${whenOf(entry, this.around)}${freshTemplate(fact, this.around)}</span>
              <span class="value"
                ><strong>${valueInWords(entry, words) ?? words.results.noValue}</strong>
                ${this.#flags(entry).map(flagTemplate)}</span
              >
              <span class="range">${unbroken(rangeInWords(entry) ?? '')}</span>
              ${this.#who(fact)}
            </summary>
            ${fact.entries.map(
              (original) =>
                html`${partsInWords(original, words).map((part) => html`<p>${unbroken(part)}</p>`)}${original.notes.map((note) => html`<p>${unbroken(note)}</p>`)}<corridor-provenance
                    .entry=${original}
                    .around=${this.around}
                  ></corridor-provenance>`,
            )}
          </details>`;
        })}
      </td>
    </tr>`;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.measures.length === 0) return nothing;
    const { results } = this.around.words;
    return html`<table part="table">
      <caption class="heard">
        ${this.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${results.test}</th>
          <th scope="col">${results.result}</th>
          <th scope="col" class="range">${results.range}</th>
          <th scope="col">${results.trend}</th>
          <th scope="col" class="when">${results.when}</th>
          <th scope="col">${results.source}</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          this.measures,
          (measure) => measure.key,
          (measure) => this.#row(measure),
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-measures': CorridorMeasures;
  }
}
