import { describe, expect, it } from 'vitest';
import { hasCode, normaliseWords, readCode, readCoded, SNOMED } from '../../../src/record/fhir/coding.ts';

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

describe('a status code', () => {
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
  });
});
