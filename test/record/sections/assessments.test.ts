import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { assessments, type AssessmentEntry } from '../../../src/record/sections/assessments.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { splitByWindow } from '../../../src/record/split-by-window.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, readBy } from '../../support/section.ts';

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

describe('what is an assessment', () => {
  const bare = (text: string, change: object = {}): Resource =>
    score({ category: undefined, code: { text }, ...change });

  it.each([
    ...['Needs assessment', 'Assessment scale', 'Assessment tool', 'Self assessment score', 'Assessment form'],
    ...['Frailty', 'Rockwood', 'Barthel', 'Waterlow', 'Braden', 'Norton', 'MUST score', 'Malnutrition universal tool'],
    ...['Mini-mental state', 'Mini mental state', 'MMSE', 'MoCA', 'Montreal cognitive test', 'AMT', 'AMTS'],
    ...['Abbreviated mental test', '4AT', 'PHQ-9', 'PHQ9', 'Patient health questionnaire', 'GAD-7', 'GAD7'],
    ...[
      'Generalised anxiety disorder 7',
      'Generalized anxiety disorder 7',
      'HoNOS',
      'EPDS',
      'Edinburgh postnatal scale',
    ],
    ...['Katz', 'Lawton', 'Activities of daily living', 'ADL', 'Karnofsky', 'WHO performance status', 'ECOG', 'Rankin'],
    ...[
      'Morse fall scale',
      'Tinetti',
      'Berg balance',
      'Timed up and go',
      'EQ-5D',
      'EQ5D',
      'CORE-10',
      'CORE-OM',
      'CORE10',
    ],
    ...['SDQ', 'AUDIT', 'AUDIT-C', 'AUDITC', 'DAST', 'CRAFFT', 'CAGE', 'COPD assessment test', 'MRC dyspnoea grade'],
    ...['MRC breathlessness', 'Dyspnoea scale', 'Oxford hip', 'Oxford knee', 'PRAPARE', 'Functional status'],
    ...["Carer's assessment", 'Carers assessment', 'Continuing healthcare checklist', 'Abbey pain', 'IPOS', 'Zarit'],
  ])('is told by its words: %s', (text) => {
    expect(entryFrom(bare(text)).section).toBe('assessments');
  });

  it.each([
    ...[
      'NEWS',
      'NEWS2',
      'PEWS',
      'MEWS',
      'MEOWS',
      'Early warning',
      'Glasgow coma',
      'GCS',
      'ACVPU',
      'AVPU',
      'Consciousness',
    ],
    ...['Pain score', 'Pain severity', 'Apgar', 'Oxygen', 'Breathing'],
  ])('is not what is watched at the bedside: %s', (text) => {
    expect(entryFrom(bare(`${text} frailty`)).section).toBe('examination-findings');
  });

  it.each(['survey', 'functional-status', 'functional status', 'sdoh-survey', 'cognitive-status', 'assessment'])(
    'is told by its category: %s',
    (code) => {
      const text = 'Sleeps well';
      expect(entryFrom(score({ code: { text }, category: [{ coding: [{ code: 'exam' }] }] })).section).toBe(
        'examination-findings',
      );
      expect(entryFrom(score({ code: { text }, category: [{ coding: [{ code }] }] })).section).toBe('assessments');
      const spoken = [{ coding: [{ code: 'exam' }] }, {}, { text: code.toUpperCase() }];
      expect(entryFrom(score({ code: { text }, category: spoken })).section).toBe('assessments');
    },
  );

  it.each(['445414007', '763264000'])('is told by its code: %s', (code) => {
    const coded = (system: string): Resource => bare('', { code: { text: 'Graddfa', coding: [{ system, code }] } });
    expect(entryFrom(coded('http://snomed.info/sct')).section).toBe('assessments');
    expect(entryFrom(coded('urn:x')).section).toBe('examination-findings');
  });

  it.each(['vital-signs', 'vital-sign', 'vitalsigns', 'vitalsign', 'Vital signs'])(
    'is not what is filed among the %s',
    (text) => {
      expect(entryFrom(score({ category: [{ text }] })).section).toBe('examination-findings');
    },
  );

  it('is what is filed under more than the vital signs', () => {
    expect(entryFrom(score({ category: [{ text: 'Not vital signs' }] })).section).toBe('assessments');
    expect(entryFrom(score({ category: [{ text: 'Vital signs and more' }] })).section).toBe('assessments');
  });

  it('leaves results and reasons for support to their own headings', () => {
    const filed = (text: string) => readBy(assessments, score({ category: [{ text }] }));
    expect(filed('Survey')).not.toBeNull();
    expect(readBy(assessments, score({ category: [{ coding: [{ code: 'LAB' }] }] }))).toBeNull();
    expect(filed('Support reason')).toBeNull();
    expect(readBy(assessments, { resourceType: 'Procedure', id: '1', code: { text: 'Frailty' } })).toBeNull();
  });

  it.each([
    ...['QRISK', 'QRISK3', 'QRISK-2', 'FRAX', 'CHA2DS2-VASc', 'CHADS', 'CHADS2', 'CHA2DS2', 'HAS-BLED', 'HASBLED'],
    ...['ORBIT', 'ASCVD', 'Framingham', 'QDiabetes', 'QFracture', 'SCORE2', 'Kidney failure risk'],
  ])('is a prognosis by a named tool: %s', (text) => {
    const risk = (change: object): Resource => ({
      resourceType: 'RiskAssessment',
      id: '1',
      status: 'final',
      ...change,
    });
    expect(entryFrom(risk({ code: { text } })).section).toBe('assessments');
    expect(entryFrom(risk({ code: { text: 'Risk' }, method: { text } })).section).toBe('assessments');
    expect(entryFrom(risk({ code: { text: `x${text}` } })).section).toBe('risks');
  });

  it('stands under its heading, and no two of them disagree', () => {
    expect(assessments).toMatchObject({ id: 'assessments', heading: 'Assessments', groupedBy: 'test', window: null });
    expect(assessments.conflicts([])).toEqual([]);
  });
});

