import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { assessments, type AssessmentEntry } from '../../../src/record/sections/assessments.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { splitByWindow } from '../../../src/record/split-by-window.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

const read = (resource: Resource): AssessmentEntry => entryFrom<AssessmentEntry>(resource);

function score(change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    category: [{ coding: [{ code: 'survey' }] }],
    code: { text: 'Rockwood Clinical Frailty Scale' },
    effectiveDateTime: '2026-10-01',
    valueInteger: 6,
    ...change,
  };
}

describe('what is no assessment', () => {
  it.each([
    ['an early warning score', { code: { text: 'NEWS2 total score' } }, 'examination-findings'],
    ['a coma scale', { code: { text: 'Glasgow coma scale score' } }, 'examination-findings'],
    [
      'a vital sign',
      { category: [{ coding: [{ code: 'vital-signs' }] }], code: { text: 'Frailty' } },
      'examination-findings',
    ],
    [
      'a laboratory index',
      { category: [{ coding: [{ code: 'laboratory' }] }], code: { text: 'Fibrosis score' } },
      'investigation-results',
    ],
    [
      'smoking',
      { category: [{ coding: [{ code: 'social-history' }] }], code: { text: 'Smoking status' } },
      'social-context',
    ],
  ])('%s', (_what, change, section) => {
    expect(entryFrom(score(change)).section).toBe(section);
  });

  it('is a risk that somebody must act on', () => {
    const risk = { resourceType: 'RiskAssessment', id: '1', status: 'final', code: { text: 'Falls risk' } };
    expect(entryFrom(risk).section).not.toBe('assessments');
  });
});

