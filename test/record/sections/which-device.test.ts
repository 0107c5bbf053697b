// Proves src/record/sections/device-name.ts, src/record/sections/equipment.ts, src/record/sections/medical-devices.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { type Change, device, use } from '../../support/devices.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

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
