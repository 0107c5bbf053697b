import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { filterCount, isNarrowing, NO_QUERY, type FindQuery } from '../../record/find.ts';
import type { SectionId } from '../../record/section.ts';
import type { OrganisationKind, SourceId } from '../../record/source.ts';
import { enGB } from '../../words/en-GB.ts';
import { findingWords, type FindingWords } from '../../words/finding.ts';
import type { Words } from '../../words/words.ts';
import { FindChangeEvent } from '../events.ts';
import { kindMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { findStyles } from './corridor-find.styles.ts';

/** One organisation to filter by: all its sources, and how many items come from it. */
export type FindOrganisation = {
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly sources: readonly SourceId[];
  readonly count: number;
};

export type FindKind = { readonly id: SectionId; readonly count: number };

/**
 * @summary Finds as the reader types, and narrows by day, organisation and kind. What is set stays in view with how many
 * items are shown of how many there are; Escape clears it. What is typed leaves this record in no event and no store.
 * @event corridor-find-change - What is looked for has changed. It stays at this element.
 * @csspart panel - The filters.
 */
export class CorridorFind extends LitElement {
  static override styles = [tokens, controls, markStyles, findStyles];

  @query('input[type=search]') private field!: HTMLInputElement | null;

  @property({ attribute: false }) words: Words = enGB;
  @property({ attribute: false }) query: FindQuery = NO_QUERY;
  /**
   * What is on screen of all there is; left out while it is being looked for. `matched`: of what is shown, how much fits;
   * the rest is always shown. Left out: all of it fits.
   */
  @property({ attribute: false }) found:
    { readonly shown: number; readonly matched?: number; readonly total: number } | undefined;
  @property({ attribute: false }) organisations: readonly FindOrganisation[] = [];
  @property({ attribute: false }) kinds: readonly FindKind[] = [];

  @state() private open = false;

  readonly #outside = (event: PointerEvent): void => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#outside);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open')) return;
    if (this.open) document.addEventListener('pointerdown', this.#outside);
    else document.removeEventListener('pointerdown', this.#outside);
  }

  override focus(): void {
    this.field?.focus();
  }

  #say(change: Partial<FindQuery>): void {
    const next = { ...this.query, ...change };
    this.query = next;
    this.dispatchEvent(new FindChangeEvent(next));
  }

  #day(which: 'from' | 'to', value: string): void {
    const { [which]: _before, ...others } = this.query;
    this.query = value === '' ? others : { ...others, [which]: value };
    this.dispatchEvent(new FindChangeEvent(this.query));
  }

  #clear(): void {
    this.query = NO_QUERY;
    this.dispatchEvent(new FindChangeEvent(NO_QUERY));
    this.focus();
  }

  /** Escape closes the filters first, then clears; with nothing to close or clear it is left to whoever is around. */
  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || (!this.open && !isNarrowing(this.query) && this.query.text === '')) return;
    event.stopPropagation();
    event.preventDefault();
    if (!this.open) return this.#clear();
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.filters')?.focus();
  }

  #panel(words: FindingWords): TemplateResult {
    const { query: asked } = this;
    const day = (which: 'from' | 'to'): TemplateResult =>
      html`<label
        ><span>${words[which]}</span
        ><input
          type="date"
          .value=${live(asked[which] ?? '')}
          @change=${(event: Event) => this.#day(which, (event.target as HTMLInputElement).value)}
      /></label>`;
    return html`<div class="panel" part="panel" id="filters">
      <fieldset>
        <legend>${words.dates}</legend>
        ${day('from')}${day('to')}
      </fieldset>
      <fieldset>
        <legend>${words.organisations}</legend>
        ${this.organisations.map(({ name, kind, sources, count }) =>
          this.#choice(
            html`${kindMark(kind, this.words)} <span class="name">${name}</span>`,
            count,
            sources.some((id) => asked.sources.has(id)),
            (on) => this.#say({ sources: toggled(asked.sources, sources, on) }),
          ),
        )}
      </fieldset>
      <fieldset>
        <legend>${words.kinds}</legend>
        ${this.kinds.map(({ id, count }) =>
          this.#choice(
            html`<span class="name">${this.words.sections[id].short}</span>`,
            count,
            asked.sections.has(id),
            (on) => this.#say({ sections: toggled(asked.sections, [id], on) }),
          ),
        )}
      </fieldset>
    </div>`;
  }

  #choice(name: TemplateResult, count: number, on: boolean, set: (on: boolean) => void): TemplateResult {
    return html`<label
      ><input
        type="checkbox"
        .checked=${live(on)}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />${name}<span class="count">${count}</span></label
    >`;
  }

  override render(): TemplateResult {
    const words = findingWords(this.words.language);
    const { query: asked, found } = this;
    const filters = filterCount(asked);
    const active = isNarrowing(asked);
    return html`<search aria-label=${words.label} @keydown=${(event: KeyboardEvent) => this.#escape(event)}>
      <span class="said" role="status"
        >${active ? (found ? showingInWords(found, words) : words.searching) : nothing}</span
      >
      ${
        active
          ? html`<button class="action" @click=${() => this.#clear()} aria-label=${words.clearKey}>
              ${words.clear}
            </button>`
          : nothing
      }
      <span class="field"
        ><svg class="glass" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.5 3.5" /></svg
        ><input
          type="search"
          aria-label=${words.label}
          placeholder=${words.hint}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="search"
          .value=${live(asked.text)}
          @input=${(event: InputEvent) => this.#say({ text: (event.target as HTMLInputElement).value })}
      /></span>
      <button
        class="action filters ${filters > 0 ? 'on' : ''}"
        aria-expanded=${this.open}
        aria-controls="filters"
        @click=${() => (this.open = !this.open)}
      >
        ${words.filters(filters)}
      </button>
      ${this.open ? this.#panel(words) : nothing}
    </search>`;
  }
}

function showingInWords(
  { shown, matched = shown, total }: NonNullable<CorridorFind['found']>,
  words: FindingWords,
): string {
  return words.showing(matched, total, shown - matched);
}

function toggled<T>(before: ReadonlySet<T>, these: readonly T[], on: boolean): ReadonlySet<T> {
  const next = new Set(before);
  for (const one of these) {
    if (on) next.add(one);
    else next.delete(one);
  }
  return next;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-find': CorridorFind;
  }
}
