import type { Handover } from '../../messages/handover.ts';
import { readDate, sortMoment, type RecordedDate } from '../../record/fhir/date.ts';
import type { Transition } from '../../record/transitions.ts';

const DAY_MS = 86_400_000;

/**
 * Which handover is of which stay: the same organisation, and a day on which the stay began or ended. A handover that fits
 * none stands by itself; it is never left out.
 */
export function matchHandovers(
  stays: readonly Transition[],
  handovers: readonly Handover[],
): { readonly of: ReadonlyMap<string, readonly Handover[]>; readonly others: readonly Handover[] } {
  const of = new Map<string, Handover[]>();
  const others: Handover[] = [];
  for (const handover of handovers) {
    const stay = stays.find((one) => fits(one, handover));
    if (stay) of.set(stay.id, [...(of.get(stay.id) ?? []), handover]);
    else others.push(handover);
  }
  return { of, others };
}

function fits({ ods, start, end, date }: Transition, { from, happened, kind }: Handover): boolean {
  const at = readDate(happened);
  if (ods !== from.ods || !at || kind === 'conveyance' || kind === 'attendance') return false;
  const days = kind === 'admission' ? [start] : [end ?? date, start];
  return days.some((day) => day !== undefined && isNear(day, at));
}

function isNear(a: RecordedDate, b: RecordedDate): boolean {
  return Math.abs(sortMoment(a) - sortMoment(b)) <= DAY_MS;
}

/** Somebody has still to take it on. */
export function isWaiting({ recipients, withdrawnAt }: Handover): boolean {
  return withdrawnAt === undefined && recipients.some(({ state: stands }) => stands === 'waiting' || stands === 'late');
}
