import { describe, expect, it } from 'vitest';
import {
  codeIn,
  DATA_ABSENT,
  DMD,
  hasCode,
  LOINC,
  normaliseWords,
  readCode,
  readCoded,
  readConcepts,
  SNOMED,
} from '../../../src/record/fhir/coding.ts';

const asthma = { system: SNOMED, code: '195967001', display: 'Asthma' };

describe('a coded concept', () => {
  it('is nothing when there is nothing to show', () => {
    for (const value of [undefined, null, 7, {}, { coding: [] }, { text: '  ' }, { coding: [{ system: SNOMED }] }]) {
      expect(readCoded(value)).toBeUndefined();
    }
  });

  it('shows its own text before a display, and a display before a code', () => {
    expect(readCoded({ text: 'Brittle asthma', coding: [asthma] })?.text).toBe('Brittle asthma');
    expect(readCoded({ coding: [{ system: SNOMED, code: '195967001' }, asthma] })?.text).toBe('Asthma');
    expect(readCoded({ coding: [{ system: SNOMED, code: '195967001' }] })?.text).toBe(`195967001 (${SNOMED})`);
    expect(readCoded({ coding: [{ code: 'H33' }] })?.text).toBe('H33 (code system not given)');
  });

  it('is shown without the tag of a fully specified name, which its coding keeps', () => {
    const display = 'Essential hypertension (disorder)';
    const coded = readCoded({ coding: [{ system: SNOMED, code: '59621000', display }] });
    expect(coded).toMatchObject({ text: 'Essential hypertension', codings: [{ display }] });
  });

  it.each([
    ['its own text', { text: 'Fall (event)', coding: [{ system: SNOMED, code: '1', display: 'Fall (event)' }] }],
    ['another code system', { coding: [{ system: 'http://read.info/readv2', code: '1', display: 'Fall (event)' }] }],
  ])('keeps in brackets what stands in %s', (_what, concept) => {
    expect(readCoded(concept)?.text).toBe('Fall (event)');
  });

  it('keeps brackets that are no tag', () => {
    const coding = [{ system: SNOMED, code: '1', display: 'Fracture of femur (left)' }];
    expect(readCoded({ coding })?.text).toBe('Fracture of femur (left)');
  });

  it('shows the coding the user selected, and keeps the others for comparing', () => {
    const coded = readCoded({
      coding: [
        asthma,
        { system: 'http://read.info/readv2', code: 'H33..', display: 'Asthma attack', userSelected: true },
      ],
    });
    expect(coded?.text).toBe('Asthma attack');
    expect(hasCode(coded, SNOMED, ['195967001'])).toBe(true);
  });

  it.each([
    ['Asthma', 'Family history of asthma'],
    ['No asthma', 'Asthma'],
    ['Suspected lung cancer', 'Lung cancer'],
    ['?lung cancer', 'Lung cancer'],
    ['Fracture of right hip', 'Fracture of left hip'],
    ['Fracture of hip', 'Fracture of left hip'],
    ['Ramipril 2.5 mg', 'Ramipril 5.2 mg'],
    ['Ramipril 10 mg', 'Ramipril 100 mg'],
    ['History of stroke', 'Stroke'],
  ])('says that text and display disagree: %s / %s', (text, display) => {
    expect(readCoded({ text, coding: [{ ...asthma, display }] })?.disagrees).toBe(true);
  });

  it.each([
    ['Type 2 diabetes', 'Diabetes mellitus type 2'],
    ['ASTHMA', 'Asthma (disorder)'],
    ['Bisoprolol 2.5mg tab', 'Bisoprolol fumarate 2.5 mg tablets'],
    ['Ramipril', 'Ramipril 5mg capsules'],
    ['Diabetes mellitus, type 2.', 'type 2 diabetes mellitus'],
  ])('takes text and display to agree when one only says more: %s / %s', (text, display) => {
    expect(readCoded({ text, coding: [{ ...asthma, display }] })?.disagrees).toBeUndefined();
  });

  it('agrees when any of its displays does', () => {
    const coded = readCoded({ text: 'Asthma', coding: [{ code: 'x', display: 'Wheeze' }, asthma] });
    expect(coded?.disagrees).toBeUndefined();
  });
});

