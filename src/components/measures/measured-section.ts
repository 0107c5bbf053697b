import { splitByWindow } from '../../record/split-by-window.ts';
import { html, nothing, type TemplateResult } from 'lit';
import type { Fact } from '../../record/fact.ts';
import { newestFirst } from '../../record/fhir/date.ts';
import { believableDate } from '../../record/future-date.ts';
import { openableOf } from '../openable.ts';
import type { SectionElement } from '../section-element.ts';
import { groupMeasures, type Measure } from './measure.ts';
import { observedLine, type MeasuredEntry } from './observed-line.ts';

export type MeasuredSection<E extends MeasuredEntry> = {
  readonly host: SectionElement<E>;
  /** Entries that are rows of the table; the others are lines under it. */
  readonly isMeasure: (entry: MeasuredEntry) => boolean;
  readonly older: boolean;
  readonly toggle: () => void;
};

const SHORT = 8;
const SHORT_LINES = 3;

/** A section of measurements: one row per test in a table, then what is no single value as lines, newest first. */
export function measuredSection<E extends MeasuredEntry>({
  host,
  isMeasure,
  older,
  toggle,
}: MeasuredSection<E>): TemplateResult | typeof nothing {
  const { view, around, form } = host;
  if (!view) return nothing;
  const { words } = around;
  const measures = [...groupMeasures(view.facts, isMeasure)].sort(recentFirst);
  const near = new Set(splitByWindow(view, around.today).inside);
  const recent = measures.filter((measure) => near.has(measure.facts[0] as Fact<E>));
  const allLines = view.facts.filter(
    (fact) => !isMeasure(fact.entries[0]) && (form === 'full' || saysSomething(fact.entries[0])),
  );
  const lines = allLines.filter((fact) => older || near.has(fact));
  const wanted = older ? measures : recent;
  const shown = form === 'short' ? wanted.slice(0, SHORT) : wanted;
  const shownLines = form === 'short' ? lines.slice(0, SHORT_LINES) : lines;
  const onScreen = new Set<Fact>([...shown.map(({ facts: [latest] }) => latest), ...shownLines]);
  const far = view.facts.length - [...near].length;
  return html`<corridor-section
    own-body
    .view=${view}
    .around=${around}
    .form=${form}
    .held=${host.held}
    .lineOf=${observedLine}
    .rest=${view.facts.filter((fact) => !onScreen.has(fact))}
    .total=${measures.length + allLines.length}
    .recent=${recent.length + allLines.filter((fact) => near.has(fact)).length}
  >
    <corridor-measures
      .measures=${shown}
      .around=${around}
      .caption=${words.sections[view.id].heading}
    ></corridor-measures>
    ${shownLines.map((fact) =>
      shownLines.some((line) => openableOf(line))
        ? html`<corridor-document .fact=${fact} .around=${around} .lineOf=${observedLine}></corridor-document>`
        : html`<corridor-fact .fact=${fact} .around=${around} .lineOf=${observedLine}></corridor-fact>`,
    )}
    ${
      far > 0 && (form === 'full' || near.size === 0)
        ? html`<button class="action" aria-expanded=${older} @click=${toggle}>
            ${older ? words.section.hideOlder : words.section.showOlder(far)}
          </button>`
        : nothing
    }
  </corridor-section>`;
}

/** The most recently measured first; on one day, what its source flagged; then by name, so that the order is total. */
function recentFirst(a: Measure, b: Measure): number {
  const [first, second] = [a.facts[0].entries[0], b.facts[0].entries[0]];
  const day = (entry: MeasuredEntry): MeasuredEntry['date'] =>
    believableDate(entry)?.slice(0, 10) as MeasuredEntry['date'];
  return (
    newestFirst(day(first), day(second)) ||
    Number(second.flags.length > 0) - Number(first.flags.length > 0) ||
    a.title.localeCompare(b.title)
  );
}

/** A report that only stands over results already in the table says nothing of its own. */
function saysSomething(entry: MeasuredEntry): boolean {
  if (entry.section === 'examination-findings') return true;
  return (
    entry.conclusion !== undefined ||
    entry.attachments.length > 0 ||
    entry.value !== undefined ||
    !entry.links.some((link) => link.rel === 'result')
  );
}
