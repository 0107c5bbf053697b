import type { ReferralEntry } from '../../record/sections/referrals.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Referrals: to whom, by whom, why, and how far they have come. */
export class CorridorReferrals extends SectionElement<ReferralEntry> {
  static override readonly lineOf = referralLine;
  static override readonly limit = 5;
}

/** What was asked for, of whom, by whom and why. One that must not be made says so first. */
export function referralLine(entry: ReferralEntry, { words }: Surroundings): Line {
  const { referrals, care } = words;
  return {
    main: entry.title,
    flags: [
      entry.prohibited ? { tone: 'caution', word: care.mustNot } : undefined,
      entry.kind === 'progress' ? { tone: 'quiet', word: referrals.progress } : undefined,
    ],
    parts: [
      ...entry.progress,
      entry.referredTo.length > 0 ? referrals.to(entry.referredTo.join(', ')) : undefined,
      entry.referrer && referrals.from(entry.referrer),
      entry.reasons.filter((reason) => reason !== entry.title).join(', '),
      entry.priority,
      entry.types.filter((type) => type !== entry.title).join(', '),
      entry.wanted && referrals.wanted(dateInWords(entry.wanted, words)),
    ],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-referrals': CorridorReferrals;
  }
}
