import type { Caution, Entry, EntryState, Link } from '../entry.ts';
import type { Attachment } from '../fhir/attachment.ts';
import { readCode, readConcepts, type Coded } from '../fhir/coding.ts';
import { readDate, readObservedDate, type RecordedDate } from '../fhir/date.ts';
import type { Observed, ObservedPart } from '../fhir/observed.ts';
import { shortNames } from '../fhir/short-name.ts';
import { cautionsBy, codedCautions, readStatement, stateBy } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';

/** What results, reports, imaging studies and requested tests have in common (section investigation-results). */
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
    /** A report's own number, `system|value`: the same on the laboratory's report and on the practice's copy of it. */
    readonly businessId?: string;
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

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  partial: 'preliminary',
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  appended: 'amended',
  cancelled: 'cancelled',
  revoked: 'cancelled',
};

/** What every kind of entry here has: test, standing, dates and discipline. */
export function readInvestigation(
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
  const started = readDate(resource['started']);
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
    ...(started ? { date: started } : readObservedDate(resource)),
    ...(issued && { issued }),
    ...(discipline && { discipline }),
    ...(isOfTissue(resource, code) && { lasting: 'tissue' }),
    attachments: [],
  };
}

/** HL7 v2-0074: surgical pathology, cytopathology, gross and histopathology. */
const TISSUE = ['SP', 'CP', 'PAT'];
const TISSUE_WORDS = /\b(histolog\w+|histopatholog\w+|cytolog\w+|cytopatholog\w+|biops\w+|(cervical|lbc) smear)\b/i;

/** What was seen in tissue or cells holds for ever: it has no window (PRSB CIS table: histology and cytology, all). */
function isOfTissue(resource: Resource, code: Coded): boolean {
  const categories = readConcepts(resource['category']);
  const coded = categories.some(({ codings }) => codings.some((coding) => TISSUE.includes(coding.code ?? '')));
  return coded || [code, ...categories].some(({ text }) => TISSUE_WORDS.test(text));
}

export const NOTHING_OBSERVED = { flags: [], ranges: [], parts: [] } as const;
