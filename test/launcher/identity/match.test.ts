import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familiesComparable } from '../../../launcher/identity/family-name.ts';
import { matchPatient } from '../../../launcher/identity/match.ts';
import type { Patient } from '../../../src/record/patient.ts';
import type { Resource } from '../../../src/record/resource.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const asked = { nhsNumber: '9990000018', family: 'O’Brien-Smith', given: 'Edna', birthDate: '1941-03-02' } as Patient;
const number = (value: string) => [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }];

function held(changes: Record<string, unknown> = {}): Resource {
  return {
    resourceType: 'Patient',
    id: 'x1',
    identifier: number('9990000018'),
    name: [{ family: 'O’Brien-Smith' }],
    birthDate: '1941-03-02',
    ...changes,
  };
}
const match = (...found: readonly Resource[]) => matchPatient(asked, found, NOW).found;

describe('a source’s answer that is not surely this person', () => {
  it.each([
    ['57 two active patients', [held(), held({ id: 'x2' })], 'ambiguous'],
    [
      '57 one patient that was replaced by one that did not come',
      [held({ link: [{ type: 'replaced-by', other: { reference: 'Patient/x9' } }] })],
      'ambiguous',
    ],
    ['57 one patient that is not active', [held({ active: false })], 'ambiguous'],
    ['58 another NHS number', [held({ identifier: number('9990000026') })], 'mismatch'],
    ['58 two NHS numbers', [held({ identifier: [...number('9990000018'), ...number('9990000026')] })], 'mismatch'],
    ['58 no NHS number', [held({ identifier: [] })], 'mismatch'],
    ['58 another birth date', [held({ birthDate: '1941-02-03' })], 'differs'],
    ['58 a year of birth only', [held({ birthDate: '1941' })], 'differs'],
    ['58 no birth date', [held({ birthDate: undefined })], 'differs'],
    ['58 another family name', [held({ name: [{ family: 'Jones' }] })], 'differs'],
    ['58 no name', [held({ name: undefined })], 'differs'],
    ['58 no id', [held({ id: undefined })], 'mismatch'],
    ['nobody', [], 'none'],
    ['something that is no Patient', [{ resourceType: 'OperationOutcome' }], 'none'],
  ])('%s', (_title, found, verdict) => {
    expect(match(...found)).toBe(verdict);
  });
});

describe('a source’s answer that is this person', () => {
  it('names the one active patient, and the number that was asked for', () => {
    expect(matchPatient(asked, [held()], NOW)).toEqual({ found: 'one', patientId: 'x1', nhsNumber: '9990000018' });
  });

  it('sees past a merged record when the one that replaced it came too', () => {
    const merged = held({ id: 'x0', link: [{ type: 'replaced-by', other: { reference: 'Patient/x1' } }] });
    expect(matchPatient(asked, [merged, held()], NOW)).toMatchObject({ found: 'one', patientId: 'x1' });
  });

  it('counts the same record sent twice once', () => {
    expect(match(held(), held())).toBe('one');
  });

  it('knows a person by any family name on the record, former ones too', () => {
    expect(
      match(
        held({
          name: [
            { use: 'official', family: 'Jones' },
            { use: 'maiden', family: 'O’Brien-Smith' },
          ],
        }),
      ),
    ).toBe('one');
  });

  it('knows a person where only their former name is held, when the home EPR records it as former', () => {
    const married = { ...asked, family: 'Thornton', formerFamilies: ['Nair'] };
    const former = held({ name: [{ family: 'NAIR' }] });
    expect(matchPatient({ ...married, formerFamilies: [] }, [former], NOW).found).toBe('differs');
    expect(matchPatient(married, [former], NOW).found).toBe('one');
  });

  it('knows a person by the number that was replaced, where the launch knows of it', () => {
    const since = { ...asked, supersedes: '9990000026' } as Patient;
    const old = held({ identifier: number('9990000026') });
    const both = held({ identifier: [...number('9990000018'), ...number('9990000026')] });
    const third = held({ identifier: [...number('9990000026'), ...number('9990000034')] });
    expect(match(old)).toBe('mismatch');
    expect(matchPatient(since, [third], NOW).found).toBe('mismatch');
    expect(matchPatient(since, [old], NOW)).toEqual({ found: 'one', patientId: 'x1', nhsNumber: '9990000018' });
    expect(matchPatient(since, [both], NOW).found).toBe('one');
    expect(matchPatient(since, [old, held({ id: 'x2' })], NOW).found).toBe('ambiguous');
  });

  it('gives the same verdict whatever the order', () => {
    const pool = [
      held(),
      held({ id: 'x2', active: false }),
      held({ id: 'x3', link: [{ type: 'replaced-by', other: {} }] }),
      held({ id: 'x4', birthDate: '1950-01-01' }),
    ];
    fc.assert(fc.property(fc.shuffledSubarray(pool), (found) => match(...found) === match(...[...found].reverse())));
  });
});

describe('family names', () => {
  it.each([
    ['OBRIEN', 'O’Brien'],
    ['Núñez', 'Nunez'],
    ['Smith', 'Smith-Jones'],
    ['de la Cruz', 'Delacruz'],
    ['Thompson', 'Thomson'],
    ['Whitaker', 'Whitakre'],
  ])('%s and %s may be one', (a, b) => {
    expect([familiesComparable(a, b), familiesComparable(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['Smith', 'Jones'],
    ['Kaur', 'Khan'],
    ['Reid', 'Read'],
    ['', 'Smith'],
    ['-', '-'],
    ['de Witt', 'de Vries'],
    ['Johnson', 'Johansen'],
  ])('“%s” and “%s” are not', (a, b) => {
    expect([familiesComparable(a, b), familiesComparable(b, a)]).toEqual([false, false]);
  });
});
