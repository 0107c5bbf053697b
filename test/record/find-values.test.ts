// Proves src/record/find.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { findInSteps, NO_QUERY } from '../../src/record/find.ts';
import type { Fact } from '../../src/record/fact.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

/** What stands on the line, as it may come: with an ordinary space, one that does not break, or none. */
const LINES = ['Ramipril 5 mg capsules', 'Ramipril 5\u00a0mg capsules', 'Ramipril 5mg capsules'];

function finds(line: string, text: string): boolean {
  const record = buildRecord({
    patient: aPatient(),
    sources: [aSource('gp')],
    statuses: new Map(),
    entries: entriesFrom('gp', {
      resourceType: 'Condition',
      id: '1',
      subject: { reference: 'Patient/1' },
      code: { text: 'A problem' },
    }),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  const textOf = (_fact: Fact): readonly string[] => [line];
  const steps = findInSteps(record, { ...NO_QUERY, text }, new WeakMap(), textOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.matched === 1;
  }
}

describe('a value and its unit', () => {
  it.each([
    ['Insulin 10 units', '10unit'],
    ['Insulin 10 units', '10units'],
    ['Sodium chloride 1 l', '1l'],
    ['Sodium chloride 500 ml', '500ml'],
    ['Paracetamol 1 g', '1g'],
    ['Potassium 5.9 mmol/L', '5.9mmol/l'],
    ['HbA1c 48 mmol/mol', '48mmol/mol'],
    ['Glucose 0.1 mol/L', '0.1mol/l'],
    ['Saturation 96 %', '96%'],
  ])('are found in %s as “%s”', (line, text) => {
    expect(finds(line, text)).toBe(true);
  });

  it.each([
    ['Vitamin B 12 mg', 'b12mg'],
    ['Ramipril 1.25 mg', '1.5mg'],
  ])('are not found in %s as “%s”', (line, text) => {
    expect(finds(line, text)).toBe(false);
  });

  it.each(['4 mg', '4mg', '5 ml', '5ml', '5mgs'])('are not found as “%s” where they are not', (text) =>
    expect(LINES.filter((line) => finds(line, text))).toEqual([]),
  );

  it.each(['5 mg', '5\u00a0mg', '5mg', '5MG', 'ramipril 5mg'])(
    'are found as “%s”, however the source spaced them',
    (text) => expect(LINES.filter((line) => finds(line, text))).toEqual(LINES),
  );

  it('written as one word are only a value where the word ends in a unit: “4at” is not looked for as “4” and “at”', () => {
    expect(finds('4 tablets at night', '4at')).toBe(false);
    expect(finds('4AT delirium test', '4at')).toBe(true);
  });
});
