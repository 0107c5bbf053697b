import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SectionId } from '../record/section.ts';
import { isStandingDanger } from '../record/standing-danger.ts';
import type { Words } from '../words/words.ts';
import { ownOrderWords } from '../words/own-order.ts';
import { SectionOrder } from './section-order.ts';

/** The reader's own order of sections, as a list with buttons. What may move where is decided without a page. */
export class OwnOrder extends SectionOrder {
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
        <button class="action" ?disabled=${!this.isMoved} @click=${() => this.reset(words)}>${say.reset}</button>
      </p>
      <p class="quiet" role="status">${this.said || nothing}</p>
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
