import { alert } from '../../blocks/alert.ts';
import { form, impression } from '../../blocks/assessment.ts';
import { legalRight } from '../../blocks/decision.ts';
import { family } from '../../blocks/family.ts';
import { observed } from '../../blocks/observed.ts';
import { requirements } from '../../blocks/requirement.ts';
import { trial } from '../../blocks/trial.ts';
import type { HeroCharts } from './charts.ts';

/** What stands behind her illnesses: family, home and work, what she needs, who may speak for her, and a trial. */
export function heroBackground(charts: HeroCharts): void {
  heredity(charts);
  home(charts);
  needs(charts);
  assessed(charts);
  law(charts);
  trial(charts.infirmary, {
    title: 'BREATHE-HF: two ways of giving diuretics in heart failure',
    number: 'OUSE-HF-0417',
    start: charts.gp.calendar.ago(13, 'months'),
    lead: 'hughes',
    office: 'Heart failure research nurses',
  });
}

function heredity({ gp, formerGp, harwick }: HeroCharts): void {
  const asked = '2009-03-17';
  family(gp, {
    relative: 'mother',
    day: '2012-03-20',
    by: 'lyle',
    illnesses: [
      { what: '73211009|Diabetes mellitus', age: 61 },
      { what: '230690007|Cerebrovascular accident', age: 79, causedDeath: true },
    ],
    diedAged: 79,
  });
  family(formerGp, {
    relative: 'father',
    day: asked,
    by: 'ames',
    illnesses: [{ what: '22298006|Myocardial infarction', age: 58, causedDeath: true }],
    diedAged: 58,
  });
  family(harwick, {
    relative: 'brother',
    day: '2012-03-08',
    by: 'lindqvist',
    illnesses: [{ what: '13645005|Chronic obstructive pulmonary disease' }],
  });
}

function home({ gp, formerGp, city, community }: HeroCharts): void {
  observed(formerGp, {
    what: '365981007|Tobacco smoking behaviour - finding',
    day: '2009-03-17',
    category: 'social-history',
    value: '77176002|Smoker',
    by: 'ames',
    note: '20 a day.',
  });
  observed(city, { what: 'Lives alone', day: '2023-06-20', category: 'social-history', by: 'nolan' });
  observed(city, {
    what: 'Housing',
    day: '2023-06-20',
    category: 'social-history',
    value: 'Own house, stairs, bathroom upstairs',
    by: 'begum',
  });
  observed(community, {
    what: 'Household',
    day: gp.calendar.ago(16, 'days'),
    category: 'social-history',
    value: 'Lives alone; daughter visits on most evenings',
    by: 'mensah',
  });
  observed(gp, {
    what: 'Occupation',
    day: '2014-01-20',
    category: 'social-history',
    value: 'Retired infant teacher',
    by: 'lyle',
  });
}

function needs({ gp }: HeroCharts): void {
  requirements(gp, {
    day: gp.calendar.ago(14, 'months'),
    by: 'lyle',
    adjustments: ['Letters in large print', 'Face her when speaking; hearing aids in both ears'],
    impairments: ['Hearing impairment'],
  });
}

function assessed({ city, community }: HeroCharts): void {
  const { calendar } = city;
  form(city, {
    name: 'needs-assessment',
    title: 'Care Act needs assessment',
    day: calendar.ago(10, 'months'),
    by: 'nolan',
    answers: [
      ['Managing and maintaining nutrition', 'Needs prompting when breathless; meals delivered twice a week'],
      ['Maintaining personal hygiene', 'Needs help to wash and dress in the morning'],
      ['Being able to make use of the home safely', 'Stairs only with a rail and a rest half way'],
      ['What the person wants to achieve', 'To stay in her own home'],
    ],
  });
  impression(community, {
    what: 'Comprehensive geriatric assessment',
    day: calendar.ago(16, 'days'),
    by: 'mensah',
    summary: 'Moderate frailty, slower since the admission. Breathless on one flight of stairs, weight steady.',
    findings: ['Afraid of falling', 'Memory good', 'Mood bright'],
  });
}

function law({ infirmary, city }: HeroCharts): void {
  const { calendar } = city;
  observed(infirmary, {
    what: 'Assessment of mental capacity',
    day: calendar.ago(27, 'days'),
    category: 'exam',
    value: 'Has capacity to decide about her treatment',
    by: 'raman',
  });
  legalRight(city, {
    what: 'Lasting power of attorney: property and financial affairs',
    day: '2022-10-04',
    by: 'nolan',
  });
  alert(city, {
    what: 'Safeguarding adults enquiry: self-neglect (Care Act section 42)',
    category: 'Safeguarding',
    start: '2023-12-11',
    end: '2024-03-18',
    by: 'nolan',
  });
}
