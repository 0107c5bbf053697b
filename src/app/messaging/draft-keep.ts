import { isEmpty, type Draft } from '../../messages/draft.ts';

/** Longer than a look at another chart, shorter than a shift. */
const KEPT_MS = 15 * 60_000;

/**
 * What was being written when the chart changed: locked, in this window's memory and nowhere else, until the same reader
 * has the same person's chart open again, or a quarter of an hour has gone by. Nothing else ever gets at it (safety H30).
 */
export class DraftKeep {
  readonly #keptMs: number;
  #drafts: readonly Draft[] = [];
  #reader: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(keptMs = KEPT_MS) {
    this.#keptMs = keptMs;
  }

  /** Without a reader's name nobody can be told to be the same again: nothing is kept. */
  lock(drafts: readonly Draft[], reader: string | undefined): void {
    if (reader === undefined || reader !== this.#reader) this.forget();
    const written = drafts.filter((draft) => !isEmpty(draft));
    if (reader === undefined || written.length === 0) return;
    this.#reader = reader;
    const ids = new Set(written.map(({ id }) => id));
    this.#drafts = [...this.#drafts.filter(({ id }) => !ids.has(id)), ...written];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.forget(), this.#keptMs);
  }

  /** This person's, for the reader who wrote them; somebody else at the window ends all of it. */
  take(nhsNumber: string, reader: string | undefined): readonly Draft[] {
    if (reader === undefined || reader !== this.#reader) {
      this.forget();
      return [];
    }
    const theirs = this.#drafts.filter(({ bound }) => bound.nhsNumber === nhsNumber);
    this.#drafts = this.#drafts.filter(({ bound }) => bound.nhsNumber !== nhsNumber);
    return theirs;
  }

  /** How many are locked, of whomever. */
  get locked(): number {
    return this.#drafts.length;
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#drafts = [];
    this.#reader = undefined;
  }
}

/** A window is one desk: what is locked stays in it, whichever record comes next. */
export const windowDrafts = new DraftKeep();
