import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { rangesText, type Cumulative, type CumulativeColumn, type CumulativeRow } from '../../record/cumulative.ts';
import type { Fact } from '../../record/fact.ts';
import type { RecordedDate } from '../../record/fhir/date.ts';
import type { SourceId } from '../../record/source.ts';
import type { PictureWords } from '../../words/picture-words.ts';
import { dateInWords, momentInWords } from '../dates-in-words.ts';
import { flagTemplate, standingFlags, unbroken } from '../line.ts';
import { kindMark } from '../marks.ts';
import { flagsOf, valueInWords, type MeasuredEntry } from '../measures/observed-line.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

export type CumulativeTable = {
  readonly name: string;
  readonly rows: readonly CumulativeRow<MeasuredEntry>[];
  readonly columns: readonly CumulativeColumn[];
  readonly undated: boolean;
  readonly around: Surroundings;
  readonly words: PictureWords;
  readonly disputed: ReadonlySet<Fact['key']>;
  /** Tests that can be drawn, and those that are. */
  readonly drawable: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (key: string, chosen: boolean) => void;
};

/** Tests as rows, days as columns; the first column stays while the days scroll. */
export function tableTemplate(table: CumulativeTable): TemplateResult {
  const { name, rows, columns, undated, words, around } = table;
  const { charts } = words;
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${`${name}: ${charts.scroll}`}>
    <table>
      <caption class="heard">
        ${name}: ${charts.tableCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="first">${charts.test}</th>
          ${columns.map(
            ({ day, sources }) =>
              html`<th scope="col" class="day">
                ${dateInWords(day as RecordedDate, around.words)}<br />${organisations(sources, around)}
              </th>`,
          )}
          ${undated ? html`<th scope="col" class="day">${charts.undatedColumn}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ test }) => test.key,
          (row) => rowTemplate(row, table),
        )}
      </tbody>
    </table>
  </div>`;
}

function rowTemplate(row: CumulativeRow<MeasuredEntry>, table: CumulativeTable): TemplateResult {
  const { words, columns, undated, drawable, chosen, choose } = table;
  const { test, unit, range } = row;
  const { charts } = words;
  const name = html`<span
    ><span class="name">${test.title}</span> ${unit ? html`<span class="unit">${unbroken(unit)}</span> ` : nothing}
    ${range ? html`<span class="range">${unbroken(`${charts.range} ${range}`)}</span>` : nothing}
    ${hasSeveralUnits(row) ? html`<span class="range">${charts.ownUnits}</span>` : nothing}</span
  >`;
  return html`<tr>
    <th scope="row" class="first">
      ${
        drawable.has(test.key)
          ? html`<label class="test"
              ><input
                type="checkbox"
                aria-label=${charts.choose(test.title)}
                .checked=${chosen.has(test.key)}
                @change=${(event: Event) => choose(test.key, (event.target as HTMLInputElement).checked)}
              />${name}</label
            >`
          : name
      }
    </th>
    ${columns.map(({ day, sources }) => cell(row.cells.get(day) ?? [], row, table, sources.length > 1))}
    ${undated ? cell(row.undated, row, table, true) : nothing}
  </tr>`;
}

function hasSeveralUnits({ test, unit }: CumulativeRow<MeasuredEntry>): boolean {
  return unit === undefined && test.facts.filter(({ entries: [entry] }) => entry.quantity).length > 1;
}

function cell(
  facts: readonly Fact<MeasuredEntry>[],
  row: CumulativeRow<MeasuredEntry>,
  table: CumulativeTable,
  named: boolean,
): TemplateResult {
  return html`<td>${facts.map((fact) => valueTemplate(fact, row, table, named, facts.length > 1))}</td>`;
}

/** One result: the value as recorded, why it is not plain, its own range where the row has none, and who says so. */
function valueTemplate(
  fact: Fact<MeasuredEntry>,
  row: CumulativeRow<MeasuredEntry>,
  { around, words, disputed }: CumulativeTable,
  named: boolean,
  timed: boolean,
): TemplateResult {
  const [entry] = fact.entries;
  const { quantity } = entry;
  const flags = [...flagsOf(entry, around.words), ...standingFlags(entry, around)];
  const said = valueInWords(entry, around.words) ?? around.words.results.noValue;
  // The unit stands in the row's heading only where every number of the row is recorded in it, in the same words.
  const short = quantity && row.unit && entry.value ? `${quantity.comparator ?? ''}${quantity.value}` : said;
  const sources = [...new Set(fact.entries.map(({ origin }) => origin.source))];
  const range = row.range === undefined && quantity ? rangesText(entry.ranges) : '';
  const date = entry.date && timed && entry.date.length > 10 ? momentInWords(entry.date, around.words) : '';
  const limit = quantity?.comparator !== undefined;
  return html`<p title=${sources.map((id) => sourceName(id, around)).join(', ')}>
    ${limit ? html`${openMark()}<span class="heard">${words.charts.limit}: </span>` : nothing}
    <span class="value ${short.length > 24 ? 'long' : ''} ${quantity ? '' : 'plain'}">${unbroken(short)}</span>
    ${named ? organisations(sources, around) : nothing}
    ${date ? html`<span class="range">${unbroken(date)}</span>` : nothing}${range ? html`<span class="range">${unbroken(range)}</span>` : nothing}
    ${flags.map(flagTemplate)}${disputed.has(fact.key) ? flagTemplate({ tone: 'caution', word: words.charts.differs }) : nothing}
  </p>`;
}

/** The same open ring that a limit has in the charts. */
export function openMark(): TemplateResult {
  return html`<svg class="open" viewBox="-1.2 -1.2 2.4 2.4" aria-hidden="true">${svg`<circle r="0.9" />`}</svg>`;
}

function organisations(ids: readonly SourceId[], around: Surroundings): TemplateResult {
  return html`<span class="orgs"
    >${ids.map((id) => {
      const source = around.sources.get(id);
      return source
        ? html`<span title=${sourceName(id, around)}
            >${kindMark(source.organisation.kind, around.words)}<span class="heard"
              >${sourceName(id, around)}</span
            ></span
          >`
        : id;
    })}</span
  >`;
}

/** How many of the values stand in these columns. */
export function valuesIn(columns: readonly CumulativeColumn[]): number {
  return columns.reduce((sum, { values }) => sum + values, 0);
}

export function allValues({ columns, undated }: Cumulative): number {
  return valuesIn(columns) + undated;
}
