import { letter } from '../../blocks/letter.ts';
import type { HeroCharts } from './charts.ts';
import type { Stay } from './emergencies.ts';
import { letterAtBoth } from '../../blocks/letter-at-both.ts';

const CLINIC = '823681000000100|Outpatient letter';

/** One or two letters from each of the other places that know her. */
export function heroOtherLetters(charts: HeroCharts, stay: Stay): void {
  planned(charts);
  urgent(charts, stay);
  atTheCoast(charts);
  council(charts);
  atHome(charts);
}

function planned({ priory, harwick, gp, mental, formerGp, hospice, wolds }: HeroCharts): void {
  letterAtBoth(priory, gp, {
    title: 'Operation note and discharge letter',
    kind: 'Discharge letter',
    day: '2022-05-19',
    by: 'vaughan',
    signed: 'Miss Rhian Vaughan, Consultant ophthalmic surgeon',
    number: 'PG-2022-0519-7',
    to: 'Northcliffe Surgery',
    body: [
      {
        heading: 'Operation',
        text: 'Right phacoemulsification and intraocular lens implant under topical anaesthesia. No complication. Apixaban was not stopped.',
      },
      { heading: 'Drops', text: 'Dexamethasone 0.1% to the right eye four times a day, reducing over four weeks.' },
    ],
  });
  letterAtBoth(harwick, gp, {
    title: 'Respiratory clinic letter: discharge from clinic',
    kind: CLINIC,
    day: '2018-05-03',
    by: 'lindqvist',
    signed: 'Dr Ola Lindqvist, Consultant respiratory physician',
    number: 'RC-2018-0503',
    to: 'Northcliffe Surgery',
    format: 'rtf',
    body: [
      {
        text: 'Moderate COPD, FEV1 58% predicted, one exacerbation a year. Please change to a combined umeclidinium and vilanterol inhaler once a day. Inhaler technique good. Discharged to your care.',
      },
    ],
  });
  letter(mental, {
    title: 'Talking therapies: end of treatment',
    kind: 'Clinical letter',
    day: '2021-01-25',
    by: 'ito',
    to: 'Northcliffe Surgery',
    body: [
      {
        text: 'Three telephone sessions after the death of her husband Frank. PHQ-9 fell from 13 to 5. No thoughts of self-harm at any time. Discharged with our number.',
      },
    ],
  });
  letter(formerGp, {
    title: 'Records summary on transfer of registration',
    kind: 'Patient summary',
    day: '2011-07-01',
    by: 'brandt',
    format: 'html',
    body: [
      {
        text: 'Type 2 diabetes since 2006, hypertension since 2001, appendicectomy 1961, cholecystectomy 1994. Allergic to penicillin.',
      },
    ],
  });
  letter(hospice, {
    title: 'Breathlessness clinic: first assessment',
    kind: CLINIC,
    day: hospice.calendar.ago(5, 'months'),
    by: 'ward',
    to: 'Northcliffe Surgery',
    body: [
      {
        text: 'Mrs Bedford’s breathlessness has both heart and lung in it. We worked on pacing and the hand-held fan. She would like to talk about resuscitation with Dr Okafor next time, with Helen there.',
      },
    ],
  });
  letter(wolds, {
    title: 'Podiatry: diabetic foot assessment',
    kind: 'Clinical letter',
    day: '2025-02-18',
    by: 'haigh',
    to: 'Northcliffe Surgery',
    body: [
      {
        text: 'Foot pulses palpable, reduced sensation to 10 g monofilament at two of ten sites. Moderate risk. Eight-weekly podiatry continues.',
      },
    ],
  });
}

function urgent({ outOfHours, urgentCare, ambulance, infirmary, gp }: HeroCharts, stay: Stay): void {
  const visited = gp.calendar.ago(4, 'months');
  letterAtBoth(outOfHours, gp, {
    title: 'Out of hours contact: home visit',
    kind: 'Out of hours report',
    day: visited,
    by: 'okafor',
    signed: 'Dr Ngozi Okafor, Out of hours GP',
    number: `OOH-${visited}`,
    to: 'Northcliffe Surgery',
    format: 'text',
    body: [
      {
        text: 'Two days of green sputum and wheeze. Saturation 91% on air, respiratory rate 24, alert. Penicillin allergic: doxycycline and prednisolone started. Not for admission today; knows to ring back if worse.',
      },
    ],
  });
  letter(urgentCare, {
    title: 'Urgent treatment centre discharge',
    kind: 'Urgent treatment centre report',
    day: '2025-09-13',
    by: 'patel',
    format: 'html',
    to: 'Northcliffe Surgery',
    body: [
      { heading: 'Seen for', text: 'Insect bite, left forearm: 3 cm redness, no infection.' },
      { heading: 'Allergies', text: 'None known.' },
      { heading: 'Treatment', text: 'Hydrocortisone 1% cream twice a day for a week.' },
    ],
  });
  letter(ambulance, {
    title: 'Ambulance patient care record',
    kind: 'Ambulance patient care record',
    day: stay.start,
    by: 'hall',
    format: 'cda',
    body: [
      {
        heading: 'History',
        text: 'Breathless since midnight, could not lie down. Ankles swollen for a week. Known heart failure and COPD.',
      },
      {
        heading: 'Findings',
        text: 'Respiratory rate 28, saturation 86% on air rising to 92% on controlled oxygen, pulse 112 irregular, blood pressure 98/56, NEWS2 8 (scale 2).',
        table: [
          ['Time', 'Respiratory rate', 'Saturation', 'Pulse', 'Blood pressure'],
          ['05:32', '28', '86% on air', '112 irregular', '98/56 mmHg'],
          ['05:50', '26', '90% on 24% oxygen', '108 irregular', '102/58 mmHg'],
          ['06:15', '24', '92% on 28% oxygen', '104 irregular', '104/60 mmHg'],
        ],
      },
      {
        heading: 'Treatment and handover',
        text: 'Oxygen by 28% Venturi mask. ReSPECT form taken with her. Handed over to the emergency department at 06:25.',
      },
    ],
  });
  const first = letter(infirmary, {
    title: 'Emergency department summary',
    kind: 'Emergency department discharge summary',
    day: stay.start,
    by: 'amin',
    status: 'superseded',
    body: [
      {
        text: 'Acute decompensated heart failure. Intravenous furosemide 80 mg given. Admitted under cardiology. Potassium awaited.',
      },
    ],
  });
  letter(infirmary, {
    title: 'Emergency department summary',
    kind: 'Emergency department discharge summary',
    day: stay.start,
    by: 'amin',
    replaces: first,
    enclosure: {
      title: 'Venous blood gas printout',
      lines: [
        'VENOUS BLOOD GAS',
        'pH        7.34',
        'pCO2      6.9 kPa',
        'HCO3-     27 mmol/L',
        'K+        5.9 mmol/L',
        'Lactate   1.8 mmol/L',
      ],
    },
    body: [
      {
        text: 'Acute decompensated heart failure with hyperkalaemia, potassium 5.9 mmol/L without ECG change. Intravenous furosemide 80 mg given, ramipril and spironolactone withheld today. Admitted under cardiology.',
      },
    ],
  });
}

