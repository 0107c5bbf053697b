import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SectionId } from '../record/section.ts';
import { isStandingDanger } from '../record/standing-danger.ts';
import type { Words } from '../words/words.ts';
import { ownOrderWords } from '../words/own-order.ts';

/**
 * The reader's own order of sections, for as long as the view is open and nowhere but in memory. Dangers stand first
 * whatever the reader chooses; banner, gaps and disagreements are no sections and cannot be moved (product.md).
 */
export class OwnOrder {
  readonly #changed: () => void;
  #own: readonly SectionId[] | undefined;
  #said = '';
  open = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** A role's order as the reader has changed it: every section of it, each once. */
  of(role: readonly SectionId[]): readonly SectionId[] {
    const own = this.#own;
    if (!own) return role;
    const known = new Set(role);
    const movable = own.filter((id) => known.has(id) && !isStandingDanger(id));
    return [
      ...role.filter(isStandingDanger),
      ...movable,
      ...role.filter((id) => !own.includes(id) && !isStandingDanger(id)),
    ];
  }

  move(role: readonly SectionId[], id: SectionId, by: -1 | 1, words: Words): void {
    const say = ownOrderWords(words.language);
    const name = words.sections[id].short;
    const order = this.of(role).filter((one) => !isStandingDanger(one));
    const at = order.indexOf(id);
    const to = at + by;
    const other = order[to];
    if (at < 0 || other === undefined) this.#said = by < 0 ? say.first(name) : say.last(name);
    else {
      const next = [...order];
      [next[at], next[to]] = [other, id];
      this.#own = next;
      this.#said = say.moved(name, to + 1, order.length);
    }
    this.#changed();
  }

  #reset(words: Words): void {
    this.#own = undefined;
    this.#said = ownOrderWords(words.language).wasReset;
    this.#changed();
  }

  toggle(open: boolean): void {
    this.open = open;
    this.#said = '';
    this.#changed();
  }

  /** A moved button is put elsewhere in the page and would lose the focus; the reader presses it again and again. */
  #press(event: Event, act: () => void): void {
    const button = event.currentTarget as HTMLElement;
    act();
    requestAnimationFrame(() => button.focus());
  }

  /** The list, in the place of the record's usual body. */
  template(role: readonly SectionId[], words: Words): TemplateResult {
    const say = ownOrderWords(words.language);
    const order = this.of(role).filter((id) => !isStandingDanger(id));
    return html`<section class="ordering" aria-label=${say.heading}>
      <h2>${say.heading}</h2>
      <p class="quiet">${say.note}</p>
      <p>
        <button class="action filled" @click=${() => this.toggle(false)}>${say.done}</button>
        <button class="action" ?disabled=${!this.#own} @click=${() => this.#reset(words)}>${say.reset}</button>
      </p>
      <p class="quiet" role="status">${this.#said || nothing}</p>
      <ol>
        ${repeat(
          order,
          (id) => id,
          (id) => {
            const { short } = words.sections[id];
            return html`<li>
              <button
                class="action"
                aria-label=${say.up(short)}
                @click=${(event: Event) => this.#press(event, () => this.move(role, id, -1, words))}
              >
                ↑
              </button>
              <button
                class="action"
                aria-label=${say.down(short)}
                @click=${(event: Event) => this.#press(event, () => this.move(role, id, 1, words))}
              >
                ↓
              </button>
              ${words.sections[id].heading}
            </li>`;
          },
        )}
      </ol>
    </section>`;
  }
}
