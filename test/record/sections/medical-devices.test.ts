// Proves src/record/sections/device-name.ts, src/record/sections/equipment.ts, src/record/sections/which-device.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { equipment } from '../../../src/record/sections/equipment.ts';
import { medicalDevices, type MedicalDeviceEntry } from '../../../src/record/sections/medical-devices.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { type Change, device, use } from '../../support/devices.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy } from '../../support/section.ts';

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
