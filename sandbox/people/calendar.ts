/**
 * Dates of the pretend records, all counted from one `today` that is handed in: nothing here reads a clock, so the
 * same day gives the same records and the demonstration never grows old.
 */
export type Span = 'days' | 'weeks' | 'months' | 'years';

export class Calendar {
  readonly today: string;

  constructor(today: string) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) throw new Error('today must be a day written yyyy-mm-dd');
    this.today = today;
  }

  /** The day so long before today; `from` counts from another day. */
  ago(count: number, span: Span, from: string = this.today): string {
    return shift(from, -count, span);
  }

  ahead(count: number, span: Span, from: string = this.today): string {
    return shift(from, count, span);
  }

  /** Days from `start` up to and including `end`, one every `count` spans. */
  every(count: number, span: Span, start: string, end: string = this.today): readonly string[] {
    const days: string[] = [];
    for (let step = 0; ; step++) {
      const day = shift(start, step * count, span);
      if (day > end) return days;
      days.push(day);
    }
  }

  /** A Monday-to-Friday day: the day itself, or the Monday after. */
  weekday(day: string): string {
    const name = new Date(`${day}T12:00:00Z`).getUTCDay();
    return name === 6 ? shift(day, 2, 'days') : name === 0 ? shift(day, 1, 'days') : day;
  }

  isPast(day: string): boolean {
    return day.slice(0, 10) <= this.today;
  }
}

/** A moment of the wall clock in London, with the offset that was in force: +01:00 in British Summer Time. */
export function at(day: string, time: string): string {
  const seconds = time.length === 5 ? ':00' : '';
  return `${day.slice(0, 10)}T${time}${seconds}${isSummerTime(day) ? '+01:00' : '+00:00'}`;
}

/** dd-Mmm-yyyy, as letters write it. */
export function inWords(day: string): string {
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    Number(day.slice(5, 7)) - 1
  ];
  return `${day.slice(8, 10)}-${month ?? ''}-${day.slice(0, 4)}`;
}

/** Years between two days with a fraction, for trends over time. */
export function yearsBetween(start: string, end: string): number {
  return (
    (Date.parse(`${end.slice(0, 10)}T00:00:00Z`) - Date.parse(`${start.slice(0, 10)}T00:00:00Z`)) /
    (365.25 * 86_400_000)
  );
}

function shift(day: string, count: number, span: Span): string {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  if (span === 'days' || span === 'weeks') {
    return iso(Date.UTC(year, month - 1, date + count * (span === 'weeks' ? 7 : 1)));
  }
  const months = month - 1 + count * (span === 'years' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, months, Math.min(date, last)));
}

function iso(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** Last Sunday of March to last Sunday of October; the hour of the change itself does not matter to these records. */
function isSummerTime(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return day.slice(0, 10) >= lastSunday(year, 2) && day.slice(0, 10) < lastSunday(year, 9);
}

function lastSunday(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return iso(Date.UTC(year, month, last.getUTCDate() - last.getUTCDay()));
}