describe('two codings of one concept', () => {
  const read = (chosen: string, other: string, text?: string) =>
    readCoded({
      ...(text !== undefined && { text }),
      coding: [
        { system: SNOMED, code: '44054006', display: other },
        { system: 'http://read.info/readv2', code: 'C10E.', display: chosen, userSelected: true },
      ],
    });

  it.each([
    ['Type 1 diabetes mellitus', 'Type 2 diabetes mellitus (disorder)'],
    ['Type I diabetes mellitus', 'Diabetes mellitus type 2'],
    ['Chronic kidney disease stage 4', 'CKD stage 3a'],
    ['Fracture of left hip', 'Fracture of right hip'],
    ['Atenolol 100mg tablets', 'Atenolol 50mg tablets'],
    ['Ramipril 2.5 mg', 'Ramipril 25 mg'],
    ['Blood group A', 'Blood group B'],
    ['Blood group A', 'Blood group AB'],
    ['Paracetamol 5 mg', 'Paracetamol 50 mg'],
    ['Group O RhD negative', 'Blood group O, Rh positive'],
    ['Positive', 'Negative (qualifier value)'],
    ['Detected', 'Not detected (qualifier value)'],
  ])('contradict each other, and it is said: %s / %s', (chosen, other) => {
    expect(read(chosen, other)).toMatchObject({ text: chosen, disagrees: true });
    expect(read(other, chosen)?.disagrees).toBe(true);
    expect(read(chosen, other, chosen)?.disagrees).toBe(true);
  });

  it.each([
    ['Type II diabetes mellitus', 'Type 2 diabetes mellitus'],
    ['Type 2 diabetes mellitus', 'Diabetes mellitus'],
    ['CKD stage 3', 'Chronic kidney disease stage 3A'],
    ['H/O: asthma', 'History of asthma (situation)'],
    ['COVID-19 vaccination', 'SARS-CoV-2 vaccination'],
    ['Co-codamol 8mg/500mg tablets', 'Paracetamol 500mg / Codeine 8mg tablets'],
    ['Ramipril 2.5mg capsules', 'Ramipril 2.50 mg capsule'],
    ['Levothyroxine 0.1mg tablets', 'Levothyroxine 100micrograms tablets'],
    ['Left bundle branch block', 'Bundle branch block'],
    ['Blood group AB', 'AB blood group'],
    ['Detected', 'Positive'],
    ['ER positive, HER2 negative', 'Oestrogen receptor positive'],
    ['Not detected', 'Undetected'],
  ])('only use other words: %s / %s', (chosen, other) => {
    expect(read(chosen, other)?.disagrees).toBeUndefined();
    expect(read(other, chosen)?.disagrees).toBeUndefined();
  });
});

