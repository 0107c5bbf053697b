import { randomUUID } from 'node:crypto';
import { asObject, asObjects, asString, type Json, type Resource } from '../../../src/record/resource.ts';
import { Mistake } from '../../mistake.ts';
import type { FhirStore } from '../fhir-store.ts';

/** What can be made to happen to a resident at an EPR, so that stories can be played. */
export const HAPPENINGS = [
  'admission',
  'discharge',
  'discharge-without-letter',
  'letter',
  'discharge-in-error',
  'transfer',
  'conveyance',
  'attendance',
  'referred',
  'critical-result',
  'package-started',
  'package-ended',
  'plan-changed',
] as const;

export type Happening = (typeof HAPPENINGS)[number];

export function parseHappening(text: unknown): Happening {
  const found = HAPPENINGS.find((one) => one === text);
  if (!found) throw new Mistake(`nothing of that name can happen; these can: ${HAPPENINGS.join(', ')}`);
  return found;
}

type Place = { readonly store: FhirStore; readonly ods: string; readonly name: string; readonly patientId: string };

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const HOUR_MS = 3_600_000;

/** Files in the EPR what its staff would file. Gives the resource that tells of it. */
export function makeHappen(what: Happening, place: Place, nowMs = Date.now()): Resource {
  const doing: { readonly [one in Happening]: () => Resource } = {
    admission: () => file(place, stayOf(place, nowMs, { status: 'in-progress' }), nowMs),
    discharge: () => {
      const stay = discharge(place, nowMs);
      file(place, letterOf(place, stay, nowMs), nowMs);
      return stay;
    },
    'discharge-without-letter': () => discharge(place, nowMs),
    letter: () => file(place, letterOf(place, lastStay(place), nowMs), nowMs),
    'discharge-in-error': () => file(place, { ...lastStay(place), status: 'entered-in-error' }, nowMs),
    transfer: () => transfer(place, nowMs),
    conveyance: () => file(place, conveyance(place, nowMs), nowMs),
    attendance: () => file(place, attendance(place, nowMs), nowMs),
    referred: () => file(place, referral(place, nowMs), nowMs),
    'critical-result': () => file(place, potassium(place, nowMs), nowMs),
    'package-started': () => file(place, carePackage(place, nowMs), nowMs),
    'package-ended': () => endPackage(place, nowMs),
    'plan-changed': () => changePlan(place, nowMs),
  };
  return doing[what]();
}

function file({ store }: Place, resource: Resource, nowMs: number): Resource {
  const id = asString(resource.id) ?? randomUUID();
  const before = store.read(resource.resourceType, id);
  const version = Number(asString(asObject(before?.['meta'])?.['versionId']) ?? 0) + 1;
  const lastUpdated = new Date(nowMs).toISOString();
  const meta = { ...asObject(resource['meta']), versionId: String(version), lastUpdated };
  const filed = { ...resource, id, meta };
  store.put(filed);
  return filed;
}

function stayOf(place: Place, nowMs: number, more: object): Resource {
  return {
    resourceType: 'Encounter',
    class: { system: ACT, code: 'IMP', display: 'inpatient encounter' },
    type: [{ text: 'Emergency admission' }],
    serviceType: { text: 'Acute medicine' },
    subject: { reference: `Patient/${place.patientId}` },
    period: { start: new Date(nowMs).toISOString() },
    hospitalization: { admitSource: { text: 'Emergency department' } },
    location: [{ location: { reference: `Location/${place.ods}-main`, display: place.name } }],
    serviceProvider: organisationOf(place),
    ...more,
  };
}

/** Of who is in hospital now; of who is not, a stay of three days that nobody has told of yet. */
function discharge(place: Place, nowMs: number): Resource {
  const open = staysOf(place).findLast((stay) => stay['status'] === 'in-progress');
  const stay = open ?? stayOf(place, nowMs - 72 * HOUR_MS, {});
  const ended = {
    ...stay,
    status: 'finished',
    period: { ...asObject(stay['period']), end: new Date(nowMs).toISOString() },
    hospitalization: {
      ...asObject(stay['hospitalization']),
      dischargeDisposition: { text: 'Usual place of residence' },
    },
  };
  return file(place, ended, nowMs);
}

function staysOf({ store, patientId }: Place): readonly Resource[] {
  const stays = store.ofPatient('Encounter', patientId).filter((one) => asObject(one['class'])?.['code'] === 'IMP');
  return [...stays].sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
}

function startOf(stay: Resource): string {
  return asString(asObject(stay['period'])?.['start']) ?? '';
}

function lastStay(place: Place): Resource {
  const stay = staysOf(place).at(-1);
  if (!stay) throw new Mistake('there is no stay here: let somebody be admitted or discharged first');
  return stay;
}

function transfer(place: Place, nowMs: number): Resource {
  const stay = staysOf(place).findLast((one) => one['status'] === 'in-progress');
  if (!stay) throw new Mistake('nobody is in hospital here: let them be admitted first');
  const start = new Date(nowMs).toISOString();
  const places: readonly Json[] = asObjects(stay['location']).map((one) => ({
    period: { start: startOf(stay) },
    ...one,
  }));
  const ward = { location: { display: `Ward ${String(places.length + 3)}` }, period: { start } };
  return file(place, { ...stay, location: [...places, ward] }, nowMs);
}

