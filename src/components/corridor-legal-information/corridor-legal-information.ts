import type { LegalEntry } from '../../record/sections/legal-information.ts';
import type { LegalKind, Power } from '../../record/sections/legal-kinds.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Legal information: who may decide for this person, what restricts them, and where the paper is. */
export class CorridorLegalInformation extends SectionElement<LegalEntry> {
  static override readonly lineOf = legalLine;
}

/** What it is, who holds it, when it is looked at again and where the signed paper is. */
export function legalLine(entry: LegalEntry, { words }: Surroundings): Line {
  const { legal, care } = words;
  return {
    main: entry.title,
    flags: [
      {
        tone: entry.state === 'current' ? (RESTRICTS.has(entry.kind) ? 'caution' : 'information') : 'quiet',
        word: legal.kinds[entry.kind],
      },
    ],
    parts: [
      entry.value,
      entry.powers.length > 0 && entry.powers.some((power) => !says(entry.title, power))
        ? entry.powers.map((power) => legal.powers[power]).join(', ')
        : undefined,
      entry.holders.length > 0 ? legal.heldBy(entry.holders.join(', ')) : undefined,
      entry.period?.end && legal.ends(dateInWords(entry.period.end, words)),
      entry.reviewDate && care.review(dateInWords(entry.reviewDate, words)),
      entry.documentLocation && care.form(entry.documentLocation),
    ],
    body: entry.notes,
  };
}

/** What limits somebody's freedom is marked more strongly than who speaks for them. */
const RESTRICTS: ReadonlySet<LegalKind> = new Set(['mha', 'dols']);

/** The source's own title already says it; the code's words are not repeated beside it. */
function says(title: string, power: Power): boolean {
  return power === 'health-and-welfare' ? /welfare|health/i.test(title) : /property|financ|affairs/i.test(title);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-legal-information': CorridorLegalInformation;
  }
}
