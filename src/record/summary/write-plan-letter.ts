import type { Json } from '../resource.ts';
import type { PlanBeside } from '../sections/plan-merging.ts';
import { base, concept, identifiers, part, stated, texts, UNKNOWN } from './elements.ts';
import type { Names } from './write-entry.ts';

/**
 * A plan that is a letter: that there is one, what it is called and who keeps it. The letter itself is opened at the
 * organisation that holds it and is no part of the document.
 */
export function writePlanLetter(entry: PlanBeside, id: string, names: Names): Json {
  const recorded = entry.dateIs === 'recorded' ? entry.date : undefined;
  const drafted = (['preliminary', 'amended'] as const).find((status) => entry.cautions.includes(status));
  return {
    ...base({ ...entry, notes: [] }, 'DocumentReference', id),
    ...part('identifier', identifiers(entry.businessId)),
    ...stated('status', entry.statusAsRecorded),
    ...part('docStatus', drafted),
    ...(entry.code && { type: concept(entry.code) }),
    ...part('category', texts(entry.categories)),
    subject: names.subject,
    // An instant, or nothing: a source that filed only the day gives no time of ours to its letter.
    ...(recorded !== undefined && (isInstant(recorded) ? { date: recorded } : { _date: UNKNOWN })),
    ...part(
      'author',
      entry.authors.map((display) => ({ display })),
    ),
    custodian: names.organisation,
    ...part(
      'relatesTo',
      names.linked('replaces').map((target) => ({ code: 'replaces', target })),
    ),
    description: entry.title,
    content: [
      { attachment: { title: entry.title, ...part('creation', recorded === undefined ? entry.date : undefined) } },
    ],
  };
}

/** A recorded date with its seconds and its zone. */
function isInstant(date: string): boolean {
  return /T.{5}:.*[Z+-]/.test(date);
}
