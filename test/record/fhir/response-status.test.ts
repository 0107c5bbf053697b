import { expect, it } from 'vitest';
import { MODIFIER_ELEMENTS } from '../../../src/record/fhir/modifier-elements.ts';
import { RESPONSE_CAUTIONS, RESPONSE_STATES } from '../../../src/record/fhir/response-status.ts';
import { entryFrom } from '../../support/record.ts';

const form = (status: string | undefined) => ({
  resourceType: 'QuestionnaireResponse',
  id: 'q',
  status,
  questionnaire: 'https://forms.example/Questionnaire/falls',
  item: [{ linkId: '1', text: 'Falls', answer: [{ valueInteger: 2 }] }],
});

it('every status that R4 gives a form has a standing', () => {
  const r4 = MODIFIER_ELEMENTS['QuestionnaireResponse']?.['status'] ?? [];
  expect(Object.keys(RESPONSE_STATES).sort()).toEqual([...r4].sort());
});

it.each([
  ['in-progress', 'current', ['preliminary']],
  ['completed', 'current', []],
  ['amended', 'current', ['amended']],
  ['stopped', 'past', ['preliminary']],
  ['entered-in-error', 'in-error', []],
  [undefined, 'unknown', []],
])('a form of status %s is %s, with the doubts %j', (status, state, cautions) => {
  expect(entryFrom(form(status))).toMatchObject({ state, cautions });
});

it('no other status carries a doubt', () => {
  expect(Object.keys(RESPONSE_CAUTIONS)).toEqual(['in-progress', 'stopped', 'amended']);
});
