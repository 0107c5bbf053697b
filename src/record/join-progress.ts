import type { Entry } from './entry.ts';
import { isBefore, sortMoment } from './fhir/date.ts';
import type { ReferralEntry } from './sections/referrals.ts';

/**
 * A referral and the Tasks that tell what became of it are one line (Task.focus, Task.basedOn): a refusal that stands somewhere
 * below its referral leaves a clinician to wait for an appointment that nobody will make (safety H17). Each Task is given
 * its referral, whose key it shares; a referral whose newest Task was refused, called off or failed no longer waits, whatever
 * its own status says, which stays beside it.
 */
export function joinProgress(entries: readonly Entry[]): readonly Entry[] {
  const tasks = tasksByRequest(entries);
  if (tasks.size === 0) return entries;
  const joined = new Map<string, ReferralEntry>();
  for (const entry of entries) {
    const key = keyOf(entry, entry.origin.resource);
    const own = tasks.get(key);
    if (own && isReferral(entry) && entry.state !== 'in-error') joined.set(key, afterAll(entry, own));
  }
  if (joined.size === 0) return entries;
  return entries.map((entry) => {
    if (isProgress(entry)) {
      const about = entry.state === 'in-error' ? undefined : requestsOf(entry).flatMap((to) => joined.get(to) ?? [])[0];
      return about ? { ...entry, about } : entry;
    }
    // What is read beside a referral, or lies inside it, is of the same resource and stays what it is.
    return (isReferral(entry) && joined.get(keyOf(entry, entry.origin.resource))) || entry;
  });
}

function tasksByRequest(entries: readonly Entry[]): ReadonlyMap<string, readonly ReferralEntry[]> {
  const tasks = new Map<string, ReferralEntry[]>();
  for (const entry of entries) {
    if (!isProgress(entry) || entry.state === 'in-error') continue;
    for (const key of requestsOf(entry)) tasks.set(key, [...(tasks.get(key) ?? []), entry]);
  }
  return tasks;
}

/**
 * The referral as it stands after its newest Task. One that nobody can interpret, or that came before it, ends nothing; nor
 * does one beside another of the same moment that says otherwise: which of the two came last, nobody can say.
 */
function afterAll(referral: ReferralEntry, tasks: readonly ReferralEntry[]): ReferralEntry {
  const latest = Math.max(...tasks.map(moment));
  const newest = tasks.filter((task) => moment(task) === latest);
  const open = referral.state === 'planned' || referral.state === 'current' || referral.state === 'unknown';
  if (!open || !newest.every(isRefusal)) return referral;
  const { date: asked } = referral;
  if (asked && newest.every(({ date }) => date && isBefore(date, sortMoment(asked)))) return referral;
  return { ...referral, state: 'negated', cautions: [...new Set([...referral.cautions, 'cancelled' as const])] };
}

function isRefusal({ state, cautions }: Entry): boolean {
  return state === 'negated' && !cautions.includes('not-interpretable');
}

function moment({ date }: Entry): number {
  return date === undefined ? -Number.MAX_SAFE_INTEGER : sortMoment(date);
}

function isReferral(entry: Entry): entry is ReferralEntry {
  return entry.section === 'referrals' && (entry as ReferralEntry).kind === 'referral';
}

function isProgress(entry: Entry): entry is ReferralEntry {
  return entry.section === 'referrals' && (entry as ReferralEntry).kind === 'progress';
}

function requestsOf(entry: Entry): readonly string[] {
  return entry.links.filter(({ rel }) => rel === 'request').map(({ to }) => keyOf(entry, to));
}

function keyOf({ origin }: Entry, resource: string): string {
  return `${origin.source}/${resource}`;
}
