import { describe, expect, it } from 'vitest';
import { isEndedAttendance } from '../../src/record/emergency-attendance.ts';
import type { Resource } from '../../src/record/resource.ts';

function attendance(disposition?: object, more: object = {}): Resource {
  return {
    resourceType: 'Encounter',
    id: 'e',
    status: 'finished',
    class: { code: 'EMER' },
    ...(disposition && { hospitalization: { dischargeDisposition: disposition } }),
    ...more,
  };
}

const sentTo = (text: string): Resource => attendance({ text });

describe('an attendance at an emergency department', () => {
  it.each(['in-progress', 'planned', 'entered-in-error'])('is not over while it is %s', (status) => {
    expect(isEndedAttendance(attendance(undefined, { status }))).toBe(false);
  });

  it.each(['AMB', 'IMP'])('is none where the class of the contact is %s', (code) => {
    expect(isEndedAttendance(attendance(undefined, { class: { code } }))).toBe(false);
  });

  it.each([
    '306706006',
    '1066331000000109',
    '1066361000000104',
    '1066371000000106',
    '1066381000000108',
    '1066391000000105',
    '1066401000000108',
    '19712007',
  ])('goes on as a stay where it led to the bed of code %s', (code) => {
    const coding = [
      { code: '999', display: 'Local' },
      { system: 'http://snomed.info/sct', code },
    ];
    expect(isEndedAttendance(attendance({ coding }))).toBe(false);
  });

  it.each([
    'Admitted',
    'For admission under medicine',
    'Sent to the ward',
    'Sent to ward',
    'To unit 4',
    'Short stay ward',
    'Medical unit',
    'Surgical ward',
    'Assessment unit',
    'Intensive care',
    'Transfer to another hospital',
    'TRANSFERRED',
  ])('goes on as a stay where its end is said as “%s”', (text) => {
    expect(isEndedAttendance(sentTo(text))).toBe(false);
  });

  it.each([
    'Not admitted',
    'Discharged home, no admission needed',
    'Home without admission',
    'Admission declined',
    'Refused to be admitted',
    'Home',
    'Readmitted patient went home',
    'Left ward clerk a note',
  ])('sent the person on their way where its end is said as “%s”', (text) => {
    expect(isEndedAttendance(sentTo(text))).toBe(true);
  });

  it('sent the person on their way where nothing says to where, or a code that is no bed does', () => {
    expect(isEndedAttendance(attendance())).toBe(true);
    const coding = [{ display: 'Own home' }, { system: 'http://snomed.info/sct', code: '306689006' }];
    expect(isEndedAttendance(attendance({ coding }))).toBe(true);
  });
});
