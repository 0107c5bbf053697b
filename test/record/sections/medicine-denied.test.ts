// Proves src/record/sections/medications.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { saysNotTaken } from '../../../src/record/sections/medicine-denied.ts';
import { medications, type MedicationEntry } from '../../../src/record/sections/medications.ts';
import { entryFrom } from '../../support/record.ts';
import { factsOf } from '../../support/section.ts';

const statement = (change: object) => ({
  resourceType: 'MedicationStatement',
  id: '1',
  status: 'active',
  effectivePeriod: { start: '2026-10-01' },
  medicationCodeableConcept: { text: 'Warfarin 3mg tablets' },
  dosage: [{ text: 'One daily' }],
  ...change,
});
const named = (text: string) => saysNotTaken({ title: text, dosages: [] });
const directed = (text: string) =>
  saysNotTaken({ title: 'Ramipril 5mg capsules', dosages: [{ text, instructions: [] }] });

describe('a medicine whose words say that it is not taken', () => {
  it.each([
    'Warfarin STOPPED',
    'Warfarin 3mg tablets (stopped)',
    'Warfarin - stopped by GP',
    'Ramipril discontinued on 3/5/2026',
    'Methotrexate (on hold)',
    'Aspirin - patient declined',
    'Do not give aspirin',
    'Patient not taking ramipril',
    'Allergic to penicillin',
    'Avoid NSAIDs',
    'Ramipril no longer taken',
    'Not taking ramipril',
    'Was not to have aspirin',
    'Intolerance to statins',
    'Intolerant to statins',
    'Adverse reaction to trimethoprim',
    'Stop warfarin',
    'Stopped warfarin',
    'Ramipril stopped 3/5/2026',
    'Ramipril discontinued since May 2026',
    'Ramipril ceased in hospital in 2025',
    'Warfarin stopped by the hospital',
  ])('is heard by its name: %s', (text) => {
    expect(named(text)).toBe(true);
  });

  it.each([
    'STOP',
    'Stopped',
    'On hold',
    'Do not take until reviewed',
    'Withhold from 3 May',
    'HOLD. Bleeding',
    'Not in use',
    'Suspend',
    'Suspended temporarily',
    'Discontinue',
    'Discontinued now',
    'Ceased',
    'Withheld pending review',
    'No longer required',
  ])('is heard by its directions: %s', (text) => {
    expect(directed(text)).toBe(true);
    expect(saysNotTaken({ title: 'Ramipril', dosages: [{ instructions: [text] }] })).toBe(true);
  });

  it.each([
    'One daily. Do not take with milk',
    'Do not take more than 8 in 24 hours',
    'Do not take indigestion remedies two hours before',
    'Do not stop taking this medicine unless your doctor tells you',
    'Stop if a rash appears',
    'Hold under the tongue',
    'Hold in the mouth for two minutes',
    'Use as directed',
    'One daily for seven days then stop',
    'Take with food; on hold days take none',
  ])('is not heard in a warning on a label: %s', (text) => {
    expect(directed(text)).toBe(false);
  });

  it.each(['Warfarin 3mg tablets', 'Stopain spray', 'Nicotine lozenges for those who stopped smoking', 'Avoidex'])(
    'is not heard in a name: %s',
    (text) => {
      expect(named(text)).toBe(false);
    },
  );

  it('is neither current nor stopped, for its status and its words contradict each other', () => {
    const read = (change: object) => entryFrom<MedicationEntry>(statement(change));
    const text = 'Warfarin STOPPED';
    expect(read({ medicationCodeableConcept: { text } })).toMatchObject({
      title: text,
      state: 'unknown',
      statusAsRecorded: 'active',
      cautions: ['source-unclear'],
    });
    expect(read({ dosage: [{ text: 'STOP' }] })).toMatchObject({ state: 'unknown', cautions: ['source-unclear'] });
    const stopped = { medicationCodeableConcept: { text }, status: 'stopped' };
    expect(read(stopped)).toMatchObject({ state: 'past', cautions: [] });
    expect(read({})).toMatchObject({ state: 'current', cautions: [] });
  });
});

describe('a medicine that begins on a day to come', () => {
  const state = (change: object) => factsOf(medications, [statement(change)])[0]?.entries[0].state;

  it('is planned and not yet taken, and one that began, or may have, is current', () => {
    expect(state({ effectivePeriod: { start: '2026-12-01' } })).toBe('planned');
    expect(state({ effectivePeriod: { start: '2026-11-01' } })).toBe('current');
    expect(state({ effectivePeriod: { start: '2026' } })).toBe('current');
    expect(state({ effectivePeriod: undefined, effectiveDateTime: '2027' })).toBe('planned');
    expect(state({ effectivePeriod: undefined, dateAsserted: '2027-01-01' })).toBe('current');
  });
});
