import type { Caution, Entry } from '../entry.ts';
import { normaliseWords, readCode } from '../fhir/coding.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readOrganisation } from '../fhir/organisation.ts';
import { cautionsBy, codedCautions, entryIdOf, readStatement, stateBy } from '../fhir/statement.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import { asObjects } from '../resource.ts';
import type { Section } from '../section.ts';
import {
  encounterKind,
  encounterPeriod,
  encounterService,
  encounterTitle,
  legalStatusText,
  readLegalStatus,
  readLocations,
  readPeople,
  readReasons,
  readStay,
  type EncounterPerson,
} from './encounter-parts.ts';
import { ENCOUNTER_STATES } from './encounters.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { ownNumber, sameMoment } from './one-event.ts';

/**
 * Admission details (PRSB CIS: date, organisation code and name, specialty, reason, legal status; UKCore-Encounter).
 * Must have: that it was, is or is to be a stay in hospital. One that is planned is waiting and has no window; the others
 * are shown for six months. The contact itself stands under Contacts with professionals, which owns the Encounter and
 * says there if it was withdrawn.
 */
export type AdmissionEntry = Entry & {
  readonly section: 'admissions';
  readonly provider?: string;
  /** ODS code of the organisation. */
  readonly providerCode?: string;
  readonly specialty?: string;
  readonly method?: string;
  readonly from?: string;
  readonly reasons: readonly string[];
  readonly locations: readonly string[];
  readonly people: readonly EncounterPerson[];
  readonly legalStatus: readonly string[];
  readonly businessId?: string;
};

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = { cancelled: 'cancelled' };

export const admissions: Section<AdmissionEntry> = {
  id: 'admissions',
  heading: 'Admission details',
  groupedBy: 'identifier',
  reads: ['Encounter'],
  window: { months: 6 },

  // Contacts with professionals own the Encounter.
  read() {
    return null;
  },

  takes: ['Encounter'],

  take(resource, context) {
    const titled = encounterTitle(resource);
    const status = readCode(resource['status']);
    const state = stateBy(status, ENCOUNTER_STATES);
    if (!titled || state === 'in-error' || encounterKind(resource, titled.text) !== 'admission') return [];
    const period = encounterPeriod(resource);
    const provider = readOrganisation(asObjects(resource['serviceProvider'])[0], context, resource);
    const { admission } = readStay(resource, context);
    return [
      {
        ...readStatement(resource, context, 'admissions', [
          ...codedCautions(titled),
          ...cautionsBy(status, STATUS_CAUTIONS),
        ]),
        id: entryIdOf(resource, context, 'admission'),
        section: 'admissions',
        title: titled.text,
        code: titled,
        state,
        ...optional('statusAsRecorded', status),
        ...optional('date', period?.start),
        ...optional('period', period),
        ...optional('provider', provider?.name),
        ...optional('providerCode', provider?.code),
        ...optional('specialty', encounterService(resource)?.text),
        ...optional('method', admission?.method),
        ...optional('from', admission?.from),
        reasons: readReasons(resource, context),
        locations: readLocations(resource, context),
        people: readPeople(resource, context),
        legalStatus: readLegalStatus(resource).flatMap((legal) =>
          /discharge/i.test(legal.moment ?? '') ? [] : [legalStatusText(legal)],
        ),
        ...optional('businessId', readBusinessId(resource)),
      },
    ];
  },

  // As for contacts: one stay told by two sources is one by its number, or by the minute at which it began, while no
  // record names another organisation, specialty, end or legal status. What one leaves out is as the others say.
  identity(entry) {
    if (entry.date === undefined) return undefined;
    const end = entry.period?.end;
    return {
      base: keyOfParts(entry.state, normaliseWords(entry.title), momentKey(entry.date)),
      names: () => [...(entry.specialty ? sameMoment(entry.date) : []), ...ownNumber(entry.businessId)],
      details: () => [
        end && momentKey(end),
        entry.provider && normaliseWords(entry.provider),
        entry.specialty && normaliseWords(entry.specialty),
        entry.legalStatus.length > 0 ? keyOfParts(...entry.legalStatus) : undefined,
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, admissions.identity?.(entry));
  },

  // A stay that one organisation knows of and another does not is everyday.
  conflicts() {
    return [];
  },

  // In hospital now, then waiting, then what is not known, then what is over.
  compare(a, b) {
    return rankOf(a.entries[0]) - rankOf(b.entries[0]);
  },
};

function rankOf(entry: AdmissionEntry): number {
  return ['current', 'planned', 'unknown', 'past', 'negated', 'in-error'].indexOf(entry.state);
}
