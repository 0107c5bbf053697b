import { InvalidArgumentError } from 'commander';

/** A day that the calendar has: another would be compared as text and quietly mean never, or always. */
export function readDay(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('write a day (2026-11-22).');
  return text;
}
