import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Entry, EntryId } from '../../record/entry.ts';
import type { Conflict } from '../../record/fact.ts';
import { kindsIn } from '../../record/one-subject.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { lineTemplate, partText, plainLine, standingFlags, unbroken, whenOf, type Line, type LineOf } from '../line.ts';
import { RecordSeekEvent } from '../events.ts';
import { kindMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { conflictsStyles } from './corridor-conflicts.styles.ts';

/** Sides named in the closed line; all of them stand in the open one. */
const NAMED = 2;

/**
 * @summary Recorded facts that disagree and matter, side by side, dates and sources equal in weight, no verdict.
 * @event corridor-record-seek - The reader wants to see one side in its section.
 * @csspart conflict - One disagreement.
 */
export class CorridorConflicts extends LitElement {
  static override styles = [tokens, controls, markStyles, conflictsStyles];

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** How each section's entries read; given by whoever knows the sections. */
  @property({ attribute: false }) lineOf: LineOf = plainLine;

  @state() private open: ReadonlySet<string> = new Set();

  #toggle(id: string): void {
    const next = new Set(this.open);
    if (!next.delete(id)) next.add(id);
    this.open = next;
  }

  #side(entries: readonly Entry[]): TemplateResult | typeof nothing {
    const [first] = entries;
    if (!first) return nothing;
    const { around } = this;
    const line = this.lineOf(first, around, entries);
    return html`<li>
      <p class="said">
        ${lineTemplate(line, [...(line.flags ?? []).flatMap((flag) => flag ?? []), ...standingFlags(line.lead ?? first, around)])}
      </p>
      ${entries.map((entry) => {
        const source = around.sources.get(entry.origin.source);
        return html`<p class="who">
          ${source ? kindMark(source.organisation.kind, around.words) : nothing}
          ${sourceName(entry.origin.source, around)},
          ${unbroken(whenOf(entry, around))}${entry.origin.by ? `, ${entry.origin.by}` : ''}
        </p>`;
      })}
      <button class="action" @click=${() => this.dispatchEvent(new RecordSeekEvent(first.section, first.id))}>
        ${around.words.conflicts.showIn(around.words.sections[first.section].short)}
        <span class="heard">: ${line.main}, ${sourceName(first.origin.source, around)}</span>
      </button>
    </li>`;
  }

  /** What one side says, and who said so when: without opening anything it shows which is the older. */
  #title(side: readonly Entry[]): readonly { readonly said: string; readonly who: string }[] {
    const [first] = side;
    if (!first) return [];
    const { around } = this;
    const line = this.lineOf(first, around, side);
    const entry = line.lead ?? first;
    const who = [sourceName(entry.origin.source, around), whenOf(entry, around), line.aside].filter(Boolean).join(', ');
    return [{ said: briefText(line), who }];
  }

  #conflict(conflict: Conflict, entries: ReadonlyMap<EntryId, Entry>): TemplateResult {
    const { words } = this.around;
    const sides = sidesOf(conflict, entries);
    const open = this.open.has(conflict.id);
    const titles = opposedFirst(sides).flatMap((side) => this.#title(side));
    const rest = titles.length - NAMED;
    return html`<li part="conflict">
      <button class="action toggle" aria-expanded=${open} @click=${() => this.#toggle(conflict.id)}>
        ${toneMark(conflict.kind === 'allergy-and-medicine' ? 'risk' : 'caution')}
        <span class="summary"
          ><strong
            >${kindsIn(conflict)
              .map((kind) => words.conflicts.kinds[kind])
              .join('; ')}</strong
          >
          ${titles.slice(0, NAMED).map(({ said, who }, at) => html`<span class="title"><span class="gist">${unbroken(said)}</span> <span class="who">${unbroken(who)}${at === NAMED - 1 && rest > 0 ? ` ${words.banner.more(rest)}` : ''}</span></span>`)}
        </span>
        <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4" /></svg>
      </button>
      ${
        open
          ? html`<ul class="sides">
                ${sides.map((side) => this.#side(side))}
              </ul>
              <p class="verdict">${words.conflicts.noVerdict}</p>`
          : nothing
      }
    </li>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record } = this;
    const { words } = this.around;
    if (!record) return nothing;
    const { conflicts, completeness } = record;
    const missing = completeness.waiting + completeness.gaps;
    if (conflicts.length === 0) {
      return html`<p class="none">${missing > 0 ? words.conflicts.noneSoFar : words.conflicts.none}</p>`;
    }
    const entries = new Map(
      record.sections.flatMap((view) =>
        view.facts.flatMap((fact) => fact.entries.map((entry) => [entry.id, entry] as const)),
      ),
    );
    return html`<section aria-label=${words.conflicts.heading(conflicts.length)}>
      <h2>${words.conflicts.heading(conflicts.length)}</h2>
      <ul class="list">
        ${conflicts.map((conflict) => this.#conflict(conflict, entries))}
      </ul>
    </section>`;
  }
}

/**
 * The fact and what stands before its labelled value, with it: strength, form and DOSE of a medicine. Enough to tell the
 * sides of a disagreement apart, also where the dose is a sentence about capsules.
 */
function briefText(line: Line): string {
  const parts = (line.parts ?? []).filter((part) => part !== undefined && part !== '');
  const upTo = parts.findLastIndex((part) => typeof part === 'object') + 1;
  return [line.main, ...parts.slice(0, upTo).map(partText)].join(' — ');
}

/** The closed line names two sides: they must be two that differ, not two that agree with each other. */
function opposedFirst(sides: readonly (readonly Entry[])[]): readonly (readonly Entry[])[] {
  const stances = new Set<string>();
  const fresh = sides.filter(([first]) => {
    if (!first) return false;
    const stance = [
      first.section,
      first.state,
      'statement' in first ? first.statement : '',
      'decision' in first ? first.decision : '',
      'denies' in first ? first.denies : '',
    ].join('|');
    return stances.size < stances.add(stance).size;
  });
  return [...fresh, ...sides.filter((side) => !fresh.includes(side))];
}

/** The records of a conflict by the fact they belong to: one column each. */
function sidesOf(conflict: Conflict, entries: ReadonlyMap<EntryId, Entry>): readonly (readonly Entry[])[] {
  const sides = conflict.sides.flatMap((id) => entries.get(id) ?? []);
  const columns = new Map<string, Entry[]>();
  for (const entry of sides) {
    // Where records of one line disagree, or one title stands for two doses, each that says something else is a side.
    const key = JSON.stringify([entry.section, entry.title, entry.state, said(entry)]);
    columns.set(key, [...(columns.get(key) ?? []), entry]);
  }
  return [...columns.values()];
}

/** What besides its title a disagreement may be about. */
function said(entry: Entry): readonly unknown[] {
  const { dosages, criticality, reactions, nhsNumber } = entry as {
    readonly dosages?: readonly { readonly text?: string; readonly dose?: string; readonly frequency?: string }[];
    readonly criticality?: string;
    readonly reactions?: readonly { readonly severity?: string }[];
    readonly nhsNumber?: string;
  };
  const doses = dosages?.map(({ text, dose, frequency }) => text ?? [dose, frequency]);
  return [doses, criticality, reactions?.map(({ severity }) => severity), nhsNumber];
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-conflicts': CorridorConflicts;
  }
}
