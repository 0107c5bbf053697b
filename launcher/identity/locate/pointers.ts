/** How it is known: the organisation said so, or it answered with a record. */
export type PointerSource = 'pushed' | 'answered';

/** One organisation that holds a record of one resident, by the organisation's number, until the end of a day. */
export type Pointer = { readonly organisation: number; readonly untilDay: number; readonly how: PointerSource };

const DAY_MS = 86_400_000;
/** No day: the row of a resident whom nobody holds any more never runs out. */
const NEVER = 2_000_000;

export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** `3.20800.p,17.20801.a`: short, and read without a parser's objects when a million of them are. */
export function writePointers(pointers: readonly Pointer[]): string {
  return pointers
    .map(({ organisation, untilDay, how }) => `${String(organisation)}.${String(untilDay)}.${how[0] ?? ''}`)
    .join(',');
}

export function readPointers(text: string): readonly Pointer[] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    const [organisation = '', untilDay = '', how] = part.split('.');
    return { organisation: Number(organisation), untilDay: Number(untilDay), how: how === 'p' ? 'pushed' : 'answered' };
  });
}

/**
 * The organisations alone, of those that have not run out; from `start` to `end` of a longer text. `into` is emptied and
 * filled, so that reading a million rows makes no million lists.
 */
export function organisationsIn(
  text: string,
  today: number,
  { start = 0, end = text.length, into = [] as number[] } = {},
): number[] {
  into.length = 0;
  for (let at = start; at < end; at += 3) {
    let organisation = 0;
    for (let code = text.charCodeAt(at); code !== DOT; code = text.charCodeAt(++at))
      organisation = organisation * 10 + code - ZERO;
    let day = 0;
    at++;
    for (let code = text.charCodeAt(at); code !== DOT; code = text.charCodeAt(++at)) day = day * 10 + code - ZERO;
    if (day >= today) into.push(organisation);
  }
  return into;
}

const DOT = 0x2e;
const ZERO = 0x30;

/** The day on which the first of them runs out. */
export function firstExpiry(pointers: readonly Pointer[]): number {
  return pointers.reduce((first, { untilDay }) => Math.min(first, untilDay), NEVER);
}

/** With one organisation's word taken in: what it pushed stands over what was learnt, and it alone takes its pointer back. */
export function withPointer(
  pointers: readonly Pointer[],
  change: Pointer | { readonly organisation: number; readonly gone: true },
): readonly Pointer[] {
  const others = pointers.filter(({ organisation }) => organisation !== change.organisation);
  if ('gone' in change) return others;
  const before = pointers.find(({ organisation }) => organisation === change.organisation);
  if (!before || change.how === 'pushed') return [...others, change];
  return [...others, { ...before, untilDay: Math.max(before.untilDay, change.untilDay) }];
}
