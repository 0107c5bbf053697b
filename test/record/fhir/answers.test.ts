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

describe('an answer', () => {
  const of = (answer: unknown) => readAnswers(response([{ linkId: 'q', answer: [answer] }])).map((line) => line.value);

  it('that holds nothing makes no line, nor does one to no question', () => {
    expect(of({})).toEqual([]);
    expect(readAnswers(response([{ answer: [{ valueString: 'x' }] }]))).toEqual([]);
  });

  it.each([
    [{ valueBoolean: false }, 'No'],
    [{ valueString: 'Twice a day' }, 'Twice a day'],
    [{ valueTime: '09:30:00' }, '09:30:00'],
    [{ valueUri: 'urn:oid:1.2' }, 'urn:oid:1.2'],
    [{ valueReference: { display: 'Dr Ada Okoro' } }, 'Dr Ada Okoro'],
    [{ valueAttachment: { title: 'Photograph' } }, 'Photograph'],
  ])('is read from %j', (answer, value) => {
    expect(of(answer)).toEqual([value]);
  });

  it('that is a day or a moment keeps it as a date, and another has none', () => {
    const lines = readAnswers(
      response([{ linkId: 'q', answer: [{ valueDateTime: '2026-03-01T10:00:00Z' }, { valueString: 'x' }] }]),
    );
    expect(lines).toEqual([
      { label: 'q', value: '2026-03-01T10:00:00Z', date: '2026-03-01T10:00:00Z' },
      { label: 'q', value: 'x' },
    ]);
  });

  it.each([['extension'], ['_valueString']])('that the source keeps back says why: %s', (where) => {
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];
    const kept = where === 'extension' ? { extension } : { [where]: { extension } };
    expect(of(kept)).toEqual(['kept back by the source']);
  });

  it('that is kept back whole says so under its question', () => {
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];
    const asked = (change: object) => readAnswers(response([{ linkId: 'q', text: 'Safe at home?', ...change }]));
    expect(asked({ extension })).toEqual([{ label: 'Safe at home?', value: 'kept back by the source' }]);
    expect(asked({ extension, answer: [{ valueString: 'Yes' }] })).toEqual([{ label: 'Safe at home?', value: 'Yes' }]);
    expect(asked({ extension: [{ url: 'https://x.example/hidden', valueBoolean: true }] })).toEqual([]);
  });

  it('stands under the nearest heading that has words', () => {
    const asked = { linkId: 'c', text: 'Cough', answer: [{ valueBoolean: true }] };
    expect(readAnswers(response([{ text: 'Chest', item: [{ item: [asked] }] }]))).toMatchObject([{ group: 'Chest' }]);
    const inner = [{ linkId: 'b', text: 'Breathing', item: [asked] }];
    expect(readAnswers(response([{ text: 'Chest', item: inner }]))).toMatchObject([{ group: 'Breathing' }]);
  });

  it('is read twelve levels down and no further, under items as under answers', () => {
    const nested = (levels: number, wrap: (item: unknown) => object) => {
      let item: unknown = { linkId: 'deep', answer: [{ valueString: 'x' }] };
      for (let level = 0; level < levels; level++) item = { linkId: 'level', ...wrap(item) };
      return readAnswers(response(item)).length;
    };
    for (const wrap of [(item: unknown) => ({ item }), (item: unknown) => ({ answer: [{ item }] })]) {
      expect(nested(12, wrap)).toBe(1);
      expect(nested(13, wrap)).toBe(0);
    }
  });
});

describe('the title of a form', () => {
  const url = 'https://forms.example/Questionnaire/fit-note';
  const titleAmong = (questionnaire: string, found: Readonly<Record<string, Record<string, unknown>>>) =>
    readQuestionnaireTitle(
      { resourceType: 'QuestionnaireResponse', questionnaire },
      {
        ...NOTHING,
        resolve: (reference) => {
          const held = found[String(reference?.['reference'])];
          return held && { resourceType: 'Questionnaire', ...held };
        },
      },
    );

  it('is not that of a questionnaire published elsewhere under the same id', () => {
    const found = { 'Questionnaire/fit-note': { url: 'https://other.example/Questionnaire/fit-note', title: 'Other' } };
    expect(titleAmong(`${url}|2`, found)).toBe('fit-note');
  });

  it('is not looked for where the form names no questionnaire', () => {
    const everything = { ...NOTHING, resolve: () => ({ resourceType: 'Questionnaire', title: 'Any' }) };
    expect(readQuestionnaireTitle({ resourceType: 'QuestionnaireResponse' }, everything)).toBeUndefined();
  });

  it.each([
    [`${url}|2`, { 'Questionnaire/fit-note': { url, title: 'Fit note', name: 'FitNote' } }, 'Fit note'],
    [url, { 'Questionnaire/fit-note': { title: 'Fit note' } }, 'Fit note'],
    [url, { 'Questionnaire/fit-note': { name: 'FitNote' } }, 'FitNote'],
    ['#form', { '#form': { title: 'Fit note' } }, 'Fit note'],
    [`${url}/more`, { 'Questionnaire/fit-note': { title: 'Fit note' } }, 'more'],
  ])('is that of the questionnaire that came with it: %s', (questionnaire, found, title) => {
    expect(titleAmong(questionnaire, found)).toBe(title);
  });

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
