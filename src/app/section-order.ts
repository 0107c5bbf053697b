import type { SectionId } from '../record/section.ts';
import { isStandingDanger } from '../record/standing-danger.ts';
import type { Words } from '../words/words.ts';
import { ownOrderWords } from '../words/own-order.ts';

/**
 * The reader's own order of sections, for as long as the view is open and nowhere but in memory. Dangers stand first
 * whatever the reader chooses; banner, gaps and disagreements are no sections and cannot be moved (product.md).
 */
export class SectionOrder {
  readonly #changed: () => void;
  #own: readonly SectionId[] | undefined;
  #said = '';
  open = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the reader has moved anything. */
  get isMoved(): boolean {
    return this.#own !== undefined;
  }

  /** What the last move did, for whoever hears the page. */
  get said(): string {
    return this.#said;
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

  reset(words: Words): void {
    this.#own = undefined;
    this.#said = ownOrderWords(words.language).wasReset;
    this.#changed();
  }

  toggle(open: boolean): void {
    this.open = open;
    this.#said = '';
    this.#changed();
  }
}
