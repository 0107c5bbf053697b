import { aboutMe } from '../../blocks/about-me.ts';
import { alert } from '../../blocks/alert.ts';
import { careTeam, relative } from '../../blocks/contact.ts';
import { legalRight, resuscitation } from '../../blocks/decision.ts';
import { letter } from '../../blocks/letter.ts';
import { letterAtBoth } from '../../blocks/letter-at-both.ts';
import { observed } from '../../blocks/observed.ts';
import { plan } from '../../blocks/plan.ts';
import type { HeroCharts } from './charts.ts';

/** Who she is, who helps her, what she wants, and what everybody must know. */
export function heroWishes(charts: HeroCharts): void {
  people(charts);
  alerts(charts);
  decisions(charts);
  plans(charts);
  assessments(charts);
  aboutMe(
    charts.community,
    charts.gp.calendar.ago(6, 'months'),
    {
      mostImportant:
        'Staying in my own house with my books and my cat, Captain. Getting to choir when my breath allows.',
      people: 'Helen, my daughter, and my grandson Joe. Betty next door has a key.',
      communicate: 'I wear hearing aids: face me and don’t shout. I like letters in large print.',
      wellness:
        'A good day is two pillows, dressed by nine, and a walk to the gate. A bad day is four pillows and swollen ankles.',
      pleaseDo: 'Ask me before you ring Helen. Let me do my own buttons, however long it takes.',
      pleaseDoNot: 'Please don’t call me Maggie. Please don’t move my chair.',
      support: 'Mornings for washing and the water tablets. I manage my own inhalers.',
      alsoWorth: 'I taught infants for thirty-four years, so I may correct your spelling.',
      supportedBy: 'Grace Mensah, district nurse',
    },
    'mensah',
  );
}

/** Her daughter, as every organisation that knows her writes her down. */
const HELEN = {
  relationship: ['Daughter', 'Next of kin'],
  prefix: 'Mrs',
  given: 'Helen',
  family: 'Marsh',
  phone: '07700 900312',
  on: '2019-03-01',
} as const;

function people({ gp, infirmary, city, community, hospice, homeCare }: HeroCharts): void {
  const { calendar } = gp;
  for (const chart of [infirmary, city, community, hospice]) relative(chart, HELEN);
  relative(city, {
    relationship: ['Neighbour', 'Key holder'],
    prefix: 'Mrs',
    given: 'Betty',
    family: 'Lomas',
    phone: '01632 960778',
    on: '2023-06-20',
  });
  careTeam(city, {
    name: 'Adult social care, Ousebridge north',
    on: '2023-06-20',
    keyWorker: 'nolan',
    members: [{ key: 'begum', role: 'Occupational therapist' }],
  });
  careTeam(community, {
    name: 'Community heart failure team',
    on: '2019-04-02',
    members: [
      { key: 'ford', role: 'Heart failure specialist nurse' },
      { key: 'mensah', role: 'District nurse' },
    ],
  });
  careTeam(hospice, {
    name: 'Breathlessness support',
    on: calendar.ago(5, 'months'),
    members: [{ key: 'ward', role: 'Palliative care nurse specialist' }],
  });
  careTeam(homeCare, { name: 'Northcliffe round', on: '2023-07-03', members: [{ key: 'webb', role: 'Care manager' }] });
}

function alerts({ gp, infirmary, city, community, homeCare, ambulance }: HeroCharts): void {
  alert(gp, {
    what: 'Wears hearing aids in both ears: face her when speaking; large print for letters',
    category: 'Reasonable adjustment',
    start: '2021-05-11',
    by: 'lyle',
  });
  alert(infirmary, {
    what: 'Hearing aids; large print',
    category: 'Reasonable adjustment',
    start: '2023-01-04',
    by: 'stone',
  });
  alert(infirmary, {
    what: '129839007|At increased risk for falls',
    category: 'Risk to patient',
    start: '2023-01-04',
    by: 'stone',
  });
  alert(community, {
    what: '129839007|At increased risk for falls',
    category: 'Risk to patient',
    start: '2023-06-14',
    by: 'mensah',
  });
  alert(city, {
    what: 'Self-neglect when breathless: not eating, refusing visits',
    category: 'Risk to patient',
    start: '2023-12-11',
    end: '2024-03-18',
    by: 'nolan',
  });
  alert(homeCare, {
    what: 'Trips over her frame in the kitchen doorway; loose rugs removed',
    category: 'Risk to patient',
    start: '2023-07-03',
    by: 'webb',
  });
  alert(ambulance, {
    what: 'Key safe beside the back door: number held by control',
    category: 'Access',
    start: '2023-01-04',
    by: 'quinn',
  });
  alert(community, {
    what: 'Neighbour’s dog loose in shared yard: telephone before visiting',
    category: 'Risk to staff',
    start: '2024-02-06',
    by: 'mensah',
  });
}

