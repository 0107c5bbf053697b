import { appointment } from '../../blocks/appointment.ts';
import { supportReason } from '../../blocks/condition.ts';
import { carePackage, equipment } from '../../blocks/social-care.ts';
import { vaccine } from '../../blocks/vaccine.ts';
import { plan } from '../../blocks/plan.ts';
import { concept, words } from '../../blocks/codes.ts';
import type { HeroCharts } from './charts.ts';

/** The council's part, what is in the diary, and her vaccinations. */
export function heroSocial(charts: HeroCharts): void {
  council(charts);
  diary(charts);
  vaccines(charts);
}

function council({ city, county, homeCare }: HeroCharts): void {
  const { calendar } = city;
  carePackage(city, {
    name: 'Home care: two visits a day',
    category: 'Adult social care: long term support, community',
    start: '2023-07-03',
    funding: 'Council funded, with client contribution',
    by: 'nolan',
  });
  carePackage(city, {
    name: 'Telecare: pendant alarm and falls detector',
    category: 'Adult social care: equipment and telecare',
    start: '2023-08-14',
    funding: 'Self-funded',
    by: 'begum',
  });
  carePackage(city, {
    name: 'Reablement after hospital',
    category: 'Adult social care: short term support',
    start: '2023-01-11',
    end: '2023-02-21',
    funding: 'Better Care Fund',
    by: 'nolan',
  });
  carePackage(homeCare, {
    name: 'Home care: two visits a day, 30 minutes',
    category: 'Home care',
    start: '2023-07-03',
    funding: 'Commissioned by Ousebridge City Council',
    by: 'webb',
  });
  carePackage(county, {
    name: 'Blue badge',
    category: 'Adult social care: transport',
    start: '2008-04-01',
    end: '2011-03-31',
    by: 'elliot',
  });
  supportReason(city, 'Physical support: personal care support', '2023-06-20', 'nolan');
  equipment(city, { what: '705593007|Raised toilet seat, fixed', on: '2023-06-28', by: 'begum' });
  equipment(city, { what: 'Perching stool', on: '2023-06-28', by: 'begum' });
  equipment(city, { what: 'Grab rails, bath and back door', on: '2023-07-12', by: 'begum' });
  equipment(city, {
    what: 'Key safe',
    on: '2023-07-12',
    by: 'begum',
    note: 'Number held by home care provider and ambulance control.',
  });
  plan(city, {
    title: 'Care and support plan',
    kind: 'Social care plan',
    start: '2023-07-03',
    review: calendar.ahead(7, 'weeks'),
    by: 'nolan',
    goals: ['Margaret stays in her own home', 'Helen has two weekends off a month'],
    activities: [
      'Riverbank Home Care: morning and evening, every day',
      'Carer’s assessment for Helen completed',
      'Meals delivered on Wednesday and Friday',
    ],
  });
  const referred = calendar.ago(22, 'days');
  city.add('ServiceRequest', referred, {
    status: 'active',
    intent: 'order',
    category: [words('Social care referral')],
    code: words('Review of care package after hospital'),
    priority: 'urgent',
    subject: city.patient,
    authoredOn: referred,
    requester: city.staff('nolan'),
    reasonCode: [concept('84114007|Heart failure')],
  });
}

function diary({ gp, infirmary, harwick, community, city, hospice }: HeroCharts): void {
  const { calendar } = gp;
  const on = (days: number): string => calendar.weekday(calendar.ahead(days, 'days'));
  appointment(community, {
    what: 'Heart failure nurse clinic',
    day: on(5),
    time: '13:30',
    with: 'ford',
    specialty: 'Heart failure',
  });
  appointment(gp, {
    what: 'Blood test: potassium and kidney function',
    day: on(3),
    time: '08:40',
    minutes: 10,
    with: 'lyle',
  });
  appointment(gp, { what: 'Medication review', day: on(11), time: '15:20', with: 'sharma' });
  appointment(infirmary, {
    what: 'Cardiology outpatient clinic',
    day: on(33),
    time: '10:15',
    with: 'hughes',
    specialty: 'Cardiology',
    note: 'Please bring all your tablets.',
  });
  appointment(infirmary, {
    what: 'Echocardiogram',
    day: on(19),
    time: '09:00',
    minutes: 45,
    specialty: 'Cardiac physiology',
  });
  appointment(harwick, { what: 'Kidney clinic', day: on(58), time: '09:20', with: 'conte', specialty: 'Nephrology' });
  appointment(city, {
    what: 'Annual review of care and support at home',
    day: on(48),
    time: '14:00',
    minutes: 90,
    with: 'nolan',
  });
  appointment(hospice, { what: 'Breathlessness clinic', day: on(14), time: '11:00', with: 'ward' });
  appointment(infirmary, {
    what: 'Cardiology outpatient clinic',
    day: calendar.weekday(calendar.ago(27, 'days')),
    time: '10:15',
    with: 'hughes',
    status: 'cancelled',
    note: 'In hospital.',
  });
}

function vaccines({ gp, pharmacy }: HeroCharts): void {
  const thisYear = Number(gp.calendar.today.slice(0, 4));
  for (let year = 2013; year < thisYear; year++) {
    const chart = year % 3 === 0 ? pharmacy : gp;
    vaccine(chart, {
      what: 'Influenza vaccine (inactivated)',
      procedure: '86198006|Administration of vaccine product containing only Influenza virus antigen',
      day: gp.calendar.weekday(`${String(year)}-10-07`),
      by: chart === gp ? 'lyle' : 'lowe',
      against: 'Influenza',
      dose: 1,
      site: 'Left deltoid',
    });
  }
  const covid = [
    '2021-01-19',
    '2021-04-06',
    '2021-10-12',
    '2022-10-18',
    '2023-10-17',
    '2024-10-15',
    '2025-05-13',
    '2025-10-14',
  ];
  covid.forEach((day, index) => {
    vaccine(gp, {
      what: 'COVID-19 mRNA vaccine',
      ...(index === 0 && {
        procedure:
          '1324681000000101|Administration of first dose of severe acute respiratory syndrome coronavirus 2 vaccine',
      }),
      day,
      by: 'lyle',
      against: 'COVID-19',
      dose: index + 1,
    });
  });
  vaccine(gp, { what: 'Pneumococcal polysaccharide vaccine (PPV23)', day: '2013-10-22', by: 'lyle', dose: 1 });
  vaccine(gp, { what: 'Shingles vaccine, live (Zostavax)', day: '2018-10-02', by: 'lyle', dose: 1 });
  vaccine(gp, { what: 'RSV vaccine', day: '2024-09-24', by: 'lyle', dose: 1 });
}
