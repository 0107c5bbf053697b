import type { Caution, Entry, EntryState, Link, Reading } from '../entry.ts';
import { readAttachments, type Attachment } from '../fhir/attachment.ts';
import { hasCode, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readDate, readTiming, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import {
  focusCautions,
  observedCautions,
  readObserved,
  readParts,
  type Observed,
  type ObservedPart,
} from '../fhir/observed.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { shortName, shortNames } from '../fhir/short-name.ts';
import { readSpecimen } from '../fhir/specimen.ts';
import {
  cautionsBy,
  codedCautions,
  entryIdOf,
  linksTo,
  read,
  readStatement,
  stateBy,
  unreadable,
} from '../fhir/statement.ts';
import { saysUnsuitable } from '../fhir/suitability.ts';
import { plainText, readNotes } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, asString, isResource, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { observationKey } from './observation-key.ts';
import { isInvestigation, isInvestigationRequest, isSupportReason } from './which-section.ts';

/**
 * Investigation results (PRSB CIS; IPS 30954-2; UKCore-Observation-Lab, UKCore-DiagnosticReport, UKCore-Specimen).
 * Must have: the test. A report and its results are entries of their own, joined by `links`; the screen nests them.
 */
export type InvestigationEntry = Entry &
  Observed & {
    readonly section: 'investigation-results';
    /** `report`: a heading over results, with its conclusion. `request`: asked for, with no result in itself. */
    readonly kind: 'result' | 'report' | 'study' | 'request';
    readonly parts: readonly ObservedPart[];
    /** Laboratory, imaging, haematology …, in the source's words. */
    readonly discipline?: string;
    readonly method?: string;
    readonly specimen?: string;
    readonly bodySite?: string;
    readonly collected?: RecordedDate;
    /** When the result was released; never shown in place of when the sample was taken. */
    readonly issued?: RecordedDate;
    readonly conclusion?: string;
    /** Files of a report; opened by `origin.resource`. */
    readonly attachments: readonly Attachment[];
  };

/** Observation.status and DiagnosticReport.status. A result that stands is `current`, however old. */
const STATES: { readonly [status: string]: EntryState } = {
  registered: 'planned',
  partial: 'current',
  preliminary: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  appended: 'current',
  available: 'current',
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};

/** ServiceRequest.status: asked for is planned; done is past. */
const REQUEST_STATES: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  active: 'planned',
  'on-hold': 'planned',
  completed: 'past',
  revoked: 'negated',
  'entered-in-error': 'in-error',
};

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  partial: 'preliminary',
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  appended: 'amended',
  cancelled: 'cancelled',
  revoked: 'cancelled',
};

const DATA_ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

export const investigationResults: Section<InvestigationEntry> = {
  id: 'investigation-results',
  heading: 'Investigation results',
  reads: ['DiagnosticReport', 'Observation', 'ImagingStudy', 'ServiceRequest'],
  window: { months: 12 },

  read(resource, context) {
    if (resource.resourceType === 'DiagnosticReport') return readReport(resource, context);
    if (resource.resourceType === 'ImagingStudy') return readStudy(resource, context);
    if (resource.resourceType === 'ServiceRequest')
      return isInvestigationRequest(resource) ? readRequest(resource, context) : null;
    return isInvestigation(resource) && !isSupportReason(resource) ? readResult(resource, context) : null;
  },

  // The laboratory and the practice that filed its report say the same when test, clinical time, value, unit, comparator
  // and standing are all equal. A different unit, a second decimal, an amended copy or a spoilt sample stays apart, and
  // so does whatever has no value or no time: a heading and an undated number are nobody else's.
  factKey(entry) {
    return entry.kind === 'result' ? observationKey(entry) : entry.id;
  },

  conflicts() {
    return [];
  },
};

function readResult(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const result = resultOf(resource, context);
  return result ? read(result) : unreadable(resource, context, 'code');
}

function resultOf(resource: Resource, context: ReadContext): InvestigationEntry | undefined {
  const code = readCoded(resource['code']);
  if (!code) return undefined;
  const observed = readObserved(resource);
  const parts = readParts(resource);
  const specimen = readSpecimen(resource['specimen'], context, resource);
  const bodySite = readCoded(resource['bodySite'])?.text;
  const method = readCoded(resource['method'])?.text ?? readReferenceName(resource['device'], context, resource);
  const members = linksTo('result', resource['hasMember'], context, resource);
  const status = readCode(resource['status']);
  const cautions = [
    ...observedCautions(resource, observed),
    ...(lacksValue(status, observed, parts, resource) ? (['value-missing'] as const) : []),
    ...(isSpoilt(resource, observed, parts, specimen.unsuitable) ? (['value-unsuitable'] as const) : []),
    ...focusCautions(resource),
  ];
  return {
    ...common(resource, context, code, cautions, members),
    ...observed,
    kind: 'result',
    title: hasCode(code, DATA_ABSENT, ['masked']) ? (code.codings[0]?.display ?? 'masked') : code.text,
    parts,
    ...specimen.fields,
    ...(bodySite && { bodySite }),
    ...(method && { method }),
  };
}

