import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import { asObjects, type Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { PLAIN_FACTS } from './plain-facts.ts';

/** Where each type says what it is. A type that names itself in plain text (a title, a name) has no code to disagree with. */
const MAIN: { readonly [type: string]: string } = {
  AllergyIntolerance: 'code',
  Appointment: 'serviceType',
  CareTeam: 'participant.role',
  Condition: 'code',
  Device: 'type',
  DeviceRequest: 'codeCodeableConcept',
  DiagnosticReport: 'code',
  DocumentReference: 'type',
  Encounter: 'type',
  EpisodeOfCare: 'type',
  FamilyMemberHistory: 'condition.code',
  Flag: 'code',
  Goal: 'description',
  Immunization: 'vaccineCode',
  MedicationAdministration: 'medicationCodeableConcept',
  MedicationDispense: 'medicationCodeableConcept',
  MedicationRequest: 'medicationCodeableConcept',
  MedicationStatement: 'medicationCodeableConcept',
  Observation: 'code',
  Procedure: 'code',
  RelatedPerson: 'relationship',
  RiskAssessment: 'code',
  ServiceRequest: 'code',
};

const SYSTEM = 'https://a.example/codes';
const CONFLICT = { text: 'Zebra', coding: [{ system: SYSTEM, code: '1', display: 'Giraffe' }] };
const TYPES = Object.keys(MAIN).filter((type) => read(PLAIN_FACTS[type]?.[0]).length > 0);

describe('the main concept of', () => {
  it.each(TYPES)('%s is shown in the source’s words, and a code against them is said', (type) => {
    const entries = withConcept(type, CONFLICT);
    expect(entries.some((entry) => wordsOf(entry).includes('Zebra'))).toBe(true);
    expect(entries.flatMap((entry) => entry.cautions)).toContain('text-differs');
  });

  it.each(TYPES)('%s is shown by its display where the source has no words of its own', (type) => {
    const entries = withConcept(type, {
      coding: [
        { system: SYSTEM, code: '1' },
        { system: SYSTEM, code: '2', display: 'Giraffe' },
      ],
    });
    expect(entries.some((entry) => wordsOf(entry).includes('Giraffe'))).toBe(true);
    expect(entries.flatMap((entry) => entry.cautions)).not.toContain('text-differs');
  });

  it.each(TYPES.filter((type) => !['Encounter'].includes(type)))(
    '%s is shown by code and system where nothing else is given',
    (type) => {
      const entries = withConcept(type, { coding: [{ system: SYSTEM, code: '77' }] });
      expect(entries.some((entry) => /\b77\b/.test(wordsOf(entry)))).toBe(true);
    },
  );
});

describe('a value that is a code', () => {
  it.each(['laboratory', 'vital-signs'])('that its code contradicts is said so: %s', (category) => {
    const [plain] = PLAIN_FACTS['Observation'] ?? [];
    const valueCodeableConcept = { text: 'Negative', coding: [{ system: SYSTEM, code: '1', display: 'Positive' }] };
    const [entry] = read({
      ...(plain as Resource),
      category: [{ coding: [{ code: category }] }],
      valueQuantity: undefined,
      valueCodeableConcept,
    });
    expect(entry).toMatchObject({ value: 'Negative', cautions: ['text-differs'] });
  });

  it('says so in a component too', () => {
    const [plain] = PLAIN_FACTS['Observation'] ?? [];
    const component = [
      { code: { text: 'A' }, valueCodeableConcept: { text: 'Present', coding: [{ code: '2', display: 'Absent' }] } },
    ];
    expect(read({ ...(plain as Resource), component })[0]?.cautions).toContain('text-differs');
  });
});

describe('the flag of a result', () => {
  const flagged = (interpretation: object): Entry | undefined =>
    read({ ...(PLAIN_FACTS['Observation']?.[0] as Resource), interpretation: [interpretation] })[0];

  it.each([
    ['Low', 'H'],
    ['Normal', 'HH'],
    ['High', 'L'],
    ['High', 'N'],
    ['Normal', 'A'],
    ['Negative', 'POS'],
    ['Not detected', 'DET'],
  ])('whose words (%s) and code (%s) disagree shows both and the disagreement', (text, code) => {
    expect(flagged({ text, coding: [{ code }] })).toMatchObject({
      flags: [{ text: `${text} (${code})` }],
      cautions: ['text-differs'],
    });
    expect(
      (flagged({ text, coding: [{ code }] }) as unknown as { flags: readonly object[] }).flags[0],
    ).not.toHaveProperty('code');
  });

  it.each([
    ['High', 'H'],
    ['Abnormal', 'A'],
    ['Above reference range', 'H'],
    ['Critically low', 'LL'],
    ['Normal', 'N'],
    ['Not detected', 'ND'],
  ])('whose words (%s) and code (%s) agree keeps its code', (text, code) => {
    expect(flagged({ text, coding: [{ code }] })).toMatchObject({ flags: [{ text, code }], cautions: [] });
  });
});

describe('a code for "none known"', () => {
  const SNOMED = 'http://snomed.info/sct';
  it('is not believed against words that name something', () => {
    const [allergy] = read({
      ...(PLAIN_FACTS['AllergyIntolerance']?.[0] as Resource),
      code: { text: 'Penicillin', coding: [{ system: SNOMED, code: '716186003', display: 'No known allergy' }] },
    });
    expect(allergy).toMatchObject({ title: 'Penicillin', statement: 'allergy', cautions: ['text-differs'] });
  });

  it.each(['Condition', 'MedicationStatement', 'Procedure'])('nor is that of IPS: %s', (type) => {
    const system = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
    const concept = {
      text: 'Warfarin therapy',
      coding: [{ system, code: 'no-known-problems', display: 'No known problems' }],
    };
    const [entry] = withConcept(type, concept);
    expect(entry).not.toMatchObject({ statement: 'none-known' });
    expect(entry?.cautions).toContain('text-differs');
  });
});

function read(resource: Resource | undefined): readonly Entry[] {
  return resource === undefined ? [] : readResources([resource], 'a' as SourceId).entries;
}

function withConcept(type: string, concept: object): readonly Entry[] {
  const plain = structuredClone(PLAIN_FACTS[type]?.[0]) as Record<string, unknown>;
  const [name = '', ...above] = (MAIN[type] ?? '').split('.').reverse();
  let at = plain;
  for (const step of above.reverse()) at = asObjects(at[step])[0] as Record<string, unknown>;
  at[name] =
    Array.isArray(at[name]) ||
    name === 'serviceType' ||
    (name === 'type' && type !== 'Device' && type !== 'DocumentReference')
      ? [concept]
      : concept;
  // What names it in plain text stands before the code and would hide it.
  if (type === 'DocumentReference') Object.assign(plain, { description: undefined, content: [] });
  if (type === 'RelatedPerson') Object.assign(plain, { name: undefined });
  if (type === 'CareTeam') Object.assign(at, { member: undefined });
  return read(plain as Resource);
}

/** All the words a line may be made of. */
function wordsOf(entry: Entry): string {
  const { origin: _origin, code: _code, ...rest } = entry;
  return JSON.stringify(rest);
}
