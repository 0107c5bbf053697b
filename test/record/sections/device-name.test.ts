// Proves src/record/sections/equipment.ts, src/record/sections/medical-devices.ts, src/record/sections/which-device.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { type Change, device, order, use } from '../../support/devices.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

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
