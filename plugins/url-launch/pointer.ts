/** What a link says once its proof has been checked; none of it has been judged yet. */
export type Pointer = {
  readonly nhsNumber: string;
  /** YYYY-MM-DD; empty when it was no date. */
  readonly birthDate: string;
  readonly family?: string;
  readonly localId?: string;
  readonly organisation: string;
  /** Seconds since 1970, where the profile carries a time. */
  readonly atS?: number;
  readonly untilS?: number;
  /** What makes this link one and no other; each is good once. */
  readonly nonces: readonly string[];
  readonly user?: PointedUser;
};

/** The user as the EPR says it, in the EPR's own words. */
export type PointedUser = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly sdsUserId?: string;
};

/** What is wrong with a link before anything of it is proven. For the audit only: whoever sent it is told no difference. */
export type LinkFault = { readonly fault: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Dates as British systems write them; day before month, never the other way about. A date that is none is empty. */
export function readBirthDate(text: string | undefined): string {
  const given = (text ?? '').trim();
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-?(\d{2})-?(\d{2})(?:T00:00:00.*)?$/.exec(given) ?? [];
  if (isoYear !== undefined) return dateOf(Number(isoYear), Number(isoMonth), Number(isoDay));
  const [, day, month, year] = /^(\d{1,2})[/ .-](\d{1,2}|[A-Za-z]{3})[/ .-](\d{4})$/.exec(given) ?? [];
  if (month === undefined) return '';
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.toLowerCase()) + 1;
  return dateOf(Number(year), number, Number(day));
}

function dateOf(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1850 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return '';
  return date.toISOString().slice(0, 10);
}

/** A short text with something in it, or nothing; never a number, an object or a list. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text.length > 200 ? undefined : text;
}