describe('a concept in any shape', () => {
  it('is read from words alone, from a coding, and from a coding that stands where a list should', () => {
    expect(readCoded(' Asthma ')).toStrictEqual({ text: 'Asthma', codings: [] });
    expect(readCoded(' ')).toBeUndefined();
    expect(readCoded(asthma)).toStrictEqual({ text: 'Asthma', codings: [asthma] });
    expect(readCoded({ coding: asthma })).toStrictEqual({ text: 'Asthma', codings: [asthma] });
    expect(readCoded({ text: 'Asthma' })).toStrictEqual({ text: 'Asthma', codings: [] });
  });

  it('holds of each coding what was given, without what hides in it, and leaves out those that say nothing', () => {
    const coding = [{ system: ' x ', code: 'a\u202e' }, { display: 'Wheeze' }, { system: 'y' }, 'z', { code: ' ' }];
    expect(readCoded({ coding })?.codings).toStrictEqual([{ system: 'x', code: 'a' }, { display: 'Wheeze' }]);
    expect(readCoded({ coding })?.text).toBe('Wheeze');
  });

  it('keeps its codings in the order in which they came, but for the one a person chose', () => {
    const codes = (...chosen: readonly unknown[]): readonly unknown[] | undefined =>
      readCoded({ coding: chosen.map((userSelected, index) => ({ code: String(index), userSelected })) })?.codings.map(
        ({ code }) => code,
      );
    expect(codes(false, undefined, 'true')).toEqual(['0', '1', '2']);
    expect(codes(false, true, true)).toEqual(['1', '2', '0']);
    expect(codes(true, false)).toEqual(['0', '1']);
  });

  it.each(DATA_ABSENT)('is a reason in a word where %s says why there is none', (system) => {
    expect(readCoded({ coding: [{ system, code: 'masked' }] })?.text).toBe('masked');
  });

  it('is none where only a display is empty beside its text', () => {
    expect(readCoded({ text: 'Asthma', coding: [{ code: 'x' }] })).toStrictEqual({
      text: 'Asthma',
      codings: [{ code: 'x' }],
    });
  });

  it('keeps a display that is nothing but a tag', () => {
    expect(readCoded({ coding: [{ system: SNOMED, code: '1', display: '(disorder)' }] })?.text).toBe('(disorder)');
  });

  it('is one of a list, each that can be read', () => {
    expect(readConcepts([{ text: 'a' }, {}, 'b', { text: 'c' }]).map(({ text }) => text)).toEqual(['a', 'c']);
    expect(readConcepts(undefined)).toEqual([]);
  });

  it('has a code only in the system that is asked for', () => {
    const coded = readCoded({ coding: [{ system: LOINC, code: '1' }, { system: SNOMED, code: '2' }, { code: '3' }] });
    expect(codeIn(coded, SNOMED)).toBe('2');
    expect(codeIn(coded, DMD)).toBeUndefined();
    expect(codeIn(undefined, SNOMED)).toBeUndefined();
    expect(hasCode(coded, SNOMED, ['1', '3'])).toBe(false);
    expect(hasCode(coded, SNOMED, ['1', '2'])).toBe(true);
    expect(hasCode(undefined, SNOMED, ['1'])).toBe(false);
    expect(hasCode(readCoded({ coding: [{ system: SNOMED, display: 'x' }] }), SNOMED, ['1'])).toBe(false);
  });

  it('knows the systems by their published names', () => {
    expect([SNOMED, DMD, LOINC, ...DATA_ABSENT]).toEqual([
      'http://snomed.info/sct',
      'https://dmd.nhs.uk',
      'http://loinc.org',
      'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      'http://hl7.org/fhir/data-absent-reason',
    ]);
  });
});

describe('text beside display', () => {
  const disagrees = (text: string, display: string): boolean =>
    readCoded({ text, coding: [{ code: 'x', display }] })?.disagrees ?? false;

  it.each(
    (
      'no not non nil never without absent absence denies denied negative excluded ruled unlikely suspected possible ' +
      'probable query ? family fh mother father history h/o past previous resolved risk screening carrier contact ' +
      'exposure vaccination declined refused left right bilateral'
    ).split(' '),
  )('is turned, doubted or moved by the one word "%s", whichever of the two has it', (word) => {
    expect(disagrees(`${word} asthma`, 'asthma')).toBe(true);
    expect(disagrees('asthma', `${word} asthma`)).toBe(true);
    expect(disagrees(`${word} asthma`, `asthma ${word}`)).toBe(false);
  });

  it.each([
    ['Asthma', 'Asthma'],
    ['Nonspecific asthma', 'asthma'],
    ['Albino rabbit allergy', 'rabbit allergy'],
    ['Unfamiliar asthma', 'asthma'],
    ['Tab', 'tablets'],
    ['tabs', 'tablet'],
    ['2 cap', '2 capsules'],
    ['caps', 'capsule'],
    ['1,5 mg', 'mg 1,5'],
    ['1.2.3', '1.2.3 a'],
    ['+', ' + '],
    ['％', '%'],
    ['gas', 'gas'],
  ])('says the same in other fullness: %s / %s', (text, display) => {
    expect(disagrees(text, display)).toBe(false);
  });

  it.each([
    ['+', '-'],
    ['+', 'asthma'],
    ['Digoxin 0.25 mg tablet', 'Digoxin 0.2 mg 5 tablets'],
    ['gas', 'ga'],
    ['Asthma attack', 'Asthma clinic'],
    ['1.5 mg', '15 mg'],
    ['Bypass', 'bypas grafts x'],
  ])('says another thing: %s / %s', (text, display) => {
    expect(disagrees(text, display)).toBe(true);
  });
});

