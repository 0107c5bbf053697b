import { describe, expect, it } from 'vitest';
import { readAnswers, readQuestionnaireTitle } from '../../../src/record/fhir/answers.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { SourceId } from '../../../src/record/source.ts';

const NOTHING: ReadContext = { source: 'gp' as SourceId, resolve: () => undefined };
const response = (item: unknown) => ({ resourceType: 'QuestionnaireResponse', item });

describe('answers', () => {
  it('of an endless form end', () => {
    let item: unknown = { linkId: 'deep', answer: [{ valueString: 'x' }] };
    for (let depth = 0; depth < 5000; depth++) item = { linkId: 'level', item };
    expect(readAnswers(response(item))).toEqual([]);
  });

  it('never stand for a question that has none', () => {
    expect(
      readAnswers(
        response([
          { linkId: 'a', text: 'Pain?' },
          { linkId: 'b', text: 'Fever?', answer: [] },
        ]),
      ),
    ).toEqual([]);
  });

  it('are read whatever their type, under the linkId when the question has no words', () => {
    const answer = [
      { valueBoolean: true },
      { valueCoding: { display: 'Often' } },
      { valueDecimal: '1.50' },
      { valueDate: '2026-03' },
      { valueQuantity: { value: 2, unit: 'L' } },
    ];
    expect(readAnswers(response([{ linkId: 'q', answer }])).map((line) => [line.label, line.value])).toEqual([
      ['q', 'Yes'],
      ['q', 'Often'],
      ['q', '1.50'],
      ['q', '2026-03'],
      ['q', '2 L'],
    ]);
  });

  it('under an answer are read too', () => {
    const item = [
      {
        linkId: 'a',
        text: 'Smokes',
        answer: [{ valueBoolean: true, item: [{ linkId: 'b', text: 'How many', answer: [{ valueInteger: 5 }] }] }],
      },
    ];
    expect(readAnswers(response(item))).toMatchObject([
      { label: 'Smokes', value: 'Yes' },
      { label: 'How many', group: 'Smokes', value: '5' },
    ]);
  });
});

describe('the title of a form', () => {
  it('is not invented', () => {
    expect(readQuestionnaireTitle({ resourceType: 'QuestionnaireResponse' }, NOTHING)).toBeUndefined();
  });

  it('is the display beside its address, else the last part of the address', () => {
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: 'Fit note' }];
    expect(
      readQuestionnaireTitle(
        { resourceType: 'QuestionnaireResponse', questionnaire: 'https://x/Q/9', _questionnaire: { extension } },
        NOTHING,
      ),
    ).toBe('Fit note');
    expect(
      readQuestionnaireTitle(
        { resourceType: 'QuestionnaireResponse', questionnaire: 'https://x/Q/FitNote|2' },
        NOTHING,
      ),
    ).toBe('FitNote');
  });
});
