import type { Caution, Reading } from '../entry.ts';
import type { RecordedDate } from '../fhir/date.ts';
import { localReference } from '../fhir/reference.ts';
import { entryIdOf, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import { asString, isResource, type Resource } from '../resource.ts';
import type { InvestigationEntry } from './investigation-entry.ts';
import { readResult } from './observation-result.ts';

/**
 * The results that a report or a panel carries inside itself: a contained Observation has no other way onto the screen. All
 * of them, also the member of a panel that is contained too, and one that is referred to in a way we cannot follow: inside a
 * report it can be nothing but a result of it.
 */
export function containedResults(
  holder: Resource,
  context: ReadContext,
  entry: InvestigationEntry,
): Reading<InvestigationEntry> {
  const contained = Array.isArray(holder['contained']) ? holder['contained'].filter(isResource) : [];
  const inside = contained
    .filter((inner) => inner.resourceType === 'Observation')
    .map((inner, index) => ({
      part: asString(inner.id) ?? index,
      other: isOfSomebodyElse(inner, holder),
      result: readResult({ ...inner, contained }, context),
    }));
  return {
    entries: inside.flatMap(({ part, other, result }) =>
      result ? [{ ...insideOf(entry, result, other), id: entryIdOf(holder, context, part) }] : [],
    ),
    unread: inside.flatMap(({ result }) => (result ? [] : unreadable(holder, context, 'contained').unread)),
  };
}

/** What casts doubt on the whole casts doubt on each part of it, and its labels are theirs. */
function insideOf(
  whole: InvestigationEntry,
  result: InvestigationEntry,
  other: readonly Caution[],
): InvestigationEntry {
  const { date: _date, dateIs: _dateIs, ...rest } = result;
  return {
    ...rest,
    origin: whole.origin,
    labels: [...new Set([...whole.labels, ...result.labels])],
    cautions: [...new Set([...whole.cautions, ...result.cautions, ...other])],
    state: whole.state === 'in-error' ? 'in-error' : result.state,
    ...datesOf(result, whole),
    links: [
      ...result.links,
      ...(whole.kind === 'report' ? [{ rel: 'report' as const, to: whole.origin.resource }] : []),
    ],
  };
}

type Dated = { readonly date?: RecordedDate; readonly dateIs?: 'recorded' };

/** A day on which it was so, of the result or of the whole, before any on which it was issued; and that it is one stays with it. */
function datesOf(result: Dated, whole: Dated): Dated {
  const dated = [result, whole].filter(({ date }) => date !== undefined);
  const { date, dateIs } = dated.find((one) => one.dateIs === undefined) ?? dated[0] ?? {};
  return { ...(date && { date }), ...(dateIs && { dateIs }) };
}

/** A donor's or a mother's result in the report of the patient. */
function isOfSomebodyElse(inner: Resource, holder: Resource): readonly Caution[] {
  const [own, whole] = [inner, holder].map(({ subject }) => localReference(subject));
  return own !== undefined && whole !== undefined && own !== whole ? ['about-somebody-else'] : [];
}
