import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { equipment, type EquipmentEntry } from '../../../src/record/sections/equipment.ts';
import { medicalDevices, type MedicalDeviceEntry } from '../../../src/record/sections/medical-devices.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

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