/** What every kind of entry here has: test, standing, dates and discipline. */
function common(
  resource: Resource,
  context: ReadContext,
  code: Coded,
  extra: readonly Caution[],
  links: readonly Link[] = [],
) {
  const status = readCode(resource['status']);
  const statement = readStatement(resource, context, 'investigation-results', [
    ...codedCautions(code),
    ...cautionsBy(status, STATUS_CAUTIONS),
    ...extra,
  ]);
  const date = readTiming(resource, 'effective') ?? readDate(resource['started']);
  const issued = readDate(resource['issued']);
  const discipline = shortNames(readConcepts(resource['category'])).join(', ');
  return {
    ...statement,
    section: 'investigation-results' as const,
    links: [...statement.links, ...links],
    title: code.text,
    code,
    state: stateBy(status, STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    ...(issued && { issued }),
    ...(discipline && { discipline }),
    attachments: [],
  };
}

const NOTHING_OBSERVED = { flags: [], ranges: [], parts: [] } as const;

/** A report, and the results it carries inside itself: a contained Observation has no other way onto the screen. */
function readReport(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const code = readCoded(resource['code']) ?? readCoded(asObjects(resource['category'])[0]);
  if (!code) return unreadable(resource, context, 'code');
  const conclusions = [
    plainText(resource['conclusion']),
    ...asObjects(resource['conclusionCode']).map((c) => readCoded(c)?.text),
  ];
  const conclusion = [...new Set(conclusions.filter((text) => text !== undefined))].join('\n');
  const specimen = readSpecimen(resource['specimen'], context, resource);
  const spoilt = specimen.unsuitable || saysUnsuitable([conclusion]) ? (['value-unsuitable'] as const) : [];
  const base = common(resource, context, code, spoilt, linksTo('result', resource['imagingStudy'], context, resource));
  const notes = extensionsNamed(resource, 'extension-DiagnosticReport.note').map(
    (extension) => extension['valueAnnotation'],
  );
  const report: InvestigationEntry = {
    ...base,
    ...NOTHING_OBSERVED,
    kind: 'report',
    notes: [...base.notes, ...readNotes(notes)],
    ...specimen.fields,
    ...(conclusion && { conclusion }),
    attachments: readAttachments(resource['presentedForm']),
  };
  const inside = containedResults(resource, context, report);
  return { entries: [report, ...inside.entries], unread: inside.unread };
}

function containedResults(
  report: Resource,
  context: ReadContext,
  entry: InvestigationEntry,
): Reading<InvestigationEntry> {
  const contained = Array.isArray(report['contained']) ? report['contained'].filter(isResource) : [];
  const referred = new Set(asObjects(report['result']).flatMap((reference) => asString(reference['reference']) ?? []));
  const inside = contained
    .filter((inner) => inner.resourceType === 'Observation' && referred.has(`#${asString(inner.id) ?? ''}`))
    .map((inner) => ({ inner, result: resultOf({ ...inner, contained }, context) }));
  return {
    entries: inside.flatMap(({ inner, result }) =>
      result ? [insideReport(result, inner, report, context, entry)] : [],
    ),
    unread: inside.flatMap(({ result }) => (result ? [] : unreadable(report, context, 'contained').unread)),
  };
}

/** What casts doubt on the whole report casts doubt on each of its results, and its labels are theirs. */
function insideReport(
  result: InvestigationEntry,
  inner: Resource,
  report: Resource,
  context: ReadContext,
  entry: InvestigationEntry,
): InvestigationEntry {
  const date = result.date ?? entry.date;
  return {
    ...result,
    id: entryIdOf(report, context, asString(inner.id)),
    origin: entry.origin,
    labels: [...new Set([...entry.labels, ...result.labels])],
    cautions: [...new Set([...entry.cautions, ...result.cautions])],
    state: entry.state === 'in-error' ? 'in-error' : result.state,
    ...(date && { date }),
    links: [...result.links, { rel: 'report', to: entry.origin.resource }],
  };
}

function readStudy(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const series = asObjects(resource['series']);
  const modalities = readConcepts([resource, ...series].flatMap((one) => asObjects(one['modality'])));
  const description = plainText(resource['description']);
  const named = readCoded(asObjects(resource['procedureCode'])[0]) ?? modalities[0];
  const text = description ?? (named && shortName(named));
  if (text === undefined) return unreadable(resource, context, 'description');
  const sites = readConcepts(series.flatMap((one) => asObjects(one['bodySite'])));
  const method = shortNames([...modalities, ...sites]).join(', ');
  return read({
    ...common(resource, context, { text, codings: named?.codings ?? [] }, []),
    ...NOTHING_OBSERVED,
    kind: 'study',
    ...(method && { method }),
  });
}

function readRequest(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const planned = readTiming(resource, 'occurrence');
  const date = planned ?? readDate(resource['authoredOn']);
  const asked = resource['doNotPerform'] !== true;
  const state = stateBy(readCode(resource['status']), REQUEST_STATES);
  return read({
    ...common(resource, context, code, []),
    ...NOTHING_OBSERVED,
    kind: 'request',
    state: asked || state === 'in-error' ? state : 'negated',
    ...(date && { date }),
    ...(date && !planned && { dateIs: 'recorded' as const }),
  });
}

function isSpoilt(resource: Resource, observed: Observed, parts: readonly ObservedPart[], specimen: boolean): boolean {
  const texts = [
    ...readNotes(resource['note']),
    observed.quantity ? undefined : observed.value,
    ...parts.map((part) => (part.quantity ? undefined : part.value)),
  ];
  return specimen || saysUnsuitable(texts.filter((text) => text !== undefined));
}

/** A result that should have a value and has none, though nobody said why. */
function lacksValue(
  status: string | undefined,
  observed: Observed,
  parts: readonly ObservedPart[],
  resource: Resource,
): boolean {
  const expected = status !== 'registered' && status !== 'cancelled';
  return (
    expected && observed.value === undefined && parts.length === 0 && asObjects(resource['hasMember']).length === 0
  );
}
