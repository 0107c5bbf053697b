import type { Caution, Entry, EntryState } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readDate, readPeriod, type RecordedDate } from '../fhir/date.ts';
import { extensionPart, extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { shortName, shortNames } from '../fhir/short-name.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';

/**
 * Contacts with professionals, admission and discharge details (PRSB CIS; UKCore-Encounter). Must have: what kind of
 * contact it was (type, class or service). `hospitalization.origin` is left unread: it is mostly the person's own address.
 */
export type EncounterEntry = Entry & {
  readonly section: 'encounters';
  readonly kind: 'contact' | 'admission' | 'emergency' | 'home-visit' | 'remote' | 'other';
  /** The source's own class word, kept beside our reading of it. */
  readonly classAsRecorded?: string;
  readonly service?: string;
  readonly reasons: readonly string[];
  readonly priority?: string;
  /** Wards, clinics and sites, in the source's order. */
  readonly locations: readonly string[];
  readonly provider?: string;
  readonly people: readonly EncounterPerson[];
  readonly admission?: { readonly method?: string; readonly from?: string };
  readonly discharge?: {
    readonly method?: string;
    readonly to?: string;
    readonly place?: string;
    readonly expected?: RecordedDate;
  };
  /** Legal status under the Mental Health Act, with the moment it was recorded for ("Admission", "Discharge"). */
  readonly legalStatus: readonly string[];
  readonly businessId?: string;
};

export type EncounterPerson = { readonly name: string; readonly role?: string };

/** Encounter.status. What is over is past, whether or not anybody closed its period. */
const STATES: { readonly [status: string]: EntryState } = {
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

/** v3 ActEncounterCode. */
const KINDS: { readonly [code: string]: EncounterEntry['kind'] } = {
  amb: 'contact',
  imp: 'admission',
  acute: 'admission',
  nonac: 'admission',
  obsenc: 'admission',
  ss: 'admission',
  emer: 'emergency',
  fld: 'emergency',
  hh: 'home-visit',
  vr: 'remote',
};

export const encounters: Section<EncounterEntry> = {
  id: 'encounters',
  heading: 'Contacts with professionals',
  reads: ['Encounter'],
  window: { months: 6 },

  read(resource, context) {
    const types = asObjects(resource['type']).flatMap((type) => readCoded(type) ?? []);
    const classOf = readCoded(resource['class']);
    const service =
      readCoded(resource['serviceType']) ??
      readCoded(extensionsNamed(resource, 'Extension-Interweave-R4EncounterServiceType')[0]?.['valueCodeableConcept']);
    const titled = types[0] ?? (classOf && { ...classOf, text: shortName(classOf) }) ?? service;
    if (!titled) return unreadable(resource, context, 'class');
    const status = readCode(resource['status']);
    const period = readPeriod(resource['period']);
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
      state: stateBy(status, STATES),
      ...(status && { statusAsRecorded: status }),
      ...(date && { date }),
      ...(period && { period }),
      kind: kindOf(resource, titled.text),
      ...(classOf && { classAsRecorded: shortName(classOf) }),
      ...(service && { service: service.text }),
      reasons: readReasons(resource, context),
      ...(priority && { priority }),
      locations: unique(
        asObjects(resource['location']).flatMap(
          (place) => readReferenceName(place['location'], context, resource) ?? [],
        ),
      ),
      ...(provider && { provider }),
      people: readPeople(resource, context),
      ...readStay(resource, context),
      legalStatus: readLegalStatus(resource),
      ...(businessId && { businessId }),
    });
  },

  // One contact told twice (the hospital and a hub that copies it) is known by its business identifier, and only while
  // kind, standing and both ends of the period agree too. Two contacts on one day are two contacts.
  factKey(entry) {
    if (entry.businessId === undefined || entry.date === undefined) return entry.id;
    const end = entry.period?.end;
    return keyOfParts(
      entry.businessId,
      entry.state,
      normaliseWords(entry.title),
      momentKey(entry.date),
      end ? momentKey(end) : '',
    );
  },

  conflicts() {
    return [];
  },
};

function kindOf(resource: Resource, title: string): EncounterEntry['kind'] {
  const code = readCode(resource['class']);
  const known = code !== undefined && Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (known) return known;
  const words = normaliseWords(title);
  if (/\b(emergency|a&e|ed attendance)\b/.test(words)) return 'emergency';
  if (/\b(admission|inpatient|in-patient)\b/.test(words)) return 'admission';
  if (/\b(telephone|video|remote|online)\b/.test(words)) return 'remote';
  return /\b(home visit)\b/.test(words) ? 'home-visit' : 'other';
}

function readReasons(resource: Resource, context: ReadContext): readonly string[] {
  const coded = asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []);
  const referred = [
    ...asObjects(resource['reasonReference']),
    ...asObjects(resource['diagnosis']).flatMap((d) => asObjects(d['condition'])),
  ];
  return unique([...coded, ...referred.flatMap((reference) => readReferenceName(reference, context, resource) ?? [])]);
}

/** One line a person, however many parts they played. */
function readPeople(resource: Resource, context: ReadContext): readonly EncounterPerson[] {
  const roles = new Map<string, readonly string[]>();
  for (const participant of asObjects(resource['participant'])) {
    const name = readReferenceName(participant['individual'], context, resource);
    if (name) roles.set(name, [...(roles.get(name) ?? []), ...shortNames(readConcepts(participant['type']))]);
  }
  return [...roles].map(([name, parts]) => {
    const role = [...new Set(parts)].join(', ');
    return { name, ...(role && { role }) };
  });
}

/** UK Core and Care Connect put the methods of admission and discharge in extensions. */
function readStay(resource: Resource, context: ReadContext): Pick<EncounterEntry, 'admission' | 'discharge'> {
  const stay = asObject(resource['hospitalization']);
  if (!stay) return {};
  const method = extensionText(stay, 'Extension-UKCore-AdmissionMethod', 'Extension-CareConnect-AdmissionMethod-1');
  const from = readCoded(stay['admitSource'])?.text;
  const out = extensionText(stay, 'Extension-UKCore-DischargeMethod', 'Extension-CareConnect-DischargeMethod-1');
  const to = readCoded(stay['dischargeDisposition'])?.text;
  const place = readReferenceName(stay['destination'], context, resource);
  const safe = extensionsNamed(stay, 'Extension-Interweave-MedicallySafeForDischarge')[0];
  const expected = readDate(extensionPart(safe, 'predictedDate')?.['valueDateTime']);
  return {
    ...((method || from) && { admission: { ...(method && { method }), ...(from && { from }) } }),
    ...((out || to || place || expected) && {
      discharge: {
        ...(out && { method: out }),
        ...(to && { to }),
        ...(place && { place }),
        ...(expected && { expected }),
      },
    }),
  };
}

function readLegalStatus(resource: Resource): readonly string[] {
  return extensionsNamed(resource, 'Extension-UKCore-LegalStatus').flatMap((extension) => {
    const moment = readCoded(extensionPart(extension, 'legalStatusContext')?.['valueCodeableConcept'])?.text;
    const status = readCoded(extensionPart(extension, 'legalStatusClassification')?.['valueCodeableConcept'])?.text;
    return status ? [moment ? `${moment}: ${status}` : status] : [];
  });
}

function extensionText(element: Json, ...names: readonly string[]): string | undefined {
  return readCoded(extensionsNamed(element, ...names)[0]?.['valueCodeableConcept'])?.text;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
