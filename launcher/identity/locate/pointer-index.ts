/** A keyed hash of an NHS number, 64 bits of it, as two unsigned 32-bit halves. */
export type Handle = { readonly high: number; readonly low: number };

const ROWS_PER_BLOCK = 65_536;
/** Slots for each row: with a quarter to spare a search looks at two slots or so. */
const SLOTS_PER_ROW = 1.33;
const FIRST_SLOTS = 4_096;
const HALF = 0x1_0000_0000;

/**
 * Who holds a record of whom, in memory: a million residents and 150 organisations in some 30 MB, because nothing in it
 * is an object. Rows (handle, one bit for each organisation) stand in blocks of typed arrays, which grow without being
 * copied; a table of row numbers finds them by open addressing with linear steps.
 */
export class PointerIndex {
  readonly #wordsPerRow: number;
  readonly #handles: Uint32Array[] = [];
  readonly #bits: Uint32Array[] = [];
  /** Row number plus one; zero is an empty slot. */
  #slots: Uint32Array = new Uint32Array(FIRST_SLOTS);
  #rows = 0;

  constructor(organisations: number, expectedRows = 0) {
    this.#wordsPerRow = Math.max(1, Math.ceil(organisations / 32));
    if (expectedRows * SLOTS_PER_ROW > FIRST_SLOTS)
      this.#slots = new Uint32Array(Math.ceil(expectedRows * SLOTS_PER_ROW));
  }

  get size(): number {
    return this.#rows;
  }

  /** Numbers of the organisations that hold this person; `undefined` when nothing was ever said of them. */
  find({ high, low }: Handle): readonly number[] | undefined {
    const row = this.#rowOf(high, low);
    if (row < 0) return undefined;
    const bits = this.#bits[Math.floor(row / ROWS_PER_BLOCK)];
    const start = (row % ROWS_PER_BLOCK) * this.#wordsPerRow;
    const found: number[] = [];
    for (let word = 0; word < this.#wordsPerRow; word++) {
      let rest = bits?.[start + word] ?? 0;
      while (rest !== 0) {
        const bit = 31 - Math.clz32(rest & -rest);
        found.push(word * 32 + bit);
        rest &= rest - 1;
      }
    }
    return found;
  }

  /** Replaces all that is known of this person; an empty list is kept as “held by nobody who says so”. */
  set({ high, low }: Handle, organisations: readonly number[]): void {
    let row = this.#rowOf(high, low);
    if (row < 0) row = this.#add(high, low);
    const bits = this.#bits[Math.floor(row / ROWS_PER_BLOCK)];
    const start = (row % ROWS_PER_BLOCK) * this.#wordsPerRow;
    if (!bits) return;
    bits.fill(0, start, start + this.#wordsPerRow);
    for (const number of organisations) {
      const word = start + (number >>> 5);
      bits[word] = (bits[word] ?? 0) | (1 << (number & 31));
    }
  }

  /** Bytes of all arrays, for a figure that can be watched. */
  get bytes(): number {
    const blocks = [...this.#handles, ...this.#bits, this.#slots];
    return blocks.reduce((total, block) => total + block.byteLength, 0);
  }

  #add(high: number, low: number): number {
    if ((this.#rows + 1) * SLOTS_PER_ROW > this.#slots.length) this.#spread(Math.ceil(this.#slots.length * 1.5));
    const row = this.#rows++;
    if (row % ROWS_PER_BLOCK === 0) {
      this.#handles.push(new Uint32Array(ROWS_PER_BLOCK * 2));
      this.#bits.push(new Uint32Array(ROWS_PER_BLOCK * this.#wordsPerRow));
    }
    const handles = this.#handles[Math.floor(row / ROWS_PER_BLOCK)];
    const at = (row % ROWS_PER_BLOCK) * 2;
    if (handles) {
      handles[at] = high;
      handles[at + 1] = low;
    }
    this.#place(low, row);
    return row;
  }

  #rowOf(high: number, low: number): number {
    const slots = this.#slots;
    for (let slot = slotOf(low, slots.length); ; slot = slot + 1 === slots.length ? 0 : slot + 1) {
      const row = (slots[slot] ?? 0) - 1;
      if (row < 0) return -1;
      const handles = this.#handles[Math.floor(row / ROWS_PER_BLOCK)];
      const at = (row % ROWS_PER_BLOCK) * 2;
      if (handles?.[at] === high && handles[at + 1] === low) return row;
    }
  }

  #place(low: number, row: number): void {
    const slots = this.#slots;
    let slot = slotOf(low, slots.length);
    while (slots[slot] !== 0) slot = slot + 1 === slots.length ? 0 : slot + 1;
    slots[slot] = row + 1;
  }

  #spread(length: number): void {
    this.#slots = new Uint32Array(length);
    for (let row = 0; row < this.#rows; row++) {
      const handles = this.#handles[Math.floor(row / ROWS_PER_BLOCK)];
      this.#place(handles?.[(row % ROWS_PER_BLOCK) * 2 + 1] ?? 0, row);
    }
  }
}

/**
 * A hash is even, so half of it spreads over any number of slots by proportion. The lower half: the store gives its rows
 * in order of the upper one, and they would all crowd into one end of a table that is still growing.
 */
function slotOf(low: number, slots: number): number {
  return Math.floor((low / HALF) * slots);
}
