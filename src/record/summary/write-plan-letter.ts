import type { Json } from '../resource.ts';
import type { PlanBeside } from '../sections/plan-merging.ts';
import { base, concept, part, texts, UNKNOWN } from './elements.ts';
import type { Names } from './write-entry.ts';

/**
 * A plan that is a letter: that there is one, what it is called and who keeps it. The letter itself is opened at the
 * organisation that holds it and is no part of the document.
 */
export function writePlanLetter(entry: PlanBeside, id: string, names: Names): Json {
  const recorded = entry.dateIs === 'recorded' ? entry.date : undefined;
  const [system, value] = entry.businessId?.split(/\|(.*)/s) ?? [];
  const drafted = (['preliminary', 'amended'] as const).find((status) => entry.cautions.includes(status));
  return {
    ...base({ ...entry, notes: [] }, 'DocumentReference', id),
    ...part('identifier', value === undefined ? [] : [{ system, value }]),
    ...(entry.statusAsRecorded === undefined ? { _status: UNKNOWN } : { status: entry.statusAsRecorded }),
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
    description: entry.title,
    content: [
      { attachment: { title: entry.title, ...part('creation', recorded === undefined ? entry.date : undefined) } },
    ],
  };
}

function isInstant(date: string): boolean {
  return /T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(date);
}
