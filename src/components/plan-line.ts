import type { PlanParts } from '../record/sections/plan-parts.ts';
import { activityInWords } from './activity-in-words.ts';
import type { Line } from './line.ts';
import type { Surroundings } from './surroundings.ts';

/** A plan under any of its headings: what it is for, and every step of it. One that is a document says so. */
export function planLine(entry: PlanParts & { readonly reference?: string }, { words }: Surroundings): Line {
  const { care } = words;
  return {
    main: entry.title,
    flags: [
      entry.intent === 'proposal' ? { tone: 'quiet', word: care.proposal } : undefined,
      entry.reference === undefined ? undefined : { tone: 'quiet', word: care.document },
    ],
    parts: [entry.addresses.join(', '), entry.authors[0]],
    body: [
      ...(entry.description && entry.description !== entry.title ? [entry.description] : []),
      ...entry.goals.map((goal) => `${care.goal}: ${goal}`),
      ...entry.activities.map((activity) => activityInWords(activity, words)),
      ...entry.notes,
    ],
  };
}
