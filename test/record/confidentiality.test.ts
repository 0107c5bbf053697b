import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import { codeOfLabel, isActCode, labelsOfAll, LADDER, levelOfLabels } from '../../src/record/confidentiality.ts';
import type { SecurityLabel } from '../../src/record/entry.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const LABELS: readonly SecurityLabel[] = [
  ...['U', 'L', 'M', 'N', 'R', 'V', 'Z'].map((code) => `${CONFIDENTIALITY}|${code}`),
  ...['HIV', 'PSY', 'SDV', 'PROCESSINLINELABEL'].map((code) => `${ACT_CODE}|${code}`),
  'https://elsewhere.example/labels|X',
];

function problem(labels: readonly SecurityLabel[]): Resource {
  const security = labels.map((label) => {
    const [system, code] = label.split('|');
    return { system, code };
  });
  return {
    resourceType: 'Condition',
    id: '1',
    ...(security.length > 0 && { meta: { security } }),
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003', display: 'Hypertension' }] },
    onsetDateTime: '2019-03-01',
  };
}

describe('the labels of a line (I7)', () => {
  it('are none where its records have none', () => {
    expect(labelsOfAll([{ labels: [] }, { labels: [] }])).toEqual([]);
    const [fact] = factsOf([[], []]);
    expect(fact).not.toHaveProperty('labels');
  });

  it('are those of every record in it, and as high as the highest, whatever comes together in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.subarray([...LABELS]), { minLength: 1, maxLength: 6 }), (sets) => {
        const facts = factsOf(sets);
        expect(facts.flatMap(({ entries }) => entries)).toHaveLength(sets.length);
        for (const { entries, labels = [] } of facts)
          for (const entry of entries) {
            expect(labels).toEqual(expect.arrayContaining([...entry.labels]));
            expect(levelOfLabels(labels)).toBeGreaterThanOrEqual(levelOfLabels(entry.labels));
          }
        expect(factsOf([...sets].reverse()).map(({ labels }) => labels)).toEqual(facts.map(({ labels }) => labels));
      }),
      { numRuns: 200 },
    );
  });

  it('join in one line of two sources, so that a normal copy does not hide a restricted one', () => {
    const facts = factsOf([[`${CONFIDENTIALITY}|N`], [`${CONFIDENTIALITY}|R`]]);
    expect(facts).toHaveLength(1);
    expect(facts[0]?.labels).toEqual([`${CONFIDENTIALITY}|N`, `${CONFIDENTIALITY}|R`]);
  });
});

function factsOf(sets: readonly (readonly SecurityLabel[])[]): readonly Fact[] {
  const entries = sets.flatMap((labels, index) => entriesFrom(`s${String(index)}`, problem(labels)));
  const sources = sets.map((_, index) => aSource(`s${String(index)}`));
  const record = buildRecord({ patient: aPatient(), sources, statuses: new Map(), entries, unread: [], nowMs: 0 });
  return record.sections.find(({ id }) => id === 'problems')?.facts ?? [];
}

const OLD = 'http://hl7.org/fhir/v3';
const CONFIDENTIALITY_OID = 'urn:oid:2.16.840.1.113883.5.25';
const ACT_OID = 'urn:oid:2.16.840.1.113883.5.4';

/** HL7 v3 information sensitivity policies: none can be lost from the rule unseen. */
const SENSITIVE =
  'ETH ETHUD OPIOIDUD ALC ALCOHOL DRGIS SUD GDIS GENETIC HIV HIVAIDS MST MH PREGNANT PSY PSYTHPN BH COGN DVD EMOTDIS SCA SDV SEX SEXL SICKLE SPI STD STIGMA TBOO VIO VIOLENCE ABUSE CHILDABUSE DV SUICIDE DIS PDS PHY LOCIS REPRO ABORT IVF';

describe('how high a label stands (I7)', () => {
  it.each(SENSITIVE.split(' '))('is restricted for the sensitivity %s, in capitals or not', (code) => {
    expect(levelOfLabels([`${ACT_CODE}|${code}`])).toBe(LADDER.R);
    expect(levelOfLabels([`${ACT_CODE}|${code.toLowerCase()}`])).toBe(LADDER.R);
  });

  it.each([CONFIDENTIALITY, CONFIDENTIALITY_OID, `${OLD}/Confidentiality`, ''])(
    'is what the code says under the address “%s”, and never below normal',
    (system) => {
      const levels = ['R', 'v', 'N', 'M', 'L', 'U'].map((code) => levelOfLabels([`${system}|${code}`]));
      expect(levels).toEqual([LADDER.R, LADDER.V, LADDER.N, LADDER.N, LADDER.N, LADDER.N]);
    },
  );

  it.each([CONFIDENTIALITY, CONFIDENTIALITY_OID, `${OLD}/Confidentiality`])(
    'is the highest for a confidentiality under %s that nobody here knows',
    (system) => {
      expect(levelOfLabels([`${system}|Z`])).toBe(LADDER.V);
      expect(levelOfLabels([`${system}|toString`])).toBe(LADDER.V);
      expect(levelOfLabels([`${system}|`])).toBe(LADDER.V);
    },
  );

  it.each([ACT_CODE, ACT_OID, `${OLD}/ActCode`])('knows the sensitivities under %s, and what is none', (system) => {
    expect(isActCode(`${system}|HIV`)).toBe(true);
    expect(levelOfLabels([`${system}|HIV`])).toBe(LADDER.R);
    expect(levelOfLabels([`${system}|PROCESSINLINELABEL`])).toBe(LADDER.N);
    expect(levelOfLabels([`${system}|`])).toBe(LADDER.N);
    // A confidentiality's code is none of a sensitivity.
    expect(levelOfLabels([`${system}|V`])).toBe(LADDER.N);
  });

  it.each([
    `${CONFIDENTIALITY}-old`,
    `${ACT_CODE}s`,
    `x-${CONFIDENTIALITY_OID}`,
    `${CONFIDENTIALITY_OID}0`,
    `x-${ACT_OID}`,
    `${ACT_OID}1`,
    'https://elsewhere.example/labels',
  ])('is normal under another system: %s', (system) => {
    expect(levelOfLabels([`${system}|V`, `${system}|HIV`])).toBe(LADDER.N);
    expect(isActCode(`${system}|HIV`)).toBe(false);
  });

  it('is normal for a word of no system that is no confidentiality', () => {
    expect(levelOfLabels(['|HIV'])).toBe(LADDER.N);
    expect(levelOfLabels(['|Z'])).toBe(LADDER.N);
    expect(levelOfLabels([])).toBe(LADDER.N);
  });

  it('reads the code behind the last line of an address, in capitals', () => {
    expect(codeOfLabel(`${ACT_CODE}|4.0|hiv`)).toBe('HIV');
    expect(codeOfLabel('|r')).toBe('R');
  });
});

describe('the labels of several records', () => {
  it('are each there once, in one order, though one of them has none', () => {
    const [r, n] = [`${CONFIDENTIALITY}|R`, `${CONFIDENTIALITY}|N`];
    expect(labelsOfAll([{ labels: [r, n] }, { labels: [] }, { labels: [r] }])).toEqual([n, r]);
  });
});
