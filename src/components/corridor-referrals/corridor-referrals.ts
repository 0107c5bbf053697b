import type { ReferralEntry } from '../../record/sections/referrals.ts';
import { dateInWords } from '../dates-in-words.ts';
import { whenOf, type Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Referrals: to whom, by whom, why, and how far they have come. */
export class CorridorReferrals extends SectionElement<ReferralEntry> {
  static override readonly lineOf = referralLine;
  static override readonly limit = 5;
}

/**
 * What was asked for, of whom, by whom and why. One that must not be made says so first. What became of it, newest first,
 * stands in the line of the referral itself: a refusal must not have to be looked for.
 */
export function referralLine(
  newest: ReferralEntry,
  around: Surroundings,
  entries: readonly ReferralEntry[] = [newest],
): Line {
  const { words } = around;
  const { referrals, care } = words;
  const entry = entries.find(({ kind }) => kind === 'referral') ?? newest;
  const since = entries.filter(({ kind }) => kind === 'progress' && entry.kind === 'referral');
  return {
    main: entry.title,
    lead: entry,
    flags: [
      entry.prohibited ? { tone: 'caution', word: care.mustNot } : undefined,
      entry.kind === 'progress' ? { tone: 'quiet', word: referrals.progress } : undefined,
    ],
    parts: [
      ...since.map((task) => becameInWords(task, around)),
      ...entry.progress,
      entry.referredTo.length > 0 ? referrals.to(entry.referredTo.join(', ')) : undefined,
      entry.referrer && referrals.from(entry.referrer),
      entry.reasons.filter((reason) => reason !== entry.title).join(', '),
      entry.priority,
      entry.types.filter((type) => type !== entry.title).join(', '),
      entry.wanted && referrals.wanted(dateInWords(entry.wanted, words)),
    ],
    body: [...new Set([...entry.notes, ...since.flatMap(({ notes }) => notes)])],
  };
}

/** "rejected, 12-Nov-2026, by Cardiology: not enough was said". */
function becameInWords(task: ReferralEntry, around: Surroundings): string {
  const who = task.referredTo.join(', ');
  const what = [task.statusAsRecorded ?? around.words.fact.states[task.state], whenOf(task, around), who];
  const why = [...task.progress, ...task.reasons].join(', ');
  return what.filter((part) => part !== '').join(', ') + (why === '' ? '' : `: ${why}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-referrals': CorridorReferrals;
  }
}
