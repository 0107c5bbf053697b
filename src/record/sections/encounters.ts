import type { Caution, Entry, EntryState } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { shortName, shortNames } from '../fhir/short-name.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { asObjects } from '../resource.ts';
import { keyAlone } from '../group-entries.ts';
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
  type EncounterKind,
  type EncounterPerson,
  type Stay,
} from './encounter-parts.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { ownNumber, sameMoment } from './one-event.ts';

/**
 * Contacts with professionals (PRSB CIS; UKCore-Encounter). Must have: what kind of contact it was (type, class or
 * service). A stay in hospital is a contact too and has one line here; admission details and discharge details take
 * their parts of the same Encounter (docs/decisions: a stay under three headings). `hospitalization.origin` is left
 * unread: it is mostly the person's own address.
 */
export type EncounterEntry = Entry &
  Stay & {
    readonly section: 'encounters';
    readonly kind: EncounterKind;
    /** The source's own class word, kept beside our reading of it. */
    readonly classAsRecorded?: string;
    readonly service?: string;
    readonly reasons: readonly string[];
    readonly priority?: string;
    /** Wards, clinics and sites, in the source's order. */
    readonly locations: readonly string[];
    readonly provider?: string;
    readonly people: readonly EncounterPerson[];
    /** Legal status under the Mental Health Act, with the moment it was recorded for ("Admission", "Discharge"). */
    readonly legalStatus: readonly string[];
    readonly businessId?: string;
  };

/** Encounter.status. What is over is past, whether or not anybody closed its period. */
export const ENCOUNTER_STATES: { readonly [status: string]: EntryState } = {
  planned: 'planned',
  arrived: 'current',
  triaged: 'current',
  'in-progress': 'current',
  onleave: 'current',
  finished: 'past',
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};
const STATUS_CAUTIONS: { readonly [status: string]: Caution } = { cancelled: 'cancelled' };

export const encounters: Section<EncounterEntry> = {
  id: 'encounters',
  heading: 'Contacts with professionals',
  groupedBy: 'identifier',
  reads: ['Encounter'],
  window: { months: 6 },

  read(resource, context) {
    const classOf = readCoded(resource['class']);
    const service = encounterService(resource);
    const titled = encounterTitle(resource);
    if (!titled) return unreadable(resource, context, 'class');
    const status = readCode(resource['status']);
    const period = encounterPeriod(resource);
    const date = period?.start ?? period?.end;
    const statement = readStatement(resource, context, 'encounters', [
      ...codedCautions(titled),
      ...cautionsBy(status, STATUS_CAUTIONS),
    ]);
    const businessId = readBusinessId(resource);
    const priority = shortNames(readConcepts(resource['priority']))[0];
    const provider = readReferenceName(resource['serviceProvider'], context, resource);
    return read({
      ...statement,
      section: 'encounters',
      links: [
        ...statement.links,
        ...asObjects(resource['diagnosis']).flatMap((d) => linksTo('problem', d['condition'], context, resource)),
      ],
      title: titled.text,
      code: titled,
      state: stateBy(status, ENCOUNTER_STATES),
      ...(status && { statusAsRecorded: status }),
      ...(date && { date }),
      ...(period && { period }),
      kind: encounterKind(resource, titled.text),
      ...(classOf && { classAsRecorded: shortName(classOf) }),
      ...(service && { service: service.text }),
      reasons: readReasons(resource, context),
      ...(priority && { priority }),
      locations: readLocations(resource, context),
      ...(provider && { provider }),
      people: readPeople(resource, context),
      ...readStay(resource, context),
      legalStatus: readLegalStatus(resource).map(legalStatusText),
      ...(businessId && { businessId }),
    });
  },

  // One contact told twice (the hospital and a hub that copies it). A person is in one place at a time: two sources that
  // tell of the same kind of contact at the same minute tell of one, unless they name another provider, service or end.
  // Where no time of day is known, only a class says what it was ("ambulatory"), or one source has two such contacts (a visit by two carers), only its own number joins
  // it: two contacts on one day are two contacts.
  identity(entry) {
    if (entry.date === undefined) return undefined;
    const end = entry.period?.end;
    return {
      // The source's own word too: what was planned and is over by the clock is not known to have taken place.
      base: keyOfParts(entry.state, entry.statusAsRecorded, normaliseWords(entry.title), momentKey(entry.date)),
      names: () => [...(saysWhat(entry) ? sameMoment(entry.date) : []), ...ownNumber(entry.businessId)],
      details: () => [
        end && momentKey(end),
        entry.provider && normaliseWords(entry.provider),
        entry.service && normaliseWords(entry.service),
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, encounters.identity?.(entry));
  },

  conflicts() {
    return [];
  },

  // What is only planned is no contact yet: it stands under those that were, whatever its date.
  compare(a, b) {
    return Number(a.entries[0].state === 'planned') - Number(b.entries[0].state === 'planned');
  },
};

/** Whether more than the class of the contact is told: that it was an outpatient's is told of half of all. */
function saysWhat({ title, classAsRecorded, service }: EncounterEntry): boolean {
  return service !== undefined || normaliseWords(title) !== normaliseWords(classAsRecorded ?? '');
}
