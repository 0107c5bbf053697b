import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { conflictKinds, conflictsOf } from '../../support/record.ts';

const flag = (text: string, change: object = {}): Resource => ({
  resourceType: 'Flag',
  id: '1',
  status: 'active',
  code: { text },
  period: { start: '2026-02-01' },
  ...change,
});
const FOR = 'For attempted CPR';
const NOT = 'Not for attempted CPR';
const NONE = 'No DNACPR in place';
const KIND = 'resuscitation-decisions-differ';
const refused = (code: string, date = '2026-03-01'): Resource => ({
  resourceType: 'Consent',
  id: '9',
  status: 'rejected',
  scope: { coding: [{ code: 'adr' }] },
  category: [{ text: code }],
  dateTime: date,
});

describe('two decisions on resuscitation', () => {
  it('that say the same, or of which one is over, withdrawn or refused, are no disagreement', () => {
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [flag(NOT, { period: { start: '2025-01-01' } })] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [flag(FOR)] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [flag(NOT, { status: 'inactive' })] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [flag(NOT, { status: 'entered-in-error' })] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [refused(NOT)] })).toEqual([]);
  });

  it('are a disagreement where both may stand, at two places or at one', () => {
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [flag(NOT, { status: undefined })] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [flag(FOR), flag(NOT, { id: '2' })] })).toEqual([KIND]);
  });

  it('are one disagreement with every side, for there is one person to ask about', () => {
    const found = conflictsOf({ gp: [flag(FOR)], hospital: [flag(NOT)], care: [flag(NONE)] });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: KIND, section: 'end-of-life-care' });
    expect([...(found[0]?.sides ?? [])].sort()).toEqual(['care/Flag/1', 'gp/Flag/1', 'hospital/Flag/1']);
  });
});

describe('a decision here and a word there that there is none', () => {
  it('is a disagreement, whichever was said last', () => {
    expect(conflictKinds({ gp: [flag(NONE)], hospital: [flag(NOT)] })).toEqual([KIND]);
    const older = flag(NONE, { period: { start: '2020-01-01' } });
    expect(conflictKinds({ gp: [older], hospital: [flag(NOT)] })).toEqual([KIND]);
  });

  it('is one too for a decision to attempt it', () => {
    const takenBack = flag('For attempted CPR: withdrawn');
    expect(conflictKinds({ gp: [takenBack], hospital: [flag(FOR)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [takenBack], hospital: [flag(NOT)] })).toEqual([]);
  });

  it('is one where such a decision was refused', () => {
    expect(conflictKinds({ gp: [refused(NOT)], hospital: [flag(NOT)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [refused(FOR)], hospital: [flag(FOR)] })).toEqual([KIND]);
  });

  it('is none where nobody decided, or the word is over', () => {
    expect(conflictKinds({ gp: [flag(NONE)], hospital: [flag('Resuscitation status')] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(NONE, { status: 'inactive' })], hospital: [flag(NOT)] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(NONE)], hospital: [flag(FOR)] })).toEqual([]);
  });

  it('is the history of one source where that source said it before it decided, and none where it may not be', () => {
    const before = (change: object): Resource => flag(NONE, { id: '2', ...change });
    expect(conflictKinds({ gp: [before({ period: { start: '2025-01-01' } }), flag(NOT)] })).toEqual([]);
    expect(conflictKinds({ gp: [before({ period: { start: '2026-02-01' } }), flag(NOT)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [before({ period: { start: '2026-03-01' } }), flag(NOT)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [before({ period: undefined }), flag(NOT)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [before({}), flag(NOT, { period: undefined })] })).toEqual([KIND]);
  });

  it('is a disagreement where one of several who decided, or who deny it, has another history', () => {
    const before = flag(NONE, { id: '2', period: { start: '2025-01-01' } });
    expect(conflictKinds({ gp: [before, flag(NOT)], hospital: [flag(NOT)] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [before, flag(NOT)], hospital: [before] })).toEqual([KIND]);
  });
});

describe('a decision here and a question there that is answered with no', () => {
  const asked = (text: string, answer: object): Resource => ({
    resourceType: 'Observation',
    id: '2',
    status: 'final',
    code: { text },
    effectiveDateTime: '2026-03-01',
    ...answer,
  });
  const form = (value: object, change: object = {}): Resource => ({
    resourceType: 'QuestionnaireResponse',
    id: '3',
    status: 'completed',
    questionnaire: 'https://forms.example/Questionnaire/EOLPlan',
    authored: '2026-03-01',
    item: [{ text: 'Is there a DNACPR in place?', answer: [value] }],
    ...change,
  });

  it('is no disagreement where nobody knows, nobody answered, or something else was asked', () => {
    for (const answer of [{ valueString: 'Not known' }, { valueString: 'No?' }, {}]) {
      expect(conflictKinds({ gp: [flag(NOT)], hospital: [asked('DNACPR in place?', answer)] })).toEqual([]);
    }
    expect(
      conflictKinds({ gp: [flag(NOT)], hospital: [asked('DNACPR discussed with family?', { valueBoolean: false })] }),
    ).toEqual([]);
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [form({ valueString: 'Not known' })] })).toEqual([]);
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [form({ valueBoolean: true })] })).toEqual([]);
    const both = [
      { text: 'DNACPR?', answer: [{ valueBoolean: false }] },
      { text: 'For CPR?', answer: [{ valueBoolean: false }] },
    ];
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [form({}, { item: both })] })).toEqual([]);
  });

  it('is a disagreement, in an observation and in a form', () => {
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [asked('DNACPR in place?', { valueBoolean: false })] })).toEqual([
      KIND,
    ]);
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [form({ valueBoolean: false })] })).toEqual([KIND]);
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [flag('DNACPR decision: none')] })).toEqual([KIND]);
  });

  it('is one too where it is to be attempted here, and a question there is answered with yes', () => {
    expect(conflictKinds({ gp: [flag(FOR)], hospital: [asked('DNACPR in place?', { valueBoolean: true })] })).toEqual([
      KIND,
    ]);
  });

  it('is none once the form was withdrawn', () => {
    const withdrawn = form({ valueBoolean: false }, { status: 'entered-in-error' });
    expect(conflictKinds({ gp: [flag(NOT)], hospital: [withdrawn] })).toEqual([]);
  });
});
