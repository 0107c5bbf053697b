import type { HoursCounted } from '../trust/community.ts';
import type { RecipientRow } from '../storage/tables/handovers.ts';
import { instant, type HandoverGround } from './ports.ts';
import { addWorkingTime } from './working-time.ts';

const HOUR_MS = 3_600_000;
/** Who is passed a handover late has this long to see it, or what its rule gives if that is less. */
const AT_LEAST_HOURS = 4;

type Ground = Pick<HandoverGround, 'agreement' | 'now'>;

/** So many hours from then, by the clock or in the community's opening times, as was agreed. */
export function after(
  fromMs: number,
  hours: number,
  counted: HoursCounted,
  { agreement }: Pick<Ground, 'agreement'>,
): string {
  const { openingTimes } = agreement;
  return instant(
    counted === 'working' && openingTimes
      ? addWorkingTime(fromMs, hours * HOUR_MS, openingTimes)
      : fromMs + hours * HOUR_MS,
  );
}

/**
 * Until when whoever it is passed to must acknowledge it. Passed on before anybody had acknowledged it, what is left of the
 * time is all there is: passing it round buys none. Taken on, and given over by its owner, it has its rule's time anew.
 */
export function dueAfter(
  { rule: id, dueAt, acknowledgedAt }: RecipientRow,
  ground: Ground,
): { readonly dueAt: string; readonly unownedAt: string } {
  const { lead, rules } = ground.agreement;
  const nowMs = ground.now();
  const rule = rules.find((one) => one.id === id);
  const [hours, counted] = rule ? [rule.withinHours, rule.hours] : [lead.afterHours, lead.hours];
  const whole = after(nowMs, hours, counted, ground);
  const least = after(nowMs, Math.min(hours, AT_LEAST_HOURS), counted, ground);
  const left = dueAt > least ? dueAt : least;
  return {
    dueAt: acknowledgedAt !== undefined ? whole : left < whole ? left : whole,
    unownedAt: after(nowMs, lead.afterHours, lead.hours, ground),
  };
}
