import { letter } from '../../blocks/letter.ts';
import type { Chart } from '../../chart.ts';
import { chance } from '../../chance.ts';
import { inWords } from '../../calendar.ts';
import type { HeroCharts } from './charts.ts';
import type { Stay } from './emergencies.ts';
import { letterAtBoth } from '../../blocks/letter-at-both.ts';
import { heroOtherLetters } from './other-letters.ts';

const CLINIC = '823681000000100|Outpatient letter';
const DISCHARGE = '373942005|Discharge summary';

/** Letters: the place that wrote one and the practice that filed it hold the same letter under the same number. */
export function heroLetters(charts: HeroCharts, stay: Stay): void {
  const { infirmary, gp, community } = charts;
  dischargeSummary(charts, stay);
  cardiology(infirmary, gp);
  kidney(charts);
  heroOtherLetters(charts, stay);
  letter(community, {
    title: 'Heart failure nurse: visit after discharge',
    kind: 'Clinical letter',
    day: community.calendar.ago(16, 'days'),
    by: 'ford',
    format: 'html',
    to: 'Northcliffe Surgery; Dr Hughes, Ousebridge Royal Infirmary',
    body: [
      {
        text: 'I saw Mrs Bedford in clinic a week after discharge. She is less breathless (NYHA II to III), sleeps on two pillows and has slight ankle swelling. Weight 65.8 kg. Blood pressure 112/64, pulse 76 irregular, saturation 93% on air.',
      },
      {
        heading: 'Medicines',
        text: [
          'She was given ramipril 2.5 mg at discharge, and still had a box of 5 mg capsules at home, which her daughter has returned to the pharmacy',
          'Furosemide 40 mg twice a day continues',
        ],
      },
      {
        heading: 'Please',
        text: 'Change the repeat of ramipril to 2.5 mg. We shall check potassium weekly and increase again when it stays below 5.0 mmol/L.',
      },
    ],
  });
}

function dischargeSummary({ infirmary, gp }: HeroCharts, stay: Stay): void {
  letterAtBoth(infirmary, gp, {
    title: 'Discharge summary: cardiology',
    kind: DISCHARGE,
    day: stay.end,
    by: 'raman',
    signed: 'Dr Vijay Raman, Consultant in acute medicine',
    encounter: stay.admission,
    number: `DS-${stay.end}-4471`,
    to: 'Northcliffe Surgery',
    body: [
      {
        heading: 'Admission and discharge',
        text: `Admitted ${inWords(stay.start)} by ambulance. Discharged ${inWords(stay.end)} to her own home with home care restarted.`,
      },
      {
        heading: 'Diagnoses',
        text: [
          'Decompensated heart failure with reduced ejection fraction (32%)',
          'Acute kidney injury stage 1 on chronic kidney disease 3b',
          'Hyperkalaemia, potassium 5.9 mmol/L',
          'Permanent atrial fibrillation; COPD; type 2 diabetes; moderate frailty',
        ],
      },
      { heading: 'Allergies', text: 'PENICILLIN: anaphylaxis (1975).' },
      {
        heading: 'Clinical summary',
        text: 'Five days of increasing breathlessness and ankle swelling with 5 kg weight gain. On arrival respiratory rate 28, saturation 86% on air, blood pressure 98/56. Chest X-ray showed interstitial oedema and NT-proBNP was 6840 ng/L. Treated with intravenous furosemide for three days and controlled oxygen (target 88 to 92%). Creatinine rose to 186 µmol/L from a usual 130 and settled to 141; potassium settled to 4.9 mmol/L after ramipril was withheld and restarted at half dose. Weight at discharge 65.7 kg.',
      },
      {
        heading: 'Medicines changed',
        text: [
          'Ramipril REDUCED from 5 mg to 2.5 mg once a day: hyperkalaemia',
          'Spironolactone 25 mg once a day: continued, potassium to be watched',
          'All other medicines unchanged',
        ],
      },
      {
        heading: 'Actions for the practice',
        text: [
          'Change the repeat of ramipril to 2.5 mg',
          'Urea and electrolytes within one week',
          'Stop metformin if eGFR falls below 30',
        ],
      },
      {
        heading: 'Actions for others',
        text: [
          'Community heart failure nurse within two weeks',
          'Cardiology clinic in eight weeks with echocardiogram',
        ],
      },
      {
        heading: 'Information given',
        text: 'Told to weigh herself daily and ring if weight rises by 2 kg in three days. ReSPECT form went home with her: CPR attempts not recommended.',
      },
    ],
  });
}

const VISITS = [
  'Breathless on one flight of stairs (NYHA II). No ankle swelling. Treatment continues unchanged.',
  'A good six months: choir twice a week. Blood pressure a little low without dizziness. Treatment continues unchanged.',
  'More tired. Pulse 92; bisoprolol continues at 5 mg because of her airways. Blood test in three months.',
  'Slight ankle swelling by evening. Fluid and salt advice repeated. Furosemide unchanged.',
] as const;

function cardiology(infirmary: Chart, gp: Chart): void {
  const { calendar } = infirmary;
  for (const raw of calendar.every(6, 'months', '2019-03-21', calendar.ago(2, 'months'))) {
    const day = calendar.weekday(calendar.ahead(5, 'days', calendar.weekday(raw)));
    const visit = VISITS[Math.floor(chance('hero-clinic', day) * VISITS.length)] ?? VISITS[0];
    letterAtBoth(infirmary, gp, {
      title: 'Cardiology clinic letter',
      kind: CLINIC,
      day,
      by: 'hughes',
      signed: 'Dr Eleanor Hughes, Consultant cardiologist',
      number: `CA-${day}-4471`,
      to: 'Northcliffe Surgery',
      body: [
        {
          heading: 'Diagnoses',
          text: [
            'Heart failure with reduced ejection fraction, non-ischaemic',
            'Permanent atrial fibrillation, CHA2DS2-VASc 6, on apixaban',
            'COPD, chronic kidney disease, type 2 diabetes',
          ],
        },
        { heading: 'Today', text: visit },
        { heading: 'Plan', text: 'Review in six months. The heart failure nurse sees her between.' },
      ],
    });
  }
}

function kidney({ harwick, gp }: HeroCharts): void {
  const { calendar } = harwick;
  for (const raw of calendar.every(1, 'years', '2020-01-16', calendar.ago(2, 'months'))) {
    const day = calendar.weekday(calendar.ahead(8, 'days', calendar.weekday(raw)));
    letterAtBoth(harwick, gp, {
      title: 'Kidney clinic letter',
      kind: CLINIC,
      day,
      by: 'conte',
      signed: 'Dr Marco Conte, Consultant nephrologist',
      number: `KC-${day}-118`,
      to: 'Northcliffe Surgery',
      body: [
        {
          text: 'Chronic kidney disease stage 3b A2 from diabetes and hypertension, slowly progressive. Blood pressure at target. Please continue ramipril and dapagliflozin as tolerated, keep metformin at no more than 1 g a day, avoid anti-inflammatory medicines, and repeat bloods every three months.',
        },
      ],
    });
  }
}
