import type { Entry } from './entry.ts';

/**
 * The source's own status word, where our reading of it leaves out something that matters: "on hold" is neither current
 * nor over, and of a status that nobody knows the word itself is all there is. What state and cautions say already is
 * not said twice.
 */
export function statusToShow({ state, statusAsRecorded }: Entry): string | undefined {
  const words = statusAsRecorded
    ?.split(', ')
    .filter((word) => SAYS_MORE.has(word) || (state === 'unknown' && !NOTHING.has(word)));
  return words === undefined || words.length === 0 ? undefined : words.join(', ');
}

const SAYS_MORE: ReadonlySet<string> = new Set([
  'accepted',
  'arrived',
  'checked-in',
  'declined',
  'draft',
  'failed',
  'eligible',
  'follow-up',
  'health-unknown',
  'noshow',
  'not-taken',
  'on-hold',
  'onhold',
  'onleave',
  'on-study-intervention',
  'on-study-observation',
  'partial',
  'ready',
  'received',
  'recurrence',
  'rejected',
  'relapse',
  'remission',
  'revoked',
  'stopped',
  'suspended',
  'triaged',
  'waitlist',
]);

/** "Status not known: unknown" tells nobody anything; a supply that was completed says it in its own line. */
const NOTHING: ReadonlySet<string> = new Set(['unknown', 'completed', 'confirmed']);
