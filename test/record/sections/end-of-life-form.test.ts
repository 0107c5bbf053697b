import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { isEndOfLifeForm, namesEndOfLifeForm } from '../../../src/record/sections/end-of-life-form.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { readDecision as read, type Change } from '../../support/end-of-life.ts';

const NAME = { url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: 'End of life plan' };

const ticked = (text: string, value: boolean) => ({ linkId: text, text, answer: [{ valueBoolean: value }] });

function form(change: Change = {}): Resource {
  return {
    resourceType: 'QuestionnaireResponse',
    id: '1',
    status: 'completed',
    questionnaire: 'https://x.example/Questionnaire/EndOfLifePlan',
    authored: '2026-10-01',
    item: [ticked('Is at peace', true)],
    ...change,
  };
}

describe('a form for the end of life', () => {
  it.each([
    'Respectful care',
    'Mutual respect',
    'reSPECTs',
    'xReSPECT',
    'ReSPECTed',
    'Needs assessment',
    'CPR training',
    'Care plan',
    'Resuscitation trolley check',
  ])('is not one by the name of %s', (name) => {
    expect(namesEndOfLifeForm(name)).toBe(false);
  });

  it.each([
    'EOL plan',
    'eolplan',
    'EndOfLifePlan',
    'EPaCCS summary',
    'ReSPECT',
    'The ReSPECT of spring',
    'ReSPECT-v3.pdf',
    'respect form',
    'Respect plan',
    'Recommended Summary Plan for Emergency Care and Treatment',
    'TreatmentEscalationPlan',
    'Advance care plan',
    'Advance statement',
    'Anticipatory care plan',
    'Palliative care plan',
    'Preferred place of care',
    'Preferred place of death',
    'DNACPR',
    'uDNACPR',
    'DNA-CPR',
    'DNAR form',
    'CPR decision',
    'Cardiopulmonary resuscitation decision',
    'ResuscitationStatus',
  ])('is one by the name of %s', (name) => {
    expect(namesEndOfLifeForm(name)).toBe(true);
  });

  it('is a form that was filled in, not the questions nor a plan that names it', () => {
    const { questionnaire } = form();
    expect(isEndOfLifeForm({ resourceType: 'CarePlan', id: '1', questionnaire })).toBe(false);
    expect(isEndOfLifeForm({ resourceType: 'QuestionnaireResponse', id: '1' })).toBe(false);
    expect(isEndOfLifeForm(form())).toBe(true);
  });

  it('is known by the name that stands beside its address, and called by it', () => {
    const beside = form({ questionnaire: 'https://x.example/Questionnaire/17', _questionnaire: { extension: [NAME] } });
    expect(isEndOfLifeForm(beside)).toBe(true);
    expect(read(beside).title).toBe('End of life plan');
  });

  it('whose address ends before a name is called by the heading in it, and without one is unread', () => {
    const questionnaire = 'https://x.example/EndOfLifePlan/';
    expect(read(form({ questionnaire, item: [{ text: 'My wishes', item: [ticked('At home', true)] }] })).title).toBe(
      'My wishes',
    );
    for (const item of [undefined, [ticked('At home', true)]]) {
      const reading = readResources([form({ questionnaire, item })], 'gp' as SourceId);
      expect(reading.entries).toEqual([]);
      expect(reading.unread).toMatchObject([{ element: 'QuestionnaireResponse.questionnaire' }]);
    }
  });

  it('denies no decision that it does not speak of, that it makes, or on which its answers differ', () => {
    expect(read(form())).not.toHaveProperty('denies');
    expect(read(form({ item: [ticked('DNACPR in place', true)] }))).not.toHaveProperty('denies');
    const both = [ticked('DNACPR in place', false), ticked('For attempted CPR', false)];
    expect(read(form({ item: both }))).not.toHaveProperty('denies');
  });

  it('keeps that by its answers there is no such decision, however often they say so', () => {
    const item = [ticked('DNACPR in place', false)];
    expect(read(form({ item })).denies).toBe('do-not-attempt-resuscitation');
    expect(read(form({ item: [...item, ...item, ticked('Is at peace', true)] })).denies).toBe(
      'do-not-attempt-resuscitation',
    );
  });

  it.each([
    ['entered-in-error', 'in-error', []],
    ['stopped', 'past', ['preliminary']],
    ['in-progress', 'current', ['preliminary']],
    ['amended', 'current', ['amended']],
    ['completed', 'current', []],
    [undefined, 'unknown', []],
  ])('of status %s is %s', (status, state, cautions) => {
    const entry = read(form({ status }));
    expect(entry).toMatchObject({ state, cautions });
    expect(entry.statusAsRecorded).toBe(status);
  });

  it('shows all that is in it, and nothing besides', () => {
    expect(read(form({ identifier: { system: 'https://forms.example', value: '7' } }))).toEqual({
      id: 'gp/QuestionnaireResponse/1',
      section: 'end-of-life-care',
      origin: { source: 'gp', resource: 'QuestionnaireResponse/1' },
      kind: 'plan',
      title: 'EndOfLifePlan',
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2026-10-01',
      notes: ['Is at peace: Yes'],
      cautions: [],
      labels: [],
      links: [],
      attachments: [],
      businessId: 'https://forms.example|7',
    });
  });
});
