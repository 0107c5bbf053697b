import type { Words } from '../../words/words.ts';
import type { Tick } from './time-window.ts';

/** `2026`, `Mar-2026` or `03-Mar-2026`: never a day or a month without its year. */
export function tickInWords({ year, month, day }: Tick, words: Words): string {
  return [
    day === undefined ? undefined : String(day).padStart(2, '0'),
    month === undefined ? undefined : words.months[month - 1],
    String(year),
  ]
    .filter((part) => part !== undefined)
    .join('-');
}

/** The calendar day of a moment on the picture, whose time runs in UTC as the record's own days do. */
export function dayInWords(atMs: number, words: Words): string {
  const date = new Date(atMs);
  return tickInWords(
    { atMs, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    words,
  );
}
