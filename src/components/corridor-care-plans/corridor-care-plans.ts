import type { CarePlanEntry } from '../../record/sections/care-plans.ts';
import { activityInWords } from '../activity-in-words.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Care and support plans and goals. */
export class CorridorCarePlans extends SectionElement<CarePlanEntry> {
  static override readonly lineOf = carePlanLine;
  static override readonly limit = 4;
}

/** The plan and what it is about; its goals and activities are read in full when the section is open. */
export function carePlanLine(entry: CarePlanEntry, { words }: Surroundings): Line {
  const { care } = words;
  return {
    main: entry.title,
    flags: [entry.intent === 'proposal' ? { tone: 'quiet', word: care.proposal } : undefined],
    parts: [
      entry.kind === 'goal' ? care.goal : undefined,
      entry.addresses.join(', '),
      entry.achievement,
      entry.due && care.by(dateInWords(entry.due, words)),
      ...entry.targets,
    ],
    body: [
      ...(entry.description && entry.description !== entry.title ? [entry.description] : []),
      ...entry.goals.map((goal) => `${care.goal}: ${goal}`),
      ...entry.activities.map((activity) => activityInWords(activity, words)),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-care-plans': CorridorCarePlans;
  }
}
