import type { Patient } from '../record/patient.ts';

/** A person as clinicians write them in lists and letters: "BEDFORD, Margaret (Mrs)" (ISB 1503, 1505). */
export function patientName({ family, given, prefix }: Pick<Patient, 'family' | 'given' | 'prefix'>): string {
  const named = given === '' ? family.toLocaleUpperCase('en-GB') : `${family.toLocaleUpperCase('en-GB')}, ${given}`;
  return prefix === undefined ? named : `${named} (${prefix})`;
}
