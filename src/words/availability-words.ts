import type { Weekday } from '../messages/thread.ts';

/** The words of when a team takes messages in. They come with the address book, and not before. */
export type AvailabilityWords = {
  /** Beside a team that its own system says is not in use. */
  readonly notTaking: string;
  readonly days: Readonly<Record<Weekday, string>>;
  readonly everyDay: string;
  readonly allDay: string;
  readonly hours: (from: string, to: string) => string;
  /** `when` as dates in words; empty where it is not said. */
  readonly closed: (what: string, when: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly since: (from: string) => string;
  readonly until: (to: string) => string;
};

const EN_GB: AvailabilityWords = {
  notTaking: 'Not taking messages, its own system says',
  days: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  everyDay: 'every day',
  allDay: 'all day',
  hours: (from, to) => `${from} to ${to}`,
  closed: (what, when) => (when === '' ? `not available: ${what}` : `not available ${when}: ${what}`),
  between: (from, to) => `${from} to ${to}`,
  since: (from) => `from ${from}`,
  until: (to) => `until ${to}`,
};

const CY: AvailabilityWords = {
  notTaking: 'Ddim yn derbyn negeseuon, yn ôl ei system ei hun',
  days: { mon: 'Llun', tue: 'Maw', wed: 'Mer', thu: 'Iau', fri: 'Gwe', sat: 'Sad', sun: 'Sul' },
  everyDay: 'bob dydd',
  allDay: 'drwy’r dydd',
  hours: (from, to) => `${from} i ${to}`,
  closed: (what, when) => (when === '' ? `ddim ar gael: ${what}` : `ddim ar gael ${when}: ${what}`),
  between: (from, to) => `${from} i ${to}`,
  since: (from) => `o ${from}`,
  until: (to) => `hyd ${to}`,
};

export function availabilityWords(language: string): AvailabilityWords {
  return language === 'cy' ? CY : EN_GB;
}
