import { InvalidArgumentError } from 'commander';

/** A day or an instant, as the store writes instants: UTC with milliseconds. */
export function readInstant(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? new Date(text)
    : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('write a day (2026-11-22) or an instant (2026-11-22T09:00:00Z).');
  return date.toISOString();
}
