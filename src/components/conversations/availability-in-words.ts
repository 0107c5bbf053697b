import type { TeamAvailability, TeamTime, Weekday } from '../../messages/thread.ts';
import { readDate } from '../../record/fhir/date.ts';
import { type AvailabilityWords, availabilityWords } from '../../words/availability-words.ts';
import type { Words } from '../../words/words.ts';
import { dateInWords } from '../dates-in-words.ts';

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** "Mon–Fri 08:00 to 18:30", then what is closed; nothing where nothing is said. */
export function availabilityInWords({ times, closed }: TeamAvailability, words: Words): readonly string[] {
  const own = availabilityWords(words.language);
  const date = (day: string): string => {
    const read = readDate(day);
    return read === undefined ? day : dateInWords(read, words);
  };
  return [
    ...times.map((time) => timeInWords(time, own)),
    ...closed.map(({ words: what, from, to }) => {
      if (from !== undefined && to !== undefined)
        return own.closed(what, from === to ? date(from) : own.between(date(from), date(to)));
      if (from !== undefined) return own.closed(what, own.since(date(from)));
      return own.closed(what, to === undefined ? '' : own.until(date(to)));
    }),
  ];
}

function timeInWords({ days, allDay, hours }: TeamTime, words: AvailabilityWords): string {
  const when = allDay === true ? words.allDay : hours ? words.hours(hours.from, hours.to) : '';
  return [daysInWords(days, words), when].filter(Boolean).join(' ');
}

/** In the order of the week; three and more that follow one another as a span. */
function daysInWords(days: readonly Weekday[], words: AvailabilityWords): string {
  const ordered = WEEK.filter((day) => days.includes(day));
  if (ordered.length === 0 || ordered.length === WEEK.length) return words.everyDay;
  const [first, last] = [ordered[0], ordered.at(-1)] as [Weekday, Weekday];
  const unbroken = WEEK.indexOf(last) - WEEK.indexOf(first) === ordered.length - 1;
  return unbroken && ordered.length > 2
    ? `${words.days[first]}–${words.days[last]}`
    : ordered.map((day) => words.days[day]).join(', ');
}
