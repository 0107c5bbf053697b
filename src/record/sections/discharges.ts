import type { Entry, EntryState } from '../entry.ts';
import { readAttachments } from '../fhir/attachment.ts';
import { normaliseWords, readCode, readCoded } from '../fhir/coding.ts';
import { readDate, readPeriod, type RecordedDate } from '../fhir/date.ts';
import { DOCUMENT_CAUTIONS } from '../fhir/document-status.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readOrganisation, type Organisation } from '../fhir/organisation.ts';
import { refersTo } from '../fhir/reference.ts';
import { cautionsBy, codedCautions, entryIdOf, readStatement, resourceKey, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import {
  encounterKind,
  encounterService,
  encounterTitle,
  legalStatusText,
  readLegalStatus,
  readStay,
  type Stay,
} from './encounter-parts.ts';
import { ENCOUNTER_STATES } from './encounters.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { ownNumber, sameMoment } from './one-event.ts';
import { isDischargeSummary } from './which-section.ts';

/**
 * Discharge details (PRSB CIS: date, location code, specialty, destination, legal status), from the end of a stay
 * (Encounter.hospitalization), and from a discharge summary where the source that holds it tells of no stay. Must have:
 * a stay that has ended or says how it is to end, or a document of that type. A stay that was withdrawn is said to be so
 * under Contacts with professionals, a document under Documents; neither is repeated here.
 */
export type DischargeEntry = Entry & {
  readonly section: 'discharges';
  readonly kind: 'discharge' | 'summary';
  readonly provider?: string;
  readonly providerCode?: string;
  readonly specialty?: string;
  readonly method?: string;
  /** Kind of destination: "Usual place of residence", "Patient died". */
  readonly to?: string;
  /** The very place, left out where whereabouts are restricted. */
  readonly place?: string;
  readonly legalStatus: readonly string[];
  /** The date is the one foreseen. */
  readonly expected?: true;
  /** Of a summary: `Type/id` at the source, as under Documents. */
  readonly reference?: string;
  readonly businessId?: string;
};

export const discharges: Section<DischargeEntry> = {
  id: 'discharges',
  heading: 'Discharge details',
  groupedBy: 'identifier',
  reads: ['Encounter', 'DocumentReference'],
  window: { months: 6 },

  // Contacts with professionals own the Encounter, Documents the DocumentReference.
  read() {
    return null;
  },

  takes: ['Encounter', 'DocumentReference'],

  take(resource, context) {
    return resource.resourceType === 'Encounter' ? fromStay(resource, context) : fromSummary(resource, context);
  },

  // As for contacts: one discharge told by two sources is one by the stay's number, or by the minute of leaving, while no
  // record names another destination, organisation, specialty or legal status; a summary is one by the letter's number.
  identity(entry) {
    if (entry.date === undefined) return undefined;
    const moment = entry.kind === 'discharge' && entry.specialty ? sameMoment(entry.date) : [];
    return {
      base: keyOfParts(entry.kind, entry.state, normaliseWords(entry.title), momentKey(entry.date)),
      names: () => [...moment, ...ownNumber(entry.businessId)],
      details: () => [
        entry.to && normaliseWords(entry.to),
        entry.place && normaliseWords(entry.place),
        // Who keeps the letter is not where she was: each copy has its own keeper.
        entry.kind === 'discharge' && entry.provider ? normaliseWords(entry.provider) : undefined,
        entry.specialty && normaliseWords(entry.specialty),
        entry.legalStatus.length > 0 ? keyOfParts(...entry.legalStatus) : undefined,
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, discharges.identity?.(entry));
  },

  // Where the person went is told by who discharged her; a letter that says less contradicts nothing.
  conflicts() {
    return [];
  },
};

function fromStay(resource: Resource, context: ReadContext): readonly DischargeEntry[] {
  const titled = encounterTitle(resource);
  const status = readCode(resource['status']);
  const stay = stateBy(status, ENCOUNTER_STATES);
  const { discharge } = readStay(resource, context);
  const end = readPeriod(resource['period'])?.end;
  const state = dischargeState(stay, discharge, end);
  if (!titled || !state || encounterKind(resource, titled.text) !== 'admission') return [];
  const date = end ?? (state === 'planned' ? discharge?.expected : undefined);
  const provider = readOrganisation(asObjects(resource['serviceProvider'])[0], context, resource);
  return [
    {
      ...readStatement(resource, context, 'discharges', codedCautions(titled)),
      ...common(resource, provider),
      id: entryIdOf(resource, context, 'discharge'),
      kind: 'discharge',
      title: titled.text,
      code: titled,
      state,
      ...optional('statusAsRecorded', status),
      ...optional('date', date),
      ...optional('specialty', encounterService(resource)?.text),
      ...optional('method', discharge?.method),
      ...optional('to', discharge?.to),
      ...optional('place', discharge?.place),
      ...(state === 'planned' && date && { expected: true as const }),
      legalStatus: readLegalStatus(resource).flatMap((legal) =>
        /admission/i.test(legal.moment ?? '') ? [] : [legalStatusText(legal)],
      ),
    },
  ];
}

/** A stay that is over has ended in a discharge; of one that goes on only what is foreseen is said, if anything. */
function dischargeState(
  stay: EntryState,
  discharge: Stay['discharge'],
  end: RecordedDate | undefined,
): EntryState | undefined {
  if (stay === 'past') return 'past';
  if (discharge === undefined && end === undefined) return undefined;
  if (stay === 'current') return 'planned';
  return stay === 'unknown' ? 'unknown' : undefined;
}

/** Only where the document names no stay: one that does is already told of by that stay, at the same source. */
function fromSummary(resource: Resource, context: ReadContext): readonly DischargeEntry[] {
  const about = asObject(resource['context']);
  const ofStay = asObjects(about?.['encounter']).some((reference) => refersTo(reference, 'Encounter'));
  const docStatus = readCode(resource['docStatus']);
  const withdrawn =
    docStatus === 'entered-in-error' || ['superseded', 'entered-in-error'].includes(readCode(resource['status']) ?? '');
  if (ofStay || withdrawn || !isDischargeSummary(resource)) return [];
  const type = readCoded(resource['type']);
  const attachments = readAttachments(asObjects(resource['content']).map((content) => content['attachment']));
  const title = plainText(resource['description']) ?? attachments.find((one) => one.title)?.title ?? type?.text;
  if (title === undefined) return [];
  const left = readPeriod(about?.['period'])?.end;
  const written = attachments.find(({ created }) => created)?.created ?? readDate(resource['date']);
  const custodian = readOrganisation(asObjects(resource['custodian'])[0], context, resource);
  return [
    {
      ...readStatement(resource, context, 'discharges', [
        ...codedCautions(type),
        ...cautionsBy(docStatus, DOCUMENT_CAUTIONS),
      ]),
      ...common(resource, custodian),
      id: entryIdOf(resource, context, 'discharge'),
      kind: 'summary',
      title,
      ...optional('code', type),
      state: readCode(resource['status']) === 'current' ? 'past' : 'unknown',
      ...optional('statusAsRecorded', readCode(resource['status'])),
      ...optional('date', left ?? written),
      // The day of the letter is not the day on which she left.
      ...(left === undefined && written && { dateIs: 'recorded' as const }),
      ...optional('specialty', readCoded(about?.['practiceSetting'])?.text),
      legalStatus: [],
      reference: resourceKey(resource),
    },
  ];
}

function common(resource: Resource, provider: Organisation | undefined) {
  return {
    section: 'discharges' as const,
    ...optional('provider', provider?.name),
    ...optional('providerCode', provider?.code),
    ...optional('businessId', readBusinessId(resource)),
  };
}
