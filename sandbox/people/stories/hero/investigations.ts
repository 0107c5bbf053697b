import { observed } from '../../blocks/observed.ts';
import { procedure, report } from '../../blocks/procedure.ts';
import type { HeroCharts } from './charts.ts';
import type { Stay } from './emergencies.ts';

/** Echocardiograms, X-rays, spirometry, and the operations of a lifetime. */
export function heroInvestigations(charts: HeroCharts, stay: Stay): void {
  const { gp, infirmary, harwick, priory, urgentCare } = charts;
  echocardiograms(charts, stay);
  xRays(charts, stay);
  const spirometry = '127783003|Spirometry';
  report(harwick, {
    what: spirometry,
    day: '2012-03-08',
    by: 'lindqvist',
    category: 'PF',
    conclusion:
      'FEV1 1.24 L (62% predicted), FVC 2.21 L, FEV1/FVC 0.56 after bronchodilator. Moderate airflow obstruction.',
  });
  report(harwick, {
    what: spirometry,
    day: '2018-04-19',
    by: 'lindqvist',
    category: 'PF',
    conclusion:
      'FEV1 1.08 L (58% predicted), FVC 2.05 L, FEV1/FVC 0.53 after bronchodilator. Moderate airflow obstruction.',
  });
  report(infirmary, {
    what: '29303009|Electrocardiographic procedure',
    day: stay.start,
    by: 'amin',
    category: 'CUS',
    conclusion: 'Atrial fibrillation, ventricular rate 108/min. QRS 112 ms. No acute ischaemia. No peaked T waves.',
  });

  procedure(infirmary, {
    what: 'Coronary angiography',
    day: '2019-03-14',
    by: 'hughes',
    reason: '84114007|Heart failure',
    note: 'Unobstructed coronary arteries.',
  });
  procedure(priory, {
    what: '110473004|Cataract surgery',
    day: '2022-05-19',
    by: 'vaughan',
    reason: '193570009|Cataract',
    note: 'Right eye, phacoemulsification with lens implant. Uncomplicated.',
  });
  for (const [what, day] of [
    ['38102005|Cholecystectomy', '1994'],
    ['80146002|Appendicectomy', '1961'],
  ] as const) {
    procedure(gp, { what, day, by: 'sharma' });
  }
  for (const year of [2023, 2024, 2025]) {
    report(gp, {
      what: 'Diabetic retinal screening',
      day: `${String(year)}-06-12`,
      by: 'lyle',
      conclusion: 'Right eye R1 M0, left eye R1 M0: background retinopathy, no maculopathy. Rescreen in twelve months.',
    });
  }
  observed(urgentCare, {
    what: 'Random capillary blood glucose',
    day: '2025-09-13',
    category: 'exam',
    value: [9.8, 'mmol/L', 'mmol/L'],
    by: 'patel',
  });
}

function echocardiograms({ infirmary, gp }: HeroCharts, stay: Stay): void {
  const studies = [
    [
      '2019-02-22',
      28,
      'Dilated left ventricle with severely impaired systolic function. Moderate functional mitral regurgitation. Dilated left atrium.',
    ],
    [
      '2020-02-27',
      36,
      'Left ventricular function improved on treatment, now moderately impaired. Mild mitral regurgitation.',
    ],
    ['2023-03-02', 38, 'Moderately impaired left ventricular function, unchanged. Biatrial dilatation.'],
    [
      stay.start,
      32,
      'Moderate to severely impaired left ventricular function. Moderate mitral regurgitation. Inferior vena cava dilated, collapses less than 50%.',
    ],
  ] as const;
  for (const [day, fraction, conclusion] of studies) {
    const number = `ECHO-${day.replaceAll('-', '')}`;
    const value = [fraction, '%', '%'] as const;
    const measured = observed(infirmary, {
      what: 'Left ventricular ejection fraction',
      day,
      category: 'imaging',
      value,
      by: 'hughes',
    });
    report(infirmary, {
      what: '433236007|Transthoracic echocardiography',
      day,
      by: 'hughes',
      category: 'CUS',
      conclusion: `Ejection fraction ${String(fraction)}%. ${conclusion}`,
      number,
      result: [measured],
    });
    if (day !== stay.start) {
      report(gp, {
        what: '433236007|Transthoracic echocardiography',
        day,
        by: 'sharma',
        category: 'CUS',
        conclusion: `Ejection fraction ${String(fraction)}%. ${conclusion}`,
        number,
      });
    }
  }
}

function xRays({ infirmary, gp }: HeroCharts, stay: Stay): void {
  const chest = '399208008|Plain chest X-ray';
  const films = [
    ['2016-01-12', 'Right lower lobe consolidation in keeping with pneumonia. Repeat in six weeks advised.'],
    ['2016-02-24', 'The consolidation has resolved. Hyperinflated lungs.'],
    ['2019-02-21', 'Cardiomegaly. Bilateral pleural effusions and upper lobe venous diversion: heart failure.'],
    ['2023-01-04', 'Hyperinflated lungs. No consolidation. Cardiomegaly as before.'],
    [stay.start, 'Cardiomegaly with interstitial oedema and small bilateral effusions. No focal consolidation.'],
  ] as const;
  for (const [day, conclusion] of films) {
    const number = `XR-${day.replaceAll('-', '')}`;
    report(infirmary, { what: chest, day, by: 'weaver', conclusion, number });
    if (day !== stay.start) report(gp, { what: chest, day, by: 'sharma', conclusion, number });
  }
}
