import { normaliseWords, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readDate, readPeriod, type Period, type RecordedDate } from '../fhir/date.ts';
import { extensionPart, extensionsNamed } from '../fhir/extension.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { shortName, shortNames } from '../fhir/short-name.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';

/** What an Encounter says, for the three headings it feeds: contacts, admission details and discharge details. */
export type EncounterKind = 'contact' | 'admission' | 'emergency' | 'home-visit' | 'remote' | 'other';

export type EncounterPerson = { readonly name: string; readonly role?: string };

/** How and whence a stay began, and how and whither it ended or is to end. */
export type Stay = {
  readonly admission?: { readonly method?: string; readonly from?: string };
  readonly discharge?: {
    readonly method?: string;
    readonly to?: string;
    readonly place?: string;
    readonly expected?: RecordedDate;
  };
};

/** A status under the Mental Health Act, and the moment it was recorded for ("Admission", "Discharge"). */
export type LegalStatus = { readonly status: string; readonly moment?: string };

/** v3 ActEncounterCode. */
const KINDS: { readonly [code: string]: EncounterKind } = {
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

/** A stay in hospital by its class, or by its words where no class is known. */
export function encounterKind(resource: Resource, title: string): EncounterKind {
  const code = readCode(resource['class']);
  // A pre-admission is a place on the list while it is planned; once it has been it was a visit to a clinic.
  if (code === 'prenc') return readCode(resource['status']) === 'planned' ? 'admission' : 'contact';
  const known = code !== undefined && Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (known) return known;
  const words = normaliseWords(title);
  if (/\b((re)?admission|in-?patient)\b/.test(words) && !NOT_ADMITTED.test(words)) return 'admission';
  if (/\b(emergency|a&e|ed attendance)\b/.test(words)) return 'emergency';
  if (/\b(telephone|video|remote|online)\b/.test(words)) return 'remote';
  return /\b(home visit)\b/.test(words) ? 'home-visit' : 'other';
}

/** Words beside "admission" by which nobody was admitted: "admission avoidance visit", "pre-admission clinic". */
const NOT_ADMITTED =
  /\b(avoid\w*|avert\w*|prevent\w*|pre-?(admission|op\w*|assess\w*)|not admitted|declined|refused|no admission)\b/;

/** What it is called: its type, else its class, else the service. */
export function encounterTitle(resource: Resource): Coded | undefined {
  const type = readConcepts(resource['type'])[0];
  const classOf = readCoded(resource['class']);
  return type ?? (classOf && { ...classOf, text: shortName(classOf) }) ?? encounterService(resource);
}

export function encounterService(resource: Resource): Coded | undefined {
  return (
    readCoded(resource['serviceType']) ??
    readCoded(extensionsNamed(resource, 'Extension-Interweave-R4EncounterServiceType')[0]?.['valueCodeableConcept'])
  );
}

/**
 * When it was. Of what is only planned the last day is left out: the day may pass, and a stay that was planned and is
 * still waited for must not turn into one that took place.
 */
export function encounterPeriod(resource: Resource): Period | undefined {
  const period = readPeriod(resource['period']);
  if (readCode(resource['status']) !== 'planned') return period;
  return period?.start && { start: period.start };
}

/** Wards, clinics and sites, in the source's order. */
export function readLocations(resource: Resource, context: ReadContext): readonly string[] {
  return unique(
    asObjects(resource['location']).flatMap((place) => readReferenceName(place['location'], context, resource) ?? []),
  );
}

export function readReasons(resource: Resource, context: ReadContext): readonly string[] {
  const coded = asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []);
  const referred = [
    ...asObjects(resource['reasonReference']),
    ...asObjects(resource['diagnosis']).flatMap((d) => asObjects(d['condition'])),
  ];
  return unique([...coded, ...referred.flatMap((reference) => readReferenceName(reference, context, resource) ?? [])]);
}

/** One line a person, however many parts they played. */
export function readPeople(resource: Resource, context: ReadContext): readonly EncounterPerson[] {
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

/** The NHS Data Dictionary writes its definition into the display: what stands before it is the name. */
function inShort(concept: unknown): string | undefined {
  return readCoded(concept)?.text.replace(/\s+unless listed below[\s\S]*$/i, '');
}

/** UK Core and Care Connect put the methods of admission and discharge in extensions. */
export function readStay(resource: Resource, context: ReadContext): Stay {
  const stay = asObject(resource['hospitalization']);
  if (!stay) return {};
  const method = extensionText(stay, 'Extension-UKCore-AdmissionMethod', 'Extension-CareConnect-AdmissionMethod-1');
  const from = inShort(stay['admitSource']);
  const out = extensionText(stay, 'Extension-UKCore-DischargeMethod', 'Extension-CareConnect-DischargeMethod-1');
  const to = inShort(stay['dischargeDisposition']);
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

export function readLegalStatus(resource: Resource): readonly LegalStatus[] {
  return extensionsNamed(resource, 'Extension-UKCore-LegalStatus').flatMap((extension) => {
    const moment = readCoded(extensionPart(extension, 'legalStatusContext')?.['valueCodeableConcept'])?.text;
    const status = readCoded(extensionPart(extension, 'legalStatusClassification')?.['valueCodeableConcept'])?.text;
    return status ? [{ status, ...(moment && { moment }) }] : [];
  });
}

/** "Admission: Informal" where the source says of which moment it speaks. */
export function legalStatusText({ status, moment }: LegalStatus): string {
  return moment ? `${moment}: ${status}` : status;
}

function extensionText(element: Json, ...names: readonly string[]): string | undefined {
  return readCoded(extensionsNamed(element, ...names)[0]?.['valueCodeableConcept'])?.text;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
