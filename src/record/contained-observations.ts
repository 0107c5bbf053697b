import type { Caution, Entry, EntryId, Link, Reading } from './entry.ts';
import { readCode } from './fhir/coding.ts';
import { readDate, readObservedDate, type RecordedDate } from './fhir/date.ts';
import { localReference } from './fhir/reference.ts';
import { entryIdOf, readOrigin, readStatement, resourceKey, unreadable } from './fhir/statement.ts';
import { optional } from './optional.ts';
import type { Origin } from './origin.ts';
import type { ReadContext } from './read-context.ts';
import { asObjects, asString, isResource, type Resource } from './resource.ts';
import { readResult } from './sections/observation-result.ts';
import { isExamination, isInvestigation } from './sections/which-section.ts';

/**
 * Observations that another resource carries inside itself. They have no identity and no other way onto the screen (FHIR R4
 * §2.3.0.2), so each is read here: under its own heading, by the same rules as one that stands alone, as a part of the
 * resource that holds it. What does not say of what kind it is, is of the kind of its report or panel.
 */
export function readContained(
  holder: Resource,
  whole: Reading,
  context: ReadContext,
  readAlone: (resource: Resource, context: ReadContext) => Reading,
): Reading {
  const contained = Array.isArray(holder['contained']) ? holder['contained'].filter(isResource) : [];
  const inside: ReadContext = {
    ...context,
    // What a contained resource refers to with `#` is contained beside it, not inside it.
    resolve: (reference, within) => context.resolve(reference, within['contained'] === undefined ? holder : within),
  };
  const readings = contained
    .filter(({ resourceType }) => resourceType === 'Observation')
    .map((inner, index): Reading => {
      const { contained: _none, ...alone } = inner;
      const { entries, unread } = readOne(alone, holder, inside, readAlone);
      const part = asString(inner.id) ?? String(index);
      return {
        entries: entries.map((entry) => ({
          ...insideOf(entry, inner, holder, whole, context),
          id: partId(entry.id, holder, part, context),
        })),
        unread: unread.flatMap(() => unreadable(holder, context, 'contained').unread),
      };
    });
  return { entries: readings.flatMap(({ entries }) => entries), unread: readings.flatMap(({ unread }) => unread) };
}

/** One statement may be told under two headings; the second then has a part of its own (`…#k-cpr`). */
function partId(own: EntryId, holder: Resource, part: string, context: ReadContext): EntryId {
  const [, second] = own.split('#');
  return entryIdOf(holder, context, second === undefined ? part : `${part}-${second}`);
}

/**
 * Whatever a report or a panel of results holds is a result of it, also what stands there as "Potassium" and no more,
 * unless it says by itself that it is something else.
 */
function readOne(
  inner: Resource,
  holder: Resource,
  context: ReadContext,
  readAlone: (resource: Resource, context: ReadContext) => Reading,
): Reading {
  const filed = filedAs(inner, holder);
  const reading = readAlone(filed, context);
  if (!holdsResults(holder) || reading.entries[0]?.section !== 'examination-findings' || isExamination(filed))
    return reading;
  const result = readResult(inner, context);
  const [, ...others] = reading.entries;
  return result ? { ...reading, entries: [result, ...others] } : reading;
}

function holdsResults(holder: Resource): boolean {
  return (
    holder.resourceType === 'DiagnosticReport' || (holder.resourceType === 'Observation' && isInvestigation(holder))
  );
}

function isReportOrPanel({ resourceType }: Resource): boolean {
  return resourceType === 'DiagnosticReport' || resourceType === 'Observation';
}

function filedAs(inner: Resource, holder: Resource): Resource {
  const { category } = holder;
  return isReportOrPanel(holder) && asObjects(inner['category']).length === 0 ? { ...inner, category } : inner;
}

/** What casts doubt on the whole casts doubt on each part of it, and its labels are theirs. */
function insideOf(
  entry: Entry,
  inner: Resource,
  holder: Resource,
  whole: Reading,
  context: ReadContext,
): Omit<Entry, 'id'> {
  const { date: _date, dateIs: _dateIs, ...rest } = entry;
  const first = whole.entries[0] ?? readStatement(holder, context, entry.section);
  return {
    ...rest,
    origin: originOf(entry, holder, context),
    labels: [...new Set([...first.labels, ...entry.labels])],
    cautions: [
      ...new Set([...doubtsOf(first.cautions, holder), ...entry.cautions, ...ofSomebodyElse(inner, holder, whole)]),
    ],
    state: isInError(whole, holder) ? 'in-error' : entry.state,
    ...dateOf(entry, holder),
    links: [...entry.links, ...linksTo(holder)],
  };
}

/** Whoever signs a report says each result of it; who attended an encounter or asked for a referral says nothing in it. */
function originOf({ origin }: Entry, holder: Resource, context: ReadContext): Origin {
  const { by, ...whole } = readOrigin(holder, context);
  return { ...whole, ...optional('by', origin.by ?? (isReportOrPanel(holder) ? by : undefined)) };
}

/** That the whole has no value, or that its name and its code differ, is said of the whole alone. */
const OF_THE_WHOLE: ReadonlySet<Caution> = new Set(['value-missing', 'text-differs']);

/** How an encounter or a form stands is not how what lies in it stands, but that nobody can interpret it is. */
function doubtsOf(cautions: readonly Caution[], holder: Resource): readonly Caution[] {
  return isReportOrPanel(holder)
    ? cautions.filter((caution) => !OF_THE_WHOLE.has(caution))
    : cautions.filter((caution) => caution === 'not-interpretable');
}

function isInError({ entries }: Reading, holder: Resource): boolean {
  const said = [holder['status'], holder['verificationStatus']].map(readCode);
  return entries[0]?.state === 'in-error' || said.includes('entered-in-error');
}

/** A donor's or a mother's result in the report of the patient, and whatever lies in the history of a relative. */
function ofSomebodyElse(inner: Resource, holder: Resource, { entries }: Reading): readonly Caution[] {
  const own = localReference(inner['subject']);
  const whole = localReference(holder['subject'] ?? holder['patient']);
  const differs = own !== undefined && whole !== undefined && own !== whole;
  const ofRelative = holder.resourceType === 'FamilyMemberHistory' || entries[0]?.section === 'family-history';
  return differs || ofRelative ? ['about-somebody-else'] : [];
}

type Dated = { readonly date?: RecordedDate; readonly dateIs?: 'recorded' };

/** A day on which it was so, of its own or of the whole, before any on which it was issued; and that it is one stays with it. */
function dateOf(entry: Entry, holder: Resource): Dated {
  const dated = [entry, wholeDate(holder)].filter(({ date }) => date !== undefined);
  const { date, dateIs } = dated.find((one) => one.dateIs === undefined) ?? dated[0] ?? {};
  return { ...(date && { date }), ...(dateIs && { dateIs }) };
}

/** When a form, a letter, a request or a plan was written. An encounter lasts, and says of no day that it was then. */
const WRITTEN = ['authored', 'authoredOn', 'recordedDate', 'date', 'created'] as const;

function wholeDate(holder: Resource): Dated {
  if (isReportOrPanel(holder)) return readObservedDate(holder);
  const date = WRITTEN.map((element) => readDate(holder[element])).find((one) => one !== undefined);
  return date ? { date, dateIs: 'recorded' } : {};
}

function linksTo(holder: Resource): readonly Link[] {
  const { resourceType } = holder;
  const rel = resourceType === 'DiagnosticReport' ? 'report' : resourceType === 'Encounter' ? 'encounter' : undefined;
  return rel ? [{ rel, to: resourceKey(holder) }] : [];
}