describe('a score', () => {
  it('that has no number says so', () => {
    expect(read(score({ valueInteger: undefined })).cautions).toEqual(['value-missing']);
    expect(read(score({ valueInteger: undefined, dataAbsentReason: { text: 'Refused' } })).cautions).toEqual([
      'value-missing',
    ]);
  });

  it('that was entered in error is withdrawn, and one that was cancelled is not so', () => {
    expect(read(score({ status: 'entered-in-error' })).state).toBe('in-error');
    expect(read(score({ status: 'cancelled' }))).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it('of frailty or function is an assessment, whatever its category', () => {
    expect(read(score({ category: undefined }))).toMatchObject({ section: 'assessments', kind: 'score', value: '6' });
    expect(read(score({ category: undefined, code: { text: 'Barthel index' } })).section).toBe('assessments');
    expect(
      read(score({ category: undefined, code: { text: 'Moderate frailty' }, valueInteger: undefined })).cautions,
    ).toEqual([]);
  });

  it('is one with a copy only where time and value are equal', () => {
    const key = (change: object): string => assessments.factKey(read(score(change)));
    expect(key({ id: '2' })).toBe(key({}));
    expect(key({ valueInteger: 5 })).not.toBe(key({}));
    expect(key({ effectiveDateTime: '2026-10-02' })).not.toBe(key({}));
  });
});

describe('the latest of each type', () => {
  const shown = (...resources: readonly Resource[]): readonly string[] => {
    const facts = entriesFrom('gp', ...resources).map((entry) => ({
      key: entry.id,
      section: entry.section,
      entries: [entry],
    }));
    return splitByWindow({ id: 'assessments', section: assessments, facts: facts as never }, '2026-11-22').inside.map(
      ({ entries: [entry] }) => entry.origin.resource.split('/')[1] ?? '',
    );
  };

  it('is not one without a value, one that is doubtful or one whose date has not come', () => {
    const old = score({ id: 'old', effectiveDateTime: '2025-01-01' });
    expect(shown(old, score({ id: 'empty', valueInteger: undefined }))).toEqual(['old', 'empty']);
    expect(shown(old, score({ id: 'draft', status: 'preliminary' }))).toEqual(['old', 'draft']);
  });

  it('displaces the earlier ones of its type and no other', () => {
    const barthel = score({ id: 'barthel', code: { text: 'Barthel index' }, effectiveDateTime: '2020-01-01' });
    expect(shown(score({ id: 'new' }), score({ id: 'old', effectiveDateTime: '2025-01-01' }), barthel)).toEqual([
      'new',
      'barthel',
    ]);
  });

  it('leaves beside it what has no date, or a date too vague to be older', () => {
    const vague = score({ id: 'vague', effectiveDateTime: '2026' });
    const undated = score({ id: 'undated', effectiveDateTime: undefined });
    expect(shown(score({ id: 'new' }), vague, undated)).toEqual(['new', 'vague', 'undated']);
  });
});

describe('a form that was filled in', () => {
  const response = {
    resourceType: 'QuestionnaireResponse',
    id: 'q1',
    status: 'completed',
    authored: '2026-10-01',
    questionnaire: 'https://x.example/Questionnaire/Waterlow|2',
  };

  it('that says nothing is unread', () => {
    expect(readResources([{ ...response, questionnaire: undefined }], 'gp' as SourceId).unread[0]?.element).toBe(
      'QuestionnaireResponse.questionnaire',
    );
  });

  it('shows its answers under their questions and never an unanswered one', () => {
    const item = [
      {
        linkId: '1',
        text: 'Skin',
        item: [
          { linkId: '1.1', text: 'Type', answer: [{ valueString: 'Dry' }] },
          { linkId: '1.2', text: 'Broken' },
        ],
      },
    ];
    expect(read({ ...response, item })).toMatchObject({
      kind: 'questionnaire',
      title: 'Waterlow',
      date: '2026-10-01',
      answers: [{ group: 'Skin', label: 'Type', value: 'Dry' }],
    });
  });

  it('is titled by the questionnaire that came with it', () => {
    const questionnaire = { resourceType: 'Questionnaire', id: 'Waterlow', title: 'Waterlow pressure ulcer risk' };
    const [entry] = readResources([questionnaire, response], 'gp' as SourceId).entries;
    expect(entry?.title).toBe('Waterlow pressure ulcer risk');
  });

  it('that was broken off is preliminary and past', () => {
    expect(read({ ...response, status: 'stopped' })).toMatchObject({ state: 'past', cautions: ['preliminary'] });
  });
});

describe('a clinical impression', () => {
  const impression = (change: object): Resource => ({
    resourceType: 'ClinicalImpression',
    id: '1',
    status: 'completed',
    ...change,
  });

  it('that says nothing is unread', () => {
    expect(readResources([impression({})], 'gp' as SourceId).unread).toMatchObject([
      { element: 'ClinicalImpression.description' },
    ]);
  });

  it('is dated by when it was made, and says so when only its recording is dated', () => {
    expect(read(impression({ summary: 'Low mood', date: '2026-10-02' }))).toMatchObject({
      date: '2026-10-02',
      dateIs: 'recorded',
    });
  });

  it('shows its type, its summary and what was found', () => {
    expect(
      read(
        impression({
          code: { text: 'Memory assessment' },
          summary: 'Mild cognitive impairment',
          effectiveDateTime: '2026-10-01',
          finding: [{ itemCodeableConcept: { text: 'Short-term memory impaired' }, basis: 'MoCA 21/30' }],
        }),
      ),
    ).toMatchObject({
      title: 'Memory assessment',
      kind: 'impression',
      summary: 'Mild cognitive impairment',
      findings: ['Short-term memory impaired (MoCA 21/30)'],
      date: '2026-10-01',
    });
  });
});

describe('a calculated prognosis', () => {
  it('shows outcome and chance as recorded and calculates nothing', () => {
    const prediction = [{ outcome: { text: 'Heart attack or stroke in 10 years' }, probabilityDecimal: '14.0' }];
    expect(
      read({
        resourceType: 'RiskAssessment',
        id: '1',
        status: 'final',
        method: { text: 'QRISK3' },
        prediction,
        occurrenceDateTime: '2026-03-01',
      }),
    ).toMatchObject({ kind: 'prognosis', title: 'QRISK3', findings: ['Heart attack or stroke in 10 years: 14.0%'] });
  });
});
