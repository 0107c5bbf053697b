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
