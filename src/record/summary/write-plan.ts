import type { Json } from '../resource.ts';
import type { PlanBeside } from '../sections/plan-merging.ts';
import type { PlanParts } from '../sections/plan-parts.ts';
import { base, concept, identifiers, part, person, phrase, stated, texts } from './elements.ts';
import type { Names } from './write-entry.ts';
import { writePlanLetter } from './write-plan-letter.ts';

/**
 * A plan as a CarePlan, or as the letter it is. A goal that stands by itself is neither, and IPS's plan of care takes no
 * others: it stays with its organisation. The goals a plan names are told in it.
 */
export function writePlan(entry: PlanBeside, id: string, names: Names): Json | undefined {
  if (entry.reference !== undefined) return writePlanLetter(entry, id, names);
  if (!entry.origin.resource.startsWith('CarePlan/')) return undefined;
  const [, ...more] = entry.categories;
  const first = entry.code ? [concept(entry.code)] : [];
  const created = entry.dateIs === 'recorded' ? entry.date : undefined;
  return {
    ...base(entry, 'CarePlan', id),
    ...(entry.people.length > 0 && {
      contained: [
        { resourceType: 'CareTeam', id: 'team', participant: entry.people.map((display) => ({ member: { display } })) },
      ],
      careTeam: [{ reference: '#team' }],
    }),
    ...part('identifier', identifiers(entry.businessId)),
    ...part('replaces', names.linked('replaces')),
    ...stated('status', entry.statusAsRecorded),
    ...stated('intent', entry.intent),
    title: entry.title,
    ...part('category', [...first, ...texts(more)]),
    ...part('description', entry.description),
    subject: names.subject,
    ...part('period', entry.period),
    ...part('created', created),
    ...part('author', person(entry)),
    ...part(
      'contributor',
      entry.authors.filter((name) => name !== entry.origin.by).map((display) => ({ display })),
    ),
    ...part(
      'addresses',
      entry.addresses.map((display) => ({ display })),
    ),
    ...part(
      'goal',
      entry.goals.map((display) => ({ display })),
    ),
    ...part('activity', entry.activities.map(activityOf)),
  };
}

function activityOf({
  text,
  status,
  statusReason,
  prohibited,
  who,
  where,
  notes,
}: PlanParts['activities'][number]): Json {
  return {
    ...part(
      'progress',
      notes.map((note) => ({ text: note })),
    ),
    detail: {
      ...stated('status', status),
      ...phrase('statusReason', statusReason),
      ...(prohibited && { doNotPerform: true }),
      ...part('location', where === undefined ? undefined : { display: where }),
      ...part(
        'performer',
        who.map((display) => ({ display })),
      ),
      description: text,
    },
  };
}
