import type { Reading } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import { shortName, shortNames } from '../fhir/short-name.ts';
import { read, stateBy, unreadable } from '../fhir/statement.ts';
import { REQUEST_STATES } from '../fhir/request-status.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { readReport } from './diagnostic-report.ts';
import { NOTHING_OBSERVED, readInvestigation, type InvestigationEntry } from './investigation-entry.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey, observationIdentity, observationKey } from './observation-key.ts';
import { readResult } from './observation-result.ts';
import { isInvestigation, isInvestigationRequest, isSupportReason } from './which-section.ts';

export type { InvestigationEntry } from './investigation-entry.ts';

/**
 * Investigation results (PRSB CIS; IPS 30954-2; UKCore-Observation-Lab, UKCore-DiagnosticReport, UKCore-Specimen).
 * Must have: the test. A report and its results are entries of their own, joined by `links`; the screen nests them.
 */
export const investigationResults: Section<InvestigationEntry> = {
  id: 'investigation-results',
  heading: 'Investigation results',
  groupedBy: 'test',
  reads: ['DiagnosticReport', 'Observation', 'ImagingStudy', 'ServiceRequest'],
  window: { months: 12 },

  read(resource, context) {
    if (resource.resourceType === 'DiagnosticReport') return readReport(resource, context);
    if (resource.resourceType === 'ImagingStudy') return readStudy(resource, context);
    if (resource.resourceType === 'ServiceRequest')
      return isInvestigationRequest(resource) ? readRequest(resource, context) : null;
    return isInvestigation(resource) && !isSupportReason(resource) ? readObservation(resource, context) : null;
  },

  // The laboratory and the practice that filed its report say the same when test, clinical time, value, unit, comparator
  // and standing are all equal. A different unit, a second decimal, an amended copy or a spoilt sample stays apart, and
  // so does whatever has no value or no time: a heading and an undated number are nobody else's.
  identity(entry) {
    return entry.kind === 'result' ? observationIdentity(entry) : undefined;
  },

  factKey(entry) {
    return entry.kind === 'result' ? observationKey(entry) : (reportKey(entry) ?? entry.id);
  },

  conflicts() {
    return [];
  },
};

/**
 * One report, held by the laboratory and by the practice it went to: the same number of its own, and nothing that a reader
 * sees of it differs. A number used again for an amended or fuller report must not hide that report.
 */
function reportKey(entry: InvestigationEntry): string | undefined {
  if (entry.kind !== 'report' || entry.businessId === undefined) return undefined;
  if (entry.date === undefined || entry.dateIs === 'recorded') return undefined;
  return keyOfParts(
    entry.businessId,
    normaliseWords(entry.title),
    momentKey(entry.date),
    entry.state,
    entry.statusAsRecorded,
    [...entry.cautions].sort(),
    entry.conclusion && normaliseWords(entry.conclusion),
    entry.notes,
    entry.specimen && normaliseWords(entry.specimen),
    entry.attachments.length > 0 ? entry.id : undefined,
  );
}

function readObservation(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const result = readResult(resource, context);
  return result ? read(result) : unreadable(resource, context, 'code');
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
    ...readInvestigation(resource, context, { text, codings: named?.codings ?? [] }, []),
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
    ...readInvestigation(resource, context, code, []),
    ...NOTHING_OBSERVED,
    kind: 'request',
    state: asked || state === 'in-error' ? state : 'negated',
    ...(date && { date }),
    ...(date && !planned && { dateIs: 'recorded' as const }),
  });
}