describe('an assessment, in full', () => {
  const origin = (resource: string) => ({ source: 'gp', resource });
  const empty = { cautions: [], labels: [], notes: [], links: [], flags: [], ranges: [], parts: [] };

  it('of a score shows all that is said, and nothing besides', () => {
    const hasMember = [{ reference: 'Observation/2' }];
    expect(read(score({ hasMember, encounter: { reference: 'Encounter/3' } }))).toEqual({
      ...empty,
      id: 'gp/Observation/1',
      section: 'assessments',
      origin: origin('Observation/1'),
      links: [
        { rel: 'encounter', to: 'Encounter/3' },
        { rel: 'result', to: 'Observation/2' },
      ],
      title: 'Rockwood Clinical Frailty Scale',
      code: { text: 'Rockwood Clinical Frailty Scale', codings: [] },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-10-01',
      value: '6',
      kind: 'score',
      answers: [],
      findings: [],
    });
  });

  it.each([
    ['Rockwood scale', {}, true],
    ['Waterlow score', {}, true],
    ['Barthel index', {}, true],
    ['Functional status', {}, true],
    ['COPD assessment test', {}, true],
    ['Mild frailty', {}, false],
    ['Waterlow score', { hasMember: [{ reference: 'Observation/2' }] }, false],
    ['Waterlow score', { component: [{ code: { text: 'Skin' }, valueInteger: 2 }] }, false],
    ['Waterlow score', { status: 'registered' }, false],
    ['Waterlow score', { valueInteger: 3 }, false],
  ])('“%s” with %j is without its number: %s', (text, change, missing) => {
    const { cautions } = read(score({ code: { text }, valueInteger: undefined, ...change }));
    expect(cautions.includes('value-missing')).toBe(missing);
  });

  it('of a form shows all that is said, and nothing besides', () => {
    const form = { resourceType: 'QuestionnaireResponse', id: 'q1', questionnaire: 'https://x.example/Q/Waterlow' };
    const shown = {
      ...empty,
      id: 'gp/QuestionnaireResponse/q1',
      section: 'assessments',
      origin: origin('QuestionnaireResponse/q1'),
      title: 'Waterlow',
      kind: 'questionnaire',
      answers: [],
      findings: [],
    };
    expect(read(form)).toEqual({ ...shown, state: 'unknown' });
    expect(read({ ...form, status: 'completed', authored: '2026-10-01' })).toEqual({
      ...shown,
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2026-10-01',
    });
  });

  it('of an opinion shows all that is said, and nothing besides', () => {
    const impression = {
      resourceType: 'ClinicalImpression',
      id: '1',
      status: 'completed',
      code: { text: 'Memory assessment' },
      description: 'Seen with her daughter',
      summary: 'Mild cognitive impairment',
      effectiveDateTime: '2026-10-01',
      date: '2026-10-02',
      assessor: { display: 'Dr Ada Mind' },
      finding: [{ itemReference: { display: 'Forgetful' } }, { basis: 'MoCA 21/30' }],
      prognosisCodeableConcept: [{ text: 'Slow decline' }],
    };
    expect(read(impression)).toEqual({
      ...empty,
      id: 'gp/ClinicalImpression/1',
      section: 'assessments',
      origin: { ...origin('ClinicalImpression/1'), by: 'Dr Ada Mind' },
      title: 'Memory assessment',
      code: { text: 'Memory assessment', codings: [] },
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2026-10-01',
      kind: 'impression',
      answers: [],
      summary: 'Mild cognitive impairment',
      findings: ['Seen with her daughter', 'Forgetful', 'Slow decline'],
    });
    const bare = {
      ...empty,
      id: 'gp/ClinicalImpression/1',
      section: 'assessments',
      origin: origin('ClinicalImpression/1'),
    };
    const told = { ...bare, state: 'unknown', kind: 'impression', answers: [], findings: [] };
    const only = { resourceType: 'ClinicalImpression', id: '1' };
    expect(read({ ...only, description: 'Low mood' })).toEqual({ ...told, title: 'Low mood' });
    expect(read({ ...only, summary: 'Low mood' })).toEqual({ ...told, title: 'Low mood' });
  });

  it('of an opinion or a prognosis is doubted where words and code differ, or it is not finished', () => {
    const code = { text: 'FRAX', coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Barthel' }] };
    expect(read({ resourceType: 'ClinicalImpression', id: '1', status: 'in-progress', code }).cautions).toEqual([
      'text-differs',
      'preliminary',
    ]);
    expect(read({ resourceType: 'RiskAssessment', id: '1', status: 'preliminary', code }).cautions).toEqual([
      'text-differs',
      'preliminary',
    ]);
  });

  it('of a prognosis shows all that is said, and nothing besides', () => {
    const risk = { resourceType: 'RiskAssessment', id: '1', code: { text: 'FRAX' }, method: { text: 'Frax tool' } };
    const shown = {
      ...empty,
      id: 'gp/RiskAssessment/1',
      section: 'assessments',
      origin: origin('RiskAssessment/1'),
      title: 'FRAX',
      code: { text: 'FRAX', codings: [] },
      kind: 'prognosis',
      answers: [],
      findings: [],
    };
    expect(read(risk)).toEqual({ ...shown, state: 'unknown' });
    const prediction = [{ outcome: { text: 'Hip fracture' }, probabilityRange: { high: { value: 5 } } }];
    const more = { status: 'final', occurrenceDateTime: '2026-03-01', mitigation: 'Alendronic acid', prediction };
    expect(read({ ...risk, ...more })).toEqual({
      ...shown,
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-03-01',
      summary: 'Alendronic acid',
      findings: ['Hip fracture: ≤ 5%'],
    });
  });

  it('of anything but a score stands alone', () => {
    const risk = { resourceType: 'RiskAssessment', status: 'final', code: { text: 'FRAX' } };
    expect(linesOf(assessments, [{ ...risk, id: '1' }], [{ ...risk, id: '2' }])).toHaveLength(2);
  });
});

describe('what displaces an earlier assessment of its type', () => {
  const type = (resource: Resource): string | undefined => assessments.latestPer?.(read(resource));

  it.each([
    ['a score with a number', score()],
    ['a score of parts', score({ valueInteger: undefined, component: [{ code: { text: 'Skin' }, valueInteger: 2 }] })],
    ['a form', { resourceType: 'QuestionnaireResponse', id: '1', questionnaire: 'https://x.example/Q/Waterlow' }],
    ['an opinion', { resourceType: 'ClinicalImpression', id: '1', summary: 'Low mood' }],
  ])('is %s', (_, resource) => {
    expect(type(resource)).toBeDefined();
  });

  it.each([
    ['without a number', { valueInteger: undefined }],
    ['that could not be made', { valueInteger: undefined, valueString: 'Unable to assess' }],
    ['that was refused', { valueInteger: undefined, valueString: 'Declined' }],
    ['not told', { valueInteger: undefined, dataAbsentReason: { text: 'Refused' } }],
  ])('is no score %s', (_, change) => {
    expect(type(score(change))).toBeUndefined();
  });
});
