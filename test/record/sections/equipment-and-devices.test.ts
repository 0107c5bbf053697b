import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { equipment, type EquipmentEntry } from '../../../src/record/sections/equipment.ts';
import { medicalDevices, type MedicalDeviceEntry } from '../../../src/record/sections/medical-devices.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

const order = (change: Change = {}): Resource => ({
  resourceType: 'DeviceRequest',
  id: 'o1',
  status: 'active',
  intent: 'order',
  codeCodeableConcept: { text: 'Raised toilet seat' },
  authoredOn: '2026-04-20',
  ...change,
});
const device = (change: Change = {}): Resource => ({
  resourceType: 'Device',
  id: 'd1',
  status: 'active',
  patient: { reference: 'Patient/p' },
  type: { coding: [{ system: 'http://snomed.info/sct', code: '14106009', display: 'Cardiac pacemaker' }] },
  ...change,
});
const use = (change: Change = {}): Resource => ({
  resourceType: 'DeviceUseStatement',
  id: 'u1',
  status: 'active',
  subject: { reference: 'Patient/p' },
  device: { reference: 'Device/d1', display: 'Cardiac pacemaker' },
  ...change,
});

describe('equipment', () => {
  it('that is the instrument of a measurement is no entry and no gap', () => {
    const instrument = { resourceType: 'Device', id: 'x', type: { text: 'Sphygmomanometer' } };
    expect(readResources([instrument], 'gp' as SourceId)).toEqual({ entries: [], unread: [] });
  });

  it('that says not what it is is unread', () => {
    const nothing = order({ codeCodeableConcept: undefined });
    expect(readResources([nothing], 'council' as SourceId).unread[0]?.element).toBe('DeviceRequest.code');
  });

  it('that must not be supplied is negated and says so', () => {
    expect(entryFrom<EquipmentEntry>(order({ doNotPerform: true }))).toMatchObject({
      state: 'negated',
      prohibited: true,
    });
  });

  it.each([
    ['draft', 'planned'],
    ['active', 'current'],
    ['completed', 'unknown'],
    ['revoked', 'negated'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('ordered with status %s is %s', (status, state) => {
    expect(entryFrom(order({ status })).state).toBe(state);
  });

  it('keeps its comment, date and provider', () => {
    const note = [{ text: 'Number held by the provider' }];
    expect(entryFrom<EquipmentEntry>(order({ note, performer: { display: 'The council' } }))).toMatchObject({
      section: 'equipment',
      record: 'order',
      notes: ['Number held by the provider'],
      provider: 'The council',
      date: '2026-04-20',
    });
  });

  it('is told from medical devices by the council’s own words, and an order is no device', () => {
    expect(entryFrom(device({ type: { text: 'Bath hoist' } })).section).toBe('equipment');
    expect(entryFrom(use({ device: { display: 'Walking frame' } })).section).toBe('equipment');
    expect(entryFrom(order({ codeCodeableConcept: { text: 'Pacemaker' } })).section).toBe('equipment');
  });

  it('is one with another only by its number', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (change: Change, source: string): string =>
      equipment.factKey(entryFrom<EquipmentEntry>(order(change), source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, status: 'revoked' }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});

describe('a medical device', () => {
  const read = (resource: Resource, source = 'hospital'): MedicalDeviceEntry =>
    entryFrom<MedicalDeviceEntry>(resource, source, 'medical-devices');

  it('that says not what it is is unread', () => {
    const reading = readResources([use({ device: { reference: 'Device/elsewhere' } })], 'gp' as SourceId);
    expect(reading.unread[0]?.element).toBe('DeviceUseStatement.device');
  });

  it.each([
    [{ text: 'No known implantable devices' }, 'none-known', 'negated'],
    [{ text: 'No known device' }, 'none-known', 'negated'],
    [{ text: 'No known implant' }, 'none-known', 'negated'],
    [
      { coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-known-devices' }] },
      'none-known',
      'negated',
    ],
    [
      { coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-device-info' }] },
      'not-asked',
      'unknown',
    ],
  ])('is not what is called %j', (type, statement, state) => {
    expect(read(device({ type }))).toMatchObject({ statement, state });
    expect(read(device({ type, status: 'entered-in-error' }))).toMatchObject({ statement, state: 'in-error' });
  });

  it.each([
    ['active', 'current'],
    ['inactive', 'past'],
    ['entered-in-error', 'in-error'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('of status %s is %s', (status, state) => {
    expect(read(device({ status })).state).toBe(state);
  });

  it.each([
    ['intended', 'planned'],
    ['on-hold', 'current'],
    ['stopped', 'past'],
    ['completed', 'past'],
  ])('whose use is %s is %s', (status, state) => {
    expect(read(use({ status })).state).toBe(state);
  });

  it('that no rule knows is not put with the furniture', () => {
    expect(entryFrom(device({ type: { text: 'Zephyr 300' } })).section).toBe('medical-devices');
  });

  it('says which one it is, where, and what is said of its safety', () => {
    const entry = read(
      device({
        manufacturer: 'Example Cardiac',
        serialNumber: 'SN-1',
        udiCarrier: [{ deviceIdentifier: '05000000000001' }],
        safety: [{ text: 'MR conditional' }],
      }),
    );
    expect(entry).toMatchObject({
      title: 'Cardiac pacemaker',
      manufacturer: 'Example Cardiac',
      serial: 'SN-1',
      udi: '05000000000001',
      safety: ['MR conditional'],
    });
  });

  it('and the statement of its use at one source are one, but not where one of them has ended', () => {
    const keys = (status: string): readonly string[] =>
      (entriesFrom('hospital', device(), use({ status })) as MedicalDeviceEntry[]).map((entry) =>
        medicalDevices.factKey(entry),
      );
    expect(new Set(keys('stopped')).size).toBe(2);
    expect(new Set(keys('active')).size).toBe(1);
  });

  it('is never one with another source’s by the name, only by its own number', () => {
    const key = (source: string, change: Change = {}): string => medicalDevices.factKey(read(device(change), source));
    const one = { serialNumber: 'SN-1', udiCarrier: [{ deviceIdentifier: '05' }] };
    expect(key('a')).not.toBe(key('b'));
    expect(key('a', one)).not.toBe(key('b', { ...one, serialNumber: 'SN-2' }));
    expect(key('a', one)).not.toBe(key('b', { ...one, safety: [{ text: 'MR unsafe' }] }));
    expect(key('a', one)).toBe(key('b', one));
  });
});

describe('a medical device that is denied', () => {
  const named = (text: string) => entryFrom<MedicalDeviceEntry>(device({ type: { text } }));

  it.each(['No pacemaker', 'Nil insulin pump', 'Coil not fitted', 'Pacemaker not present', 'Catheter not in situ'])(
    'is not in the body, and says nothing of any other: %s',
    (text) => {
      expect(named(text)).toMatchObject({ section: 'medical-devices', statement: 'device', state: 'negated' });
      expect(entryFrom(device({ type: { text }, status: 'entered-in-error' })).state).toBe('in-error');
    },
  );

  it.each(['No. 7 tracheostomy tube', 'No 6 catheter', 'Cardiac pacemaker'])('is none of these: %s', (text) => {
    expect(named(text)).toMatchObject({ statement: 'device', state: 'current' });
  });
});

describe('a thing whose words say that it is not there', () => {
  const stateIn = (text: string, change: Change = {}): string => entryFrom(device({ type: { text }, ...change })).state;

  it.each(['No wheelchair', 'Without walking frame', 'Key safe not fitted', 'No known stent not used'])(
    'is denied: %s',
    (text) => {
      expect(stateIn(text)).toBe('negated');
    },
  );

  it.each([
    'Coil removed',
    'Pacemaker was removed',
    'Catheter removed 12/03/2026',
    'Coil removed in 2019',
    'Loop recorder explanted',
    'Grommet taken out',
    'Commode removed',
  ])('is past: %s', (text) => {
    expect(stateIn(text)).toBe('past');
    expect(stateIn(text, { status: undefined })).toBe('past');
    expect(stateIn(text, { status: 'entered-in-error' })).toBe('in-error');
    expect(entryFrom(use({ device: { display: text }, status: 'intended' })).state).toBe('planned');
  });

  it.each([
    'Removable denture',
    'Removed',
    'Pacemaker, leads removed',
    'Lead removed',
    'Implant partly removed',
    'Some clips removed',
    'One stent removed',
    'Coil not removed',
    'Coil never removed',
    'Catheter to be removed',
    'Catheter being removed',
    'Coil removed and replaced',
    'Stents not used yet',
    'Knows no frame',
  ])('is not what is called “%s”', (text) => {
    expect(stateIn(text)).toBe('current');
  });
});

describe('a device, in full', () => {
  const whole = {
    type: { text: 'Hip prosthesis' },
    manufacturer: 'Example Joints',
    modelNumber: 'HJ-2',
    serialNumber: 'SN-1',
    lotNumber: 'L9',
    udiCarrier: [{ carrierHRF: '(01)05' }],
    expirationDate: '2030-01-01',
    safety: [{ text: 'MR conditional' }, { text: 'Latex' }],
    statusReason: [{ text: 'Online' }],
    note: [{ text: 'Card held' }],
  };
  const shown = {
    section: 'medical-devices',
    cautions: [],
    labels: [],
    links: [],
    title: 'Hip prosthesis',
    state: 'current',
    statusAsRecorded: 'active',
    statement: 'device',
    device: 'Device/d1',
    manufacturer: 'Example Joints',
    model: 'HJ-2',
    serial: 'SN-1',
    lot: 'L9',
    udi: '(01)05',
    expires: '2030-01-01',
    safety: ['MR conditional', 'Latex'],
  };

  it('shows all that is said of it, and nothing besides', () => {
    expect(entryFrom(device(whole))).toEqual({
      ...shown,
      id: 'gp/Device/d1',
      origin: { source: 'gp', resource: 'Device/d1' },
      code: { text: 'Hip prosthesis', codings: [] },
      notes: ['Card held'],
      record: 'device',
      reasons: [],
      statusReasons: ['Online'],
    });
    expect(entryFrom({ resourceType: 'Device', id: 'd1', patient: {}, type: { text: 'Stent' } })).toEqual({
      id: 'gp/Device/d1',
      section: 'medical-devices',
      origin: { source: 'gp', resource: 'Device/d1' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
      title: 'Stent',
      code: { text: 'Stent', codings: [] },
      state: 'unknown',
      statement: 'device',
      record: 'device',
      device: 'Device/d1',
      safety: [],
      reasons: [],
      statusReasons: [],
    });
  });

  it('of which its use is told has the make of the thing itself', () => {
    const used = use({
      device: { reference: 'Device/d1' },
      timingPeriod: { start: '2020-02-01' },
      recordedOn: '2026-01-01',
      bodySite: { text: 'Left hip' },
      reasonCode: [{ text: 'Pain' }, {}],
      reasonReference: [{ display: 'Arthritis' }],
    });
    expect(entriesFrom('gp', device(whole), used)[1]).toEqual({
      ...shown,
      id: 'gp/DeviceUseStatement/u1',
      origin: { source: 'gp', resource: 'DeviceUseStatement/u1' },
      code: { text: 'Hip prosthesis', codings: [] },
      notes: [],
      record: 'use',
      date: '2020-02-01',
      period: { start: '2020-02-01' },
      bodySite: 'Left hip',
      reasons: ['Pain', 'Arthritis'],
      statusReasons: [],
    });
    const recorded = entryFrom(use({ recordedOn: '2026-01-01' }));
    expect(recorded).toMatchObject({ date: '2026-01-01', dateIs: 'recorded' });
    expect(recorded).not.toHaveProperty('period');
    const timed = entryFrom(use({ timingDateTime: '2020-02-01' }));
    expect(timed).toMatchObject({ date: '2020-02-01' });
    expect(timed).not.toHaveProperty('dateIs');
    expect(entryFrom(use())).not.toHaveProperty('date');
    expect(entryFrom(use({ status: 'entered-in-error' })).state).toBe('in-error');
    expect(entryFrom(use({ timingPeriod: { end: '2020-02-01' }, meta: { lastUpdated: '2021-01-01' } })).state).toBe(
      'past',
    );
  });

  it('has the identifier that a machine reads before the one that people do, and doubts what disagrees', () => {
    const carriers = [{ deviceIdentifier: '05', carrierHRF: '(01)05' }, { deviceIdentifier: '06' }];
    expect(entryFrom(device({ udiCarrier: carriers }))).toMatchObject({ udi: '05' });
    const type = { text: 'Stent', coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Pacemaker' }] };
    expect(entryFrom(device({ type })).cautions).toEqual(['text-differs']);
  });

  it('without a name is unread by what should name it', () => {
    const unread = (resource: Resource) => readResources([resource], 'gp' as SourceId).unread;
    expect(unread(device({ type: undefined }))).toMatchObject([{ element: 'Device.type' }]);
    const council = { meta: { tag: [{ code: 'x' }] }, type: undefined };
    expect(unread(device(council))).toMatchObject([{ element: 'Device.type' }]);
    expect(readBy(medicalDevices, device({ patient: undefined }))).toEqual({ entries: [], unread: [] });
    expect(readBy(equipment, device({ patient: undefined }))).toEqual({ entries: [], unread: [] });
  });

  it('stands under its heading, and no two of them disagree', () => {
    expect(medicalDevices).toMatchObject({
      id: 'medical-devices',
      heading: 'Medical devices',
      groupedBy: 'identifier',
    });
    expect(equipment).toMatchObject({ id: 'equipment', heading: 'Equipment and adaptations', groupedBy: 'identifier' });
    expect(medicalDevices.conflicts([])).toEqual([]);
    expect(equipment.conflicts([])).toEqual([]);
  });

  it('in the body comes first, then what is not known, planned, over or denied, then none known', () => {
    const one = (text: string, status?: string): Resource => device({ id: text, type: { text }, status });
    const each = [
      one('No known devices', 'active'),
      one('No stent', 'active'),
      one('Stent', 'inactive'),
      { ...use({ device: { display: 'Coil' }, status: 'intended' }), id: 'coil' },
      one('Shunt'),
      one('Pacemaker', 'active'),
    ];
    expect(listedInAnyOrder(medicalDevices, each)).toEqual([
      ['Pacemaker', 'Shunt', 'Coil', 'Stent', 'No stent', 'No known devices'],
    ]);
  });
});

describe('one line for several devices', () => {
  const one = { serialNumber: 'SN-1', udiCarrier: [{ deviceIdentifier: '05' }] };
  const lines = (here: Change, there: Change): number =>
    linesOf(medicalDevices, [device(here)], [device({ id: 'd2', ...there })]).length;

  it('is made only by both of its numbers', () => {
    expect(lines(one, one)).toBe(1);
    expect(lines({ serialNumber: 'SN-1' }, { serialNumber: 'SN-1' })).toBe(2);
    expect(lines({ udiCarrier: one.udiCarrier }, { udiCarrier: one.udiCarrier })).toBe(2);
    expect(lines(one, { ...one, status: 'inactive' })).toBe(2);
    expect(lines({ ...one, type: { text: 'No known devices' } }, { ...one, type: { text: 'No known devices' } })).toBe(
      2,
    );
  });

  it('is made where one leaves out what the other says of safety, and not where they differ', () => {
    const safe = (...texts: readonly string[]): Change => ({ ...one, safety: texts.map((text) => ({ text })) });
    expect(lines(safe('MR conditional'), one)).toBe(1);
    expect(lines(safe('MR conditional', 'Latex'), safe('LATEX', 'MR conditional'))).toBe(1);
    expect(lines(safe('MR conditional'), safe('MR unsafe'))).toBe(2);
  });

  it('is made of uses of one device in one place in the body', () => {
    const used = (id: string, bodySite?: string): Resource => ({
      ...use(bodySite === undefined ? {} : { bodySite: { text: bodySite } }),
      id,
    });
    const count = (...uses: readonly Resource[]): number => linesOf(medicalDevices, uses).length;
    expect(count(used('1', 'Left hip'), used('2', 'LEFT HIP'))).toBe(1);
    expect(count(used('1', 'Left hip'), used('2'))).toBe(1);
    expect(count(used('1', 'Left hip'), used('2', 'Right hip'))).toBe(2);
  });
});

describe('equipment, in full', () => {
  it('shows all that is said of it', () => {
    const reason = { reasonCode: [{ text: 'Falls' }, {}], reasonReference: [{ display: 'Weak legs' }] };
    const ordered = entryFrom<EquipmentEntry>(order({ ...reason, occurrencePeriod: { start: '2026-05-01' } }));
    expect(ordered).toMatchObject({
      record: 'order',
      reasons: ['Falls', 'Weak legs'],
      period: { start: '2026-05-01' },
      date: '2026-05-01',
      requested: '2026-04-20',
    });
    expect(ordered).not.toHaveProperty('prohibited');
    const used = use({ device: { display: 'Walking frame' }, timingPeriod: { start: '2026-06-01' } });
    expect(entryFrom(used)).toMatchObject({ record: 'use', period: { start: '2026-06-01' }, reasons: [] });
    expect(entryFrom(device({ type: { text: 'Commode' } }))).toMatchObject({ record: 'device', state: 'current' });
    expect(entryFrom(use({ device: { display: 'Walking frame' }, status: 'completed' })).state).toBe('past');
  });

  it('that must not be supplied and was entered in error is in error', () => {
    expect(entryFrom(order({ doNotPerform: true, status: 'entered-in-error' }))).toMatchObject({
      state: 'in-error',
      prohibited: true,
    });
  });

  it('that the council cannot name is unread by what should name it', () => {
    const context = { source: 'council' as SourceId, resolve: () => undefined };
    const social = { extension: [{ url: 'https://x.example/social-care' }] };
    expect(equipment.read(order({ codeCodeableConcept: undefined, ...social }), context)?.unread).toMatchObject([
      { element: 'DeviceRequest.code' },
    ]);
  });

  it('in place comes first, then what is to come, then what is not known or gone, the newest first', () => {
    const one = (text: string, status: string | undefined, authoredOn = '2026-01-01'): Resource =>
      order({ id: text, codeCodeableConcept: { text }, status, authoredOn });
    const each = [
      one('Refused ramp', 'revoked'),
      one('Old ramp', 'stopped'),
      one('Delivered ramp', 'completed'),
      one('Draft ramp', 'draft'),
      one('Ramp', 'active'),
      one('Newer ramp', 'active', '2026-02-01'),
    ];
    expect(listedInAnyOrder(equipment, each)).toEqual([
      ['Newer ramp', 'Ramp', 'Draft ramp', 'Delivered ramp', 'Old ramp', 'Refused ramp'],
    ]);
  });
});

describe('what is a medical device', () => {
  const sectionOf = (text: string, change: Change = {}): string =>
    entryFrom(device({ type: { text }, ...change })).section;

  it.each([
    ...['Seat', 'Seats', 'Chair', 'Chairs', 'Wheelchair', 'Wheelchairs', 'Rail', 'Grab rails', 'Hoist', 'Hoists'],
    ...['Sling', 'Slings', 'Commode', 'Commodes', 'Bed', 'Beds', 'Mattress', 'Mattresses', 'Cushion', 'Cushions'],
    ...['Frame', 'Frames', 'Rollator', 'Rollators', 'Crutch', 'Crutches', 'Walking stick', 'Walking sticks'],
    ...['Walking aid', 'Walking aids', 'Ramp', 'Ramps', 'Stairlift', 'Stair lift', 'Stairlifts', 'Key safe', 'Keysafe'],
    ...['Keysafes', 'Pendant', 'Pendants', 'Alarm', 'Alarms', 'Telecare', 'Bath board', 'Bathing boards', 'Bath lift'],
    ...[
      'Bath step',
      'Step',
      'Steps',
      'Stool',
      'Stools',
      'Trolley',
      'Trolleys',
      'Adaptation',
      'Adaptations',
      'Wet room',
    ],
    ...['Wetroom', 'Wetrooms', 'Shower', 'Showers', 'Door entry', 'Door widening', 'Perching aid', 'Table', 'Tables'],
    ...[
      'Lift',
      'Lifts',
      'Sensor mat',
      'Sensors mat',
      'Fall detector',
      'Falls detectors',
      'Urinal',
      'Urinals',
      'Bottle',
    ],
    ...['Bottles', 'Kettle tipper', 'Kettle tippers', 'Cutlery'],
  ])('is not a thing of the house: %s', (text) => {
    expect(sectionOf(text)).toBe('equipment');
  });

  it.each([
    ...['Pacemaker', 'Pacemakers', 'Defibrillator', 'Defibrillators', 'ICD', 'ICDs', 'CRT-D', 'CRTP', 'Loop recorder'],
    ...['Loop recorders', 'Implant', 'Implantable', 'Stent', 'Stents', 'Prosthesis', 'Prosthetic', 'Valve', 'Valves'],
    ...['Shunt', 'Shunts', 'Catheter', 'Catheters', 'PICC', 'Hickman', 'Portacath', 'Port', 'Ports', 'Pump', 'Pumps'],
    ...[
      'CPAP',
      'BiPAP',
      'NIV',
      'Ventilator',
      'Ventilators',
      'Concentrator',
      'Concentrators',
      'Nebuliser',
      'Nebulisers',
    ],
    ...['Oxygen', 'Insulin pen', 'Insulin pens', 'Glucose sensor', 'Glucose monitors', 'CGM', 'Coil', 'Coils', 'IUD'],
    ...['IUDs', 'Stoma', 'Stomas', 'Gastrostomy', 'PEG', 'Tracheostomy', 'Cochlear', 'Hearing aid', 'Hearing aids'],
    ...['Graft', 'Grafts', 'Stimulator', 'Stimulators', 'Dialysis', 'Fistula', 'Fistulas', 'Pessary', 'Pessaries'],
    ...['Device', 'Devices'],
  ])('is one even where a thing of the house is named beside it: %s', (text) => {
    expect(sectionOf(`${text} by the bed`)).toBe('medical-devices');
  });

  it('is not what the council provides, whatever it is', () => {
    expect(sectionOf('Gadget')).toBe('medical-devices');
    expect(sectionOf('Social care gadget')).toBe('equipment');
  });

  it('is told by a code of an implant, or by its own identifier, whatever its words', () => {
    const coded = (system: string, code: string) => ({ text: 'Bed', coding: [{ system, code }] });
    for (const code of ['14106009', '72506001']) {
      expect(sectionOf('', { type: coded('http://snomed.info/sct', code) })).toBe('medical-devices');
      expect(sectionOf('', { type: coded('urn:x', code) })).toBe('equipment');
    }
    expect(sectionOf('Bed', { udiCarrier: [{ deviceIdentifier: '05' }] })).toBe('medical-devices');
    const bed = device({ type: { text: 'Bed' }, udiCarrier: [{ deviceIdentifier: '05' }] });
    const inUse = entriesFrom('gp', bed, use({ device: { reference: 'Device/d1' } }))[1];
    expect(inUse?.section).toBe('medical-devices');
    const display = { text: 'Bed', coding: [{ display: 'Stent' }, { code: '1' }] };
    expect(sectionOf('', { type: display })).toBe('medical-devices');
  });
});

describe('what a device is called', () => {
  it('is its type, then what is said of the thing it refers to, then the name that people use', () => {
    const named = (change: Change): string => entryFrom(device({ type: undefined, ...change })).title;
    const names = [
      { type: 'manufacturer-name', name: 'Cardia 2000' },
      { type: 'user-friendly-name', name: 'Pacemaker' },
    ];
    expect(named({ deviceName: names, modelNumber: 'C2' })).toBe('Pacemaker');
    expect(named({ deviceName: [names[0], { type: 'patient-reported-name', name: 'My box' }] })).toBe('My box');
    expect(named({ deviceName: [names[0]], modelNumber: 'C2' })).toBe('Cardia 2000');
    expect(named({ deviceName: [{}], modelNumber: 'C2' })).toBe('C2');
    expect(named({ modelNumber: 'C2' })).toBe('C2');
    const behind = (thing: Change, change: Change): string | undefined =>
      entriesFrom('gp', device(thing), use(change))[1]?.title;
    expect(behind({}, { device: { reference: 'Device/d1', display: 'Box' } })).toBe('Cardiac pacemaker');
    const nameless = { type: undefined, deviceName: [{ name: 'Zephyr' }] };
    expect(behind(nameless, { device: { reference: 'Device/d1', display: 'Box' } })).toBe('Box');
    expect(behind(nameless, { device: { reference: 'Device/d1' } })).toBe('Zephyr');
    expect(entryFrom(order({ codeCodeableConcept: undefined, codeReference: { display: 'Ramp' } })).title).toBe('Ramp');
  });
});