function letterOf(place: Place, stay: Resource, nowMs: number): Resource {
  const at = new Date(nowMs).toISOString();
  const lines = ['Discharge summary', `${place.name}`, 'Medicines changed: see the list of medicines at discharge.'];
  const binary = file(
    place,
    {
      resourceType: 'Binary',
      contentType: 'text/plain',
      securityContext: { reference: `Patient/${place.patientId}` },
      data: Buffer.from(lines.join('\n'), 'utf8').toString('base64'),
    },
    nowMs,
  );
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    type: {
      coding: [{ system: 'http://snomed.info/sct', code: '373942005', display: 'Discharge summary' }],
      text: 'Discharge summary',
    },
    category: [{ text: 'Clinical letter' }],
    subject: { reference: `Patient/${place.patientId}` },
    date: at,
    custodian: organisationOf(place),
    description: 'Discharge summary',
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          url: `Binary/${String(binary.id)}`,
          title: 'Discharge summary',
          creation: at,
        },
      },
    ],
    context: { encounter: [{ reference: `Encounter/${String(stay.id)}` }] },
  };
}

/** As an ambulance service files it: care in the field (v3 FLD) that ended by taking the person somewhere. */
function conveyance(place: Place, nowMs: number): Resource {
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: ACT, code: 'FLD', display: 'field' },
    type: [{ text: 'Emergency ambulance call: category 2' }],
    subject: { reference: `Patient/${place.patientId}` },
    period: { start: new Date(nowMs - HOUR_MS).toISOString(), end: new Date(nowMs).toISOString() },
    reasonCode: [{ text: 'Breathlessness' }],
    hospitalization: { destination: { display: 'Ousebridge Royal Infirmary, emergency department' } },
    serviceProvider: organisationOf(place),
  };
}

/** Seen in the emergency department and sent home. */
function attendance(place: Place, nowMs: number): Resource {
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: ACT, code: 'EMER', display: 'emergency' },
    type: [{ text: 'Emergency department attendance' }],
    subject: { reference: `Patient/${place.patientId}` },
    period: { start: new Date(nowMs - 4 * HOUR_MS).toISOString(), end: new Date(nowMs).toISOString() },
    reasonCode: [{ text: 'Fall at home' }],
    hospitalization: {
      dischargeDisposition: {
        coding: [{ system: 'http://snomed.info/sct', code: '306689006', display: 'Discharge to home' }],
      },
    },
    serviceProvider: organisationOf(place),
  };
}

/** This organisation has been asked to care for somebody: from then on its teams are told of them. */
function referral(place: Place, nowMs: number): Resource {
  return {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    category: [{ text: 'Referral' }],
    code: { text: 'Referral for care at home' },
    subject: { reference: `Patient/${place.patientId}` },
    authoredOn: new Date(nowMs).toISOString(),
    performer: [organisationOf(place)],
  };
}

function potassium(place: Place, nowMs: number): Resource {
  const code = { system: 'http://loinc.org', code: '2823-3', display: 'Potassium [Moles/volume] in Serum or Plasma' };
  const category = {
    system: 'http://terminology.hl7.org/CodeSystem/observation-category',
    code: 'laboratory',
    display: 'Laboratory',
  };
  const critical = {
    system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
    code: 'HH',
    display: 'Critical high',
  };
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [category] }],
    code: { coding: [code], text: 'Potassium' },
    subject: { reference: `Patient/${place.patientId}` },
    effectiveDateTime: new Date(nowMs - HOUR_MS).toISOString(),
    issued: new Date(nowMs).toISOString(),
    valueQuantity: { value: 6.8, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    interpretation: [{ coding: [critical] }],
    performer: [organisationOf(place)],
  };
}

function carePackage(place: Place, nowMs: number): Resource {
  return {
    resourceType: 'EpisodeOfCare',
    status: 'active',
    type: [{ text: 'Home care: two visits a day' }, { text: 'Social care package' }],
    patient: { reference: `Patient/${place.patientId}` },
    managingOrganization: organisationOf(place),
    period: { start: new Date(nowMs).toISOString().slice(0, 10) },
  };
}

function endPackage(place: Place, nowMs: number): Resource {
  const open = place.store.ofPatient('EpisodeOfCare', place.patientId).findLast((one) => one['status'] === 'active');
  if (!open) throw new Mistake('no package is running here');
  const period = { ...asObject(open['period']), end: new Date(nowMs).toISOString().slice(0, 10) };
  return file(place, { ...open, status: 'finished', period }, nowMs);
}

function changePlan(place: Place, nowMs: number): Resource {
  const plan = place.store.ofPatient('CarePlan', place.patientId).findLast((one) => one['status'] === 'active');
  if (!plan) throw new Mistake('no plan is kept here');
  const note = [...asObjects(plan['note']), { text: 'Reviewed and changed.' }];
  return file(place, { ...plan, note }, nowMs);
}

function organisationOf({ ods, name }: Place): object {
  const identifier = { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: ods };
  return { reference: `Organization/${ods}`, identifier, display: name };
}