function atTheCoast({ coastGp, coastAmbulance }: HeroCharts): void {
  letter(coastGp, {
    title: 'Temporary resident: summary to usual practice',
    kind: 'Clinical letter',
    day: '2024-08-06',
    by: 'petrov',
    format: 'text',
    to: 'Northcliffe Surgery',
    body: [
      {
        text: 'On holiday with her daughter. Urinary symptoms and temperature 38.1 after a fall. Urine sent. Not nitrofurantoin (eGFR 36), not trimethoprim (potassium, with ramipril and spironolactone), no penicillin or pivmecillinam (anaphylaxis). Fosfomycin 3 g single dose given.',
      },
    ],
  });
  letter(coastAmbulance, {
    title: 'Ambulance patient care record',
    kind: 'Ambulance patient care record',
    day: '2024-08-03',
    by: 'barr',
    format: 'text',
    body: [
      {
        text: 'Slipped in hotel bathroom. No head injury, no loss of consciousness, moving all limbs. Temperature 37.9, saturation 93% (usual for her). Takes apixaban. Advised hospital assessment and declined with capacity; daughter staying with her. Will see a GP on Monday.',
      },
    ],
  });
}

function council({ city, county }: HeroCharts): void {
  letter(city, {
    title: 'Care Act assessment',
    kind: 'Social care assessment',
    day: '2023-06-20',
    by: 'nolan',
    to: 'Northcliffe Surgery',
    body: [
      {
        heading: 'What Margaret says',
        text: 'She wants to stay at home. Mornings are the hardest; she is proud and finds help with washing difficult.',
      },
      {
        heading: 'Eligible needs',
        text: ['Washing and dressing', 'Preparing a main meal', 'Keeping the home safe', 'Seeing friends'],
      },
      {
        heading: 'Decision',
        text: 'Two visits a day from Riverbank Home Care; equipment by the occupational therapist; carer’s assessment offered to her daughter.',
      },
    ],
  });
  letter(city, {
    title: 'Occupational therapy home visit',
    kind: 'Occupational therapy report',
    day: '2023-06-28',
    by: 'begum',
    format: 'html',
    body: [
      {
        text: 'Raised toilet seat, perching stool and rails provided. Stairs managed with two rails, one flight, resting half way. A through-floor lift is not wanted.',
      },
    ],
  });
  letter(county, {
    title: 'Blue badge: decision',
    kind: 'Council letter',
    day: '2008-04-01',
    by: 'elliot',
    format: 'text',
    body: [
      {
        text: 'Blue badge granted for three years on grounds of walking difficulty. Not renewed: moved to the area of Ousebridge City Council.',
      },
    ],
  });
}

function atHome({ homeCare, pharmacy }: HeroCharts): void {
  letter(homeCare, {
    title: 'Home care review',
    kind: 'Home care report',
    day: homeCare.calendar.ago(32, 'days'),
    by: 'webb',
    body: [
      {
        text: 'Carers report more breathlessness over the last ten days and that Mrs Bedford sleeps in her chair. District nurse told on Monday. Tablets prompted, none missed.',
      },
    ],
  });
  letter(pharmacy, {
    title: 'Note to the practice about ramipril',
    kind: 'Pharmacy report',
    day: pharmacy.calendar.ago(10, 'days'),
    by: 'lowe',
    format: 'text',
    to: 'Northcliffe Surgery',
    body: [
      {
        text: 'Discharge letter says ramipril 2.5 mg, repeat issued as 5 mg. Rang the surgery; awaiting a new prescription. Patient told to take the hospital’s 2.5 mg capsules.',
      },
    ],
  });
}
