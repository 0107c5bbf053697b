import { describe, expect, it } from 'vitest';
import { SNOMED, type Coded } from '../../../src/record/fhir/coding.ts';
import { agentNames } from '../../../src/record/sections/same-allergy.ts';

function coded(text: string, code: string, display?: string): Coded {
  return { text, codings: [{ system: SNOMED, code, ...(display !== undefined && { display }) }] };
}

const namesOf = (title: string, code?: Coded): readonly string[] => agentNames(code, title).map(({ name }) => name);

describe('the names of an allergy', () => {
  it.each([
    ['penicillin', 'Penicillin', '91936005', ['764146007', '373270004'], ['Penicillins']],
    ['amoxicillin', 'Amoxicillin', '294505008', ['372687004'], ['Amoxycillin']],
    ['aspirin', 'Aspirin', '293586001', ['387458008'], []],
    ['paracetamol', 'Paracetamol', '293584003', ['387517004'], []],
    ['erythromycin', 'Erythromycin', '91931000', ['372694001'], []],
    ['peanut', 'Peanut', '91935009', ['762952008', '256349002'], ['Peanuts']],
    ['latex', 'Latex', '300916003', ['111088007'], []],
    ['egg', 'Egg', '91930004', ['102263004'], ['Eggs']],
  ])('are one for the finding, the substance and the words: %s', (_, agent, finding, substances, others) => {
    const [name] = namesOf(agent);
    expect(name).toBe(`code:${finding}`);
    for (const code of [finding, ...substances]) expect(namesOf('Rash', coded('Rash', code))[0]).toBe(name);
    for (const other of others) expect(namesOf(other)[0]).toBe(name);
  });

  it.each([
    'Penicillin',
    'Allergy to penicillin',
    'Allergic to penicillin',
    'Penicillin allergy',
    'Allergy to penicillin product',
    'Penicillin-containing product',
    'Penicillin containing product',
    'Penicillin substance',
    'Allergy to penicillin (finding)',
  ])('are those of the agent alone: %s', (title) => {
    expect(namesOf(title)).toEqual(['code:91936005', 'words:penicillin']);
  });

  it.each([
    ['Not allergic to penicillin', 'words:not allergic to penicillin'],
    ['Penicillin allergy label', 'words:penicillin allergy label'],
    ['Penicillin product label', 'words:penicillin product label'],
    ['Adverse reaction to penicillin', 'words:adverse reaction to penicillin'],
    ['Penicillin V', 'words:penicillin v'],
  ])('keep the words that say something else: %s', (title, name) => {
    expect(namesOf(title)).toEqual([name]);
  });

  it('keep a code that is in no row', () => {
    expect(namesOf('Nickel', coded('Nickel', '1'))).toEqual(['code:1', 'words:nickel']);
  });

  it('hold what the code is called', () => {
    expect(namesOf('Penicillin', coded('Penicillin', '91936005', 'Allergy to penicillin V'))).toEqual([
      'code:91936005',
      'words:penicillin',
      'words:penicillin v',
    ]);
  });

  it('are those of an agent', () => {
    expect(agentNames(undefined, 'Nickel')).toEqual([{ reason: 'agent', name: 'words:nickel' }]);
  });
});
