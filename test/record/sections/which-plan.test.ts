import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { kindOfPlan, kindOfPlanDocument } from '../../../src/record/sections/which-plan.ts';

const plan = (title: string, change: object = {}): Resource => ({ resourceType: 'CarePlan', title, ...change });
const letter = (change: object): Resource => ({ resourceType: 'DocumentReference', status: 'current', ...change });
const sct = (code: string): object => ({ coding: [{ system: 'http://snomed.info/sct', code }] });

describe('a category of plans', () => {
  it.each([
    "Carer's support plan",
    "Carers' support plan",
    'Carer’s support plan',
    'Carers’ support plan',
    'Carer support plan',
  ])('may be called %s', (text) => {
    expect(kindOfPlan(plan('Plan', { category: [{ text }] }))).toBe('supporting');
  });
});

describe('a plan of care', () => {
  it.each([
    'Care and support plan',
    'Emergency plane ticket',
    'Rescue dog plan',
    'Crisis team discharge plan',
    'Relapse of asthma',
    'Is unwell',
    'Diabetes care plan',
  ])('called %s is for no single need', (title) => {
    expect(kindOfPlan(plan(title))).toBe('care');
  });

  it.each([
    'Contingency arrangements',
    'Crisis plan',
    'Crisis card',
    'Crisis and contingency plan',
    'Crisis care plan',
    'Crisis management plan',
    'Crisis response plan',
    'Crisis support plan',
    'Emergency plan',
    'Emergency care plan',
    'Emergency healthcare plan',
    'Emergency health care plan',
    'Emergency health plan',
    'Emergency response plan',
    'Escalation plan',
    'Rescue plan',
    'Relapse plan',
    'Relapse prevention plan',
    'Early warning signs',
    'Safety plan',
    'Exacerbation plan',
    'If I become unwell',
    'What to do if she is unwell',
    'Coping plan',
  ])('called %s says what to do when things go wrong', (title) => {
    expect(kindOfPlan(plan(title))).toBe('contingency');
  });

  it.each([
    'Education, health and care plan',
    'Education health & care needs',
    'EHCP',
    'Behaviour support plan',
    'Behavioural support plan',
    'Behavioral support plan',
    'Behavior support plan',
    'Positive behaviour plan',
    'Positive behavior plan',
    'Communication passport',
    'Hospital passport',
    'Communication profile',
    'Health action plan',
    'Asthma plan',
    'Epilepsy management plan',
    'Allergy action plan',
    'Dysphagia plan',
    'Eating and drinking plan',
    'Moving and handling plan',
    'Manual handling plan',
    'Evacuation plan',
    'Pathway plan',
    'Carer’s support plan',
    "Carer's support plan",
    'Carers support plan',
    'Carer support plan',
    'Carers’ support plan',
    'Individual healthcare plan',
    'Individual health care plan',
    'Individualised healthcare plan',
    'Rehabilitation plan',
    'Advance statement',
  ])('called %s is for one need', (title) => {
    expect(kindOfPlan(plan(title))).toBe('supporting');
  });

  it('is what its category says, in words or by its record type, whatever it is called', () => {
    expect(kindOfPlan(plan('Plan', { category: [{ text: 'Care' }, { text: 'Asthma plan' }] }))).toBe('supporting');
    expect(kindOfPlan(plan('Plan', { category: [{ text: 'Care' }, { text: 'Safety plan' }] }))).toBe('contingency');
    expect(kindOfPlan(plan('Plan', { category: [sct('325691000000100')] }))).toBe('contingency');
    expect(kindOfPlan(plan('Plan', { category: [sct('1')] }))).toBe('care');
  });

  it('is for what goes wrong before it is for one need, and for one need before it is the council’s', () => {
    const category = [{ text: 'Adult social care' }];
    expect(kindOfPlan(plan('Asthma plan and crisis plan'))).toBe('contingency');
    expect(kindOfPlan(plan('Crisis plan', { category }))).toBe('contingency');
    expect(kindOfPlan(plan('Moving and handling plan', { category }))).toBe('supporting');
    expect(kindOfPlan(plan('Four visits a day', { category }))).toBe('social');
  });
});

describe('a document', () => {
  it('for the end of life is no such plan, whatever else it is called', () => {
    const respect = { ...sct('1382601000000107'), text: 'ReSPECT form' };
    expect(kindOfPlanDocument(letter({ type: respect, description: 'Emergency care plan' }))).toBeUndefined();
  });

  it('of any other kind is none', () => {
    expect(kindOfPlanDocument(letter({ type: { text: 'Discharge summary' } }))).toBeUndefined();
  });

  it('is such a plan by its type, its category or its name', () => {
    expect(kindOfPlanDocument(letter({ type: sct('736253002') }))).toBe('contingency');
    expect(kindOfPlanDocument(letter({ type: { text: 'Plan' }, category: [sct('887701000000100')] }))).toBe(
      'contingency',
    );
    expect(kindOfPlanDocument(letter({ type: { text: 'Plan' }, description: 'Hospital passport' }))).toBe('supporting');
  });
});
