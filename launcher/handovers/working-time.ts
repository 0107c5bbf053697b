import type { OpeningTimes } from '../trust/community.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** Beyond ten years of days nobody is open long enough for what was agreed: the clock counts instead. */
const MOST_DAYS = 3_660;

/**
 * When so much time has gone by in which somebody was there. Days and times are those of the zone's own clock, so the day
 * it is put forward has as many hours as it really had. Whoever acts has the whole of the last minute.
 */
export function addWorkingTime(startMs: number, lengthMs: number, times: OpeningTimes): number {
  let left = lengthMs;
  let day = localDayOf(startMs, times.zone);
  for (let n = 0; n < MOST_DAYS; n += 1, day += DAY_MS) {
    const open = openOn(day, times);
    if (!open) continue;
    const from = Math.max(open.from, startMs);
    if (open.to - from >= left) return from + left;
    left -= Math.max(0, open.to - from);
  }
  return startMs + lengthMs;
}

function openOn(day: number, times: OpeningTimes): { readonly from: number; readonly to: number } | undefined {
  const date = new Date(day);
  const hours = times.days[DAYS[date.getUTCDay()] ?? 'sun'];
  if (!hours || times.closed.includes(date.toISOString().slice(0, 10))) return undefined;
  const [from, to] = hours.map((time) => instantOf(day + minutesOf(time) * MINUTE_MS, times.zone));
  return from === undefined || to === undefined ? undefined : { from, to };
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Midnight of the day it is there, as if that were UTC. */
function localDayOf(ms: number, zone: string): number {
  return Math.floor((ms + offsetAt(ms, zone)) / DAY_MS) * DAY_MS;
}

/** A local time that is there twice is its first; one that is left out is as long after midnight as it says. */
function instantOf(local: number, zone: string): number {
  const before = local - offsetAt(local - DAY_MS / 2, zone);
  const after = local - offsetAt(local + DAY_MS / 2, zone);
  if (before === after) return before;
  return before + offsetAt(before, zone) === local ? before : after + offsetAt(after, zone) === local ? after : before;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC then. */
function offsetAt(ms: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    formats.set(zone, format);
  }
  const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return local - Math.floor(ms / 1_000) * 1_000;
}
