import { describe, expect, it } from 'vitest';
import { saysNotDone } from '../../../src/record/fhir/not-done.ts';

const named = (text: string, ...displays: readonly string[]) => ({
  text,
  codings: displays.map((display) => ({ display })),
});

describe('words for what was not done', () => {
  it('are none where there is no concept', () => {
    expect(saysNotDone(undefined)).toBe(false);
    expect(saysNotDone({ text: 'Vaccination', codings: [{ code: '1' }] })).toBe(false);
  });

  it.each([
    'Influenza vaccination declined',
    'Influenza vaccination refused',
    'Refusal of vaccination',
    'Cervical smear not done',
    'Vaccination not given',
    'Scan not performed',
    'Review not carried out',
    'Review not undertaken',
    'Medication not administered',
    'Clinic not attended',
    'Treatment not consented to',
    'Did not attend',
    'DNA - dietitian',
    'Cervical smear DNA',
    'DNA',
    'X-ray cancelled',
    'Cancelled operation',
    'Vaccination contraindicated',
    'Vaccination contra-indicated',
    'No consent for vaccination',
    'Consent refused',
    'Consent declined',
    'Consent not given',
    'Consent withheld',
    'Procedure deferred',
    'Child not brought',
  ])('turn the thing that is named: %s', (text) => {
    expect(saysNotDone(named(text))).toBe(true);
    expect(saysNotDone(named('Vaccination', 'Vaccination', text))).toBe(true);
  });

  it.each([
    'Influenza vaccination',
    'Failed intubation',
    'Attempted catheterisation',
    'DNAR discussion',
    'DNA sequencing',
    'DNA test',
    'HPV DNA',
    'Fetal DNA',
    'Foetal DNA',
    'Tumor DNA',
    'Tumour DNA',
    'Cell-free DNA',
    'Operation after a cancelled list',
    'Influenza vaccination given (previously declined)',
    'Vaccination given, initially refused',
    'Vaccination given, formerly deferred',
    'Vaccination given, earlier declined',
    'Vaccination given, at first refused',
    'Vaccination given, had declined',
    'Vaccination given, had been contraindicated',
    'Vaccination not contraindicated',
  ])('are not found where it was done after all: %s', (text) => {
    expect(saysNotDone(named(text))).toBe(false);
  });
});