function decisions({ gp, hospice, infirmary }: HeroCharts): void {
  const { calendar } = gp;
  const day = calendar.ago(4, 'months');
  const form = {
    title: 'ReSPECT: recommended summary plan for emergency care and treatment',
    kind: '1382601000000107|ReSPECT (Recommended Summary Plan for Emergency Care and Treatment) form',
    day,
    number: `RSP-${day}-18`,
    signed: 'Dr Ngozi Okafor, Hospice doctor',
    body: [
      {
        heading: 'Summary of relevant information',
        text: 'Heart failure with reduced ejection fraction, COPD, chronic kidney disease 3b, atrial fibrillation, type 2 diabetes; moderate frailty. Has capacity. Daughter Helen Marsh holds lasting power of attorney for health and welfare.',
      },
      {
        heading: 'What matters to me',
        text: 'Living at home for as long as I can. I would go to hospital for something that can be put right. I would not want to be kept going on machines.',
      },
      {
        heading: 'Clinical recommendations',
        text: [
          'Admission for treatable illness, including intravenous diuretics and antibiotics',
          'Not for intensive care or invasive ventilation; non-invasive ventilation may be tried',
          'Penicillin: anaphylaxis',
        ],
      },
      {
        heading: 'Cardiopulmonary resuscitation',
        text: 'CPR attempts NOT recommended. Discussed with Mrs Bedford and her daughter.',
      },
    ],
  };
  const review = calendar.ahead(8, 'months');
  const { written, filed } = letterAtBoth(hospice, gp, form);
  resuscitation(hospice, { attempt: false, day, by: 'okafor', review, document: written });
  resuscitation(gp, { attempt: false, day, by: 'okafor', review, document: filed });
  resuscitation(infirmary, { attempt: false, day: calendar.ago(27, 'days'), by: 'raman' });
  const helen = relative(gp, HELEN);
  const paper = letter(gp, {
    title: 'Lasting power of attorney for health and welfare: registered copy',
    kind: 'Lasting power of attorney',
    day: '2022-10-11',
    by: 'sharma',
    body: [
      {
        text: 'Copy of the instrument registered by the Office of the Public Guardian on 4 October 2022. Donor: Margaret Anne Bedford. Attorney: Helen Marsh. The attorney has no authority to refuse life-sustaining treatment.',
      },
    ],
  });
  legalRight(gp, {
    what: 'Lasting power of attorney: health and welfare',
    day: '2022-10-04',
    by: 'sharma',
    holder: helen,
    document: { ...paper, display: 'registered copy, scanned at Northcliffe Surgery' },
  });
}

function plans({ gp, community, hospice, homeCare, infirmary }: HeroCharts): void {
  const { calendar } = gp;
  plan(gp, {
    title: 'Personalised care and support plan',
    kind: 'Care and support plan',
    start: calendar.ago(6, 'months'),
    review: calendar.ahead(6, 'months'),
    by: 'sharma',
    goals: ['Sing at the Christmas concert', 'No more than one admission this winter'],
    activities: [
      { what: 'Weigh every morning; ring the heart failure nurse at 2 kg gain in three days' },
      { what: 'Rescue pack: doxycycline and prednisolone; ring the practice when started', who: 'okafor' },
      { what: 'Blood tests every three months; potassium after any change of ramipril or spironolactone', who: 'lyle' },
    ],
  });
  plan(community, {
    title: 'Heart failure management plan',
    kind: 'Heart failure plan',
    start: calendar.ago(3, 'weeks'),
    review: calendar.ahead(3, 'weeks'),
    by: 'ford',
    goals: ['Target weight 65 kg', 'Return to ramipril 5 mg if potassium stays below 5.0 mmol/L'],
    activities: [
      { what: 'Furosemide 40 mg twice a day', who: 'ford' },
      { what: 'Urea and electrolytes weekly for four weeks', who: 'mensah' },
      { what: 'Fluid 1.5 litres a day' },
    ],
  });
  plan(hospice, {
    title: 'Breathlessness plan',
    kind: 'Symptom plan',
    start: calendar.ago(5, 'months'),
    by: 'ward',
    activities: ['Hand-held fan, pacing, positions of ease', 'Monthly clinic; telephone line by day'],
  });
  plan(homeCare, {
    title: 'Home care support plan',
    kind: 'Support plan',
    start: '2023-07-03',
    review: calendar.ahead(2, 'months'),
    by: 'webb',
    activities: [
      'Help to wash and dress; she does her own buttons',
      'Prompt tablets; do not give',
      'Breakfast and a hot drink; note her ankles',
    ],
  });
  plan(infirmary, {
    title: 'Discharge plan',
    kind: 'Discharge plan',
    start: calendar.ago(23, 'days'),
    end: calendar.ago(9, 'days'),
    status: 'completed',
    by: 'raman',
    activities: [
      { what: 'Home care restarted', status: 'completed' },
      { what: 'Heart failure nurse within two weeks', status: 'completed' },
    ],
  });
}

function assessments({ gp, community, city }: HeroCharts): void {
  const { calendar } = gp;
  observed(gp, {
    what: '365981007|Tobacco smoking behaviour - finding',
    day: '2025-09-10',
    category: 'social-history',
    value: '8517006|Ex-smoker',
    by: 'lyle',
    note: 'Stopped 2011; 30 pack years.',
  });
  observed(gp, {
    what: 'Alcohol consumption',
    day: '2025-09-10',
    category: 'social-history',
    value: [2, 'units/week', '{units}/wk'],
    by: 'lyle',
  });
  for (const [day, score] of [
    ['2023-06-14', 6],
    [calendar.ago(11, 'months'), 6],
    [calendar.ago(16, 'days'), 6],
  ] as const) {
    observed(community, {
      what: 'Rockwood Clinical Frailty Scale',
      day,
      value: [score, 'score', '{score}'],
      by: 'mensah',
    });
  }
  observed(community, {
    what: 'Waterlow pressure ulcer risk score',
    day: calendar.ago(16, 'days'),
    value: [14, 'score', '{score}'],
    by: 'mensah',
    note: 'At risk.',
  });
  observed(community, {
    what: 'Six-minute walk distance',
    day: calendar.ago(3, 'months'),
    value: [185, 'm', 'm'],
    by: 'tan',
    category: 'exam',
  });
  observed(city, {
    what: 'Barthel index',
    day: calendar.ago(10, 'months'),
    value: [16, 'of 20', '{score}'],
    by: 'begum',
  });
}