describe('a semantic tag', () => {
  it.each([
    'disorder',
    'finding',
    'procedure',
    'situation',
    'substance',
    'product',
    'medicinal product',
    'clinical drug',
    'observable entity',
    'event',
    'regime/therapy',
    'morphologic abnormality',
    'organism',
    'person',
    'qualifier value',
    'record artifact',
    'physical object',
    'body structure',
    'specimen',
    'assessment scale',
    'staging scale',
    'tumor staging',
    'cell structure',
    'ethnic group',
    'racial group',
    'occupation',
    'environment',
    'social concept',
  ])('is left out at the end of a name and nowhere else: %s', (tag) => {
    const shown = (display: string): string | undefined =>
      readCoded({ coding: [{ system: SNOMED, code: '1', display }] })?.text;
    expect(shown(`Asthma (${tag})`)).toBe('Asthma');
    expect(shown(`Asthma   (${tag})`)).toBe('Asthma');
    expect(shown(`Asthma (${tag}) severe`)).toBe(`Asthma (${tag}) severe`);
  });
});

describe('a status code', () => {
  it('is that of HL7 where others stand beside it, else the first', () => {
    const own = { system: 'https://a.example/status', code: 'live' };
    for (const system of [
      'http://terminology.hl7.org/CodeSystem/condition-clinical',
      'http://hl7.org/fhir/condition-clinical',
      'https://hl7.org/fhir/x',
      'HTTP://TERMINOLOGY.HL7.ORG/codesystem/x',
    ])
      expect(readCode({ coding: [own, { system, code: 'active' }] }), system).toBe('active');
    for (const system of [
      'x http://hl7.org/fhir/x',
      'http://hl7.org/other/x',
      'http://hl7.example/fhir/',
      7,
      undefined,
    ])
      expect(readCode({ coding: [own, { system, code: 'active' }] })).toBe('live');
    expect(readCode({ coding: [{ system: 'http://hl7.org/fhir/x', code: 'active' }] })).toBe('active');
    expect(readCode({ coding: { code: 'active' } })).toBe('active');
  });

  it('is read from a code, a concept or a coding, in lower case', () => {
    expect(readCode('Active ')).toBe('active');
    expect(readCode({ coding: [{ code: 'ACTIVE' }] })).toBe('active');
    expect(readCode({ code: 'active' })).toBe('active');
  });

  it('is nothing in any other shape', () => {
    for (const value of [undefined, 1, [], {}, { coding: [] }, { text: 'active' }, ''])
      expect(readCode(value)).toBeUndefined();
  });
});

describe('words for comparing', () => {
  it('lose case, space, edges and the semantic tag, and nothing that carries meaning', () => {
    expect(normaliseWords('  Asthma\u00a0 attack (disorder) ')).toBe('asthma attack');
    expect(normaliseWords('Blood group O Rh -')).toBe('blood group o rh -');
    expect(normaliseWords('- Asthma.')).toBe('asthma');
    expect(normaliseWords('-5 dioptres')).toBe('-5 dioptres');
    expect(normaliseWords('.5 mg.')).toBe('.5 mg');
    expect(normaliseWords('.,;:\'"- a - b .,;:\'"')).toBe('a - b');
    expect(normaliseWords('-- 5')).toBe('5');
    expect(normaliseWords('ﬁve\t\n mg')).toBe('five mg');
    expect(normaliseWords('5 (disorder) mg')).toBe('5 (disorder) mg');
  });
});
