/** Agreements and policies begin and end at midnight where the community is. `en-CA` writes YYYY-MM-DD. */
export function dayOf(nowMs: number): string {
  return DAY.format(nowMs);
}

const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** YYYY-MM-DD before this one. A day by itself has no zone, so none can move it. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
