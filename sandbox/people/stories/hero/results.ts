import { PANELS, ANALYTES, type AnalyteKey, type PanelName } from '../../blocks/analyte-catalogue.ts';
import { labReport, type LabSpec } from '../../blocks/result.ts';
import { yearsBetween } from '../../calendar.ts';
import { onTrend } from '../../chance.ts';
import type { HeroCharts } from './charts.ts';

/** Twelve years of blood tests. The infirmary's laboratory holds each one; the practice holds a copy of those it asked for. */
export function heroResults(charts: HeroCharts): void {
  const { gp, infirmary, harwick } = charts;
  const { calendar } = gp;
  const lab = infirmary.staff('lab');
  for (const day of calendar
    .every(3, 'months', '2014-10-06', calendar.ago(2, 'months'))
    .map((d) => calendar.weekday(d))) {
    const years = yearsBetween(START, day);
    const month = Number(day.slice(5, 7));
    for (const panel of panelsOf(month)) {
      const spec = report(panel, day, years);
      labReport(infirmary, spec, 'both', lab);
      labReport(gp, spec, 'snomed');
      // The kidney clinic at Harwick sees every January test again, filed under LOINC only.
      if (month === 1 && years > 5 && panel === 'Urea and electrolytes') labReport(harwick, spec, 'loinc');
    }
  }
  admission(charts);
}

const START = '2014-10-06';

function panelsOf(month: number): readonly PanelName[] {
  const routine: readonly PanelName[] = ['Urea and electrolytes', 'Full blood count'];
  if (month === 4 || month === 10) return [...routine, 'Haemoglobin A1c', 'Liver function tests'];
  return month === 1 ? [...routine, 'Lipid profile', 'Urine albumin/creatinine ratio', 'NT-proBNP'] : routine;
}

/** [years since the first sample, value], and how much one sample differs from the next. */
const TRENDS: Readonly<
  Partial<Record<AnalyteKey, { readonly line: readonly (readonly [number, number])[]; readonly spread: number }>>
> = {
  sodium: {
    line: [
      [0, 140],
      [12, 137],
    ],
    spread: 2,
  },
  potassium: {
    line: [
      [0, 4.3],
      [5, 4.6],
      [12, 5.0],
    ],
    spread: 0.3,
  },
  urea: {
    line: [
      [0, 6.4],
      [4, 8.9],
      [12, 12.6],
    ],
    spread: 1,
  },
  creatinine: {
    line: [
      [0, 86],
      [4, 112],
      [8, 121],
      [12, 131],
    ],
    spread: 5,
  },
  haemoglobin: {
    line: [
      [0, 134],
      [6, 126],
      [12, 116],
    ],
    spread: 4,
  },
  whiteCells: {
    line: [
      [0, 7.2],
      [12, 7.6],
    ],
    spread: 1.1,
  },
  platelets: {
    line: [
      [0, 264],
      [12, 232],
    ],
    spread: 22,
  },
  mcv: {
    line: [
      [0, 89],
      [12, 91],
    ],
    spread: 1.5,
  },
  bilirubin: {
    line: [
      [0, 9],
      [12, 12],
    ],
    spread: 3,
  },
  alt: {
    line: [
      [0, 24],
      [12, 19],
    ],
    spread: 5,
  },
  alp: {
    line: [
      [0, 78],
      [12, 92],
    ],
    spread: 9,
  },
  albumin: {
    line: [
      [0, 42],
      [12, 36],
    ],
    spread: 1.5,
  },
  hba1c: {
    line: [
      [0, 58],
      [5, 66],
      [8, 55],
      [9, 61],
      [12, 57],
    ],
    spread: 2,
  },
  cholesterol: {
    line: [
      [0, 4.6],
      [12, 3.9],
    ],
    spread: 0.3,
  },
  hdl: {
    line: [
      [0, 1.3],
      [12, 1.2],
    ],
    spread: 0.1,
  },
  acr: {
    line: [
      [0, 2.1],
      [4, 6.8],
      [12, 14.5],
    ],
    spread: 1.2,
  },
  ntProBnp: {
    line: [
      [0, 210],
      [4, 380],
      [4.4, 3900],
      [6, 1650],
      [9, 1900],
      [12, 2600],
    ],
    spread: 180,
  },
};

function report(panel: PanelName, day: string, years: number): LabSpec {
  const values: Partial<Record<AnalyteKey, number>> = {};
  for (const key of PANELS[panel] as readonly AnalyteKey[]) {
    const trend = TRENDS[key];
    if (trend) values[key] = onTrend(trend.line, years, trend.spread, ANALYTES[key].decimals, 'hero', key, day);
  }
  if (values.creatinine !== undefined) values.egfr = ckdEpiFemale(values.creatinine, yearsBetween('1948-03-14', day));
  const spec = { panel, day, accession: accessionOf(panel, day), values };
  if (panel !== 'Urea and electrolytes' || !day.startsWith('2025-07')) return spec;
  const { potassium: _haemolysed, ...rest } = values;
  return { ...spec, values: rest, failed: { potassium: 'Haemolysed sample: potassium not reported. Please repeat.' } };
}

/** CKD-EPI 2009 without the ethnicity factor, as UK laboratories report it (NICE NG203); creatinine in µmol/L. */
export function ckdEpiFemale(creatinine: number, ageYears: number): number {
  const ratio = creatinine / 88.4 / 0.7;
  return Math.round(144 * Math.min(ratio, 1) ** -0.329 * Math.max(ratio, 1) ** -1.209 * 0.993 ** Math.floor(ageYears));
}

function accessionOf(panel: PanelName, day: string): string {
  return `${day.replaceAll('-', '').slice(2)}-${String(Object.keys(PANELS).indexOf(panel) + 1).padStart(2, '0')}-4471`;
}

/** The admission: acute kidney injury and a high potassium, then recovery. The practice has not had these. */
function admission({ infirmary }: HeroCharts): void {
  const { calendar } = infirmary;
  const lab = infirmary.staff('lab');
  const days = [
    [28, 186, 5.9, 19.8, 41, 112],
    [27, 171, 5.6, 18.1, 36, 110],
    [26, 158, 5.3, 16.6, 22, 111],
    [25, 149, 5.1, 15.2, 14, 112],
    [23, 141, 4.9, 14.1, 9, 113],
  ] as const;
  for (const [ago, creatinine, potassium, urea, crp, haemoglobin] of days) {
    const day = calendar.ago(ago, 'days');
    const egfr = ckdEpiFemale(creatinine, yearsBetween('1948-03-14', day));
    const make = (panel: PanelName, values: LabSpec['values']): void => {
      labReport(infirmary, { panel, day, time: '07:10', accession: accessionOf(panel, day), values }, 'both', lab);
    };
    make('Urea and electrolytes', { sodium: 134, potassium, urea, creatinine, egfr });
    make('Full blood count', { haemoglobin, whiteCells: 9.4, platelets: 241, mcv: 91.2 });
    make('C reactive protein', { crp });
  }
  labReport(
    infirmary,
    {
      panel: 'NT-proBNP',
      day: calendar.ago(28, 'days'),
      accession: accessionOf('NT-proBNP', calendar.ago(28, 'days')),
      values: { ntProBnp: 6840 },
    },
    'both',
    lab,
  );
}
